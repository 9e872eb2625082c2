"""A statement on paper: A4, the room's bill line by line, my part of it, and every day. Pure."""

import io
from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from campus import fonts
from campus.units import kwh, major
from meters.billing.statement import Day, Statement

MARGIN = 18 * mm
WIDE = A4[0] - 2 * MARGIN
LEAF = colors.HexColor("#23704F")
HAIR = colors.HexColor("#D9D2C0")
BODY = ParagraphStyle("body", fontName=fonts.LATIN, fontSize=9, leading=13)
SOFT = ParagraphStyle("soft", parent=BODY, fontSize=7.5, leading=11, textColor=colors.dimgrey)
RIGHT = ParagraphStyle("right", parent=BODY, alignment=TA_RIGHT)
SOFT_RIGHT = ParagraphStyle("soft right", parent=SOFT, alignment=TA_RIGHT)
HEAD = ParagraphStyle("head", parent=BODY, fontSize=17, leading=24)
MINE = ParagraphStyle("mine", parent=BODY, fontSize=12, leading=18, textColor=LEAF)
MINE_RIGHT = ParagraphStyle("mine right", parent=MINE, alignment=TA_RIGHT)
PART = ParagraphStyle("part", parent=BODY, fontSize=11, leading=16, spaceBefore=6 * mm)
BILL = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -3), 0.25, HAIR),
        ("LINEABOVE", (0, -2), (-1, -2), 0.8, colors.black),
        ("LINEABOVE", (0, -1), (-1, -1), 0.8, LEAF),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ]
)
DAYS = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, colors.black),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, HAIR),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
)


def paper(statement: Statement) -> bytes:
    """The statement as a PDF file, in the active language; the same one gives the same bytes."""
    fonts.register()
    file = io.BytesIO()
    page = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        invariant=1,
        title=_("Electricity bill"),
        author=statement.campus,
    )
    page.build(list(_story(statement)), onFirstPage=_foot, onLaterPages=_foot)
    return file.getvalue()


def _foot(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(fonts.LATIN, 7)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, str(document.page))


def _story(statement: Statement) -> Iterator[Flowable]:
    yield _said(_("Electricity bill"), HEAD)
    yield _said(_period(statement), BODY)
    yield _said(f"{statement.campus} · {statement.room} · {statement.name}", BODY)
    yield _said(_("By the tariff %(name)s") % {"name": statement.tariff}, SOFT)
    yield from (_said(note, SOFT) for note in _notes(statement))
    yield Spacer(1, 4 * mm)
    yield Table(list(_bill(statement)), colWidths=(WIDE * 0.7, WIDE * 0.3), style=BILL)
    days = Table(list(_days(statement)), colWidths=[WIDE / 4] * 4, style=DAYS, repeatRows=1)
    yield KeepTogether([_said(_("Day by day"), PART), days])
    made = f"{statement.made_at.astimezone(statement.zone):%Y-%m-%d %H:%M}"
    yield Spacer(1, 4 * mm)
    yield _said(_("Made on %(when)s") % {"when": made}, SOFT)


def _period(statement: Statement) -> str:
    last = statement.ends_on - timedelta(days=1)
    return _("%(first)s to %(last)s") % {"first": statement.starts_on, "last": last}


def _notes(statement: Statement) -> Iterator[str]:
    if statement.mode == "SHADOW":
        yield _("Nobody has to pay this bill: it tells what the electricity would cost.")
    if statement.mode == "PREPAID":
        yield _("The official prepaid balance counts; this tells what the room used of it.")
    if not statement.complete:
        yield _("The cycle is not over, or days are missing: the amounts are those so far.")


def _bill(statement: Statement) -> Iterator[list[Paragraph]]:
    for line in statement.lines:
        yield [_said(line.label, BODY), _said(line.amount, RIGHT)]
    for found in statement.adjustments:
        words = _("Correction of %(first)s to %(last)s, my part") % {
            "first": found.cycle_starts_on,
            "last": found.cycle_ends_on - timedelta(days=1),
        }
        yield [_said(words, BODY), _said(_money(statement, found.part), RIGHT)]
    room = _("The room, %(kwh)s kWh") % {"kwh": f"{kwh(statement.wh):,}"}
    yield [_said(room, BODY), _said(_money(statement, statement.amount), RIGHT)]
    yield [_said(_("My part"), MINE), _said(_money(statement, statement.total), MINE_RIGHT)]


def _days(statement: Statement) -> Iterator[list[Paragraph]]:
    heads = (_("Date"), _("kWh"), _("Room"), _("My part"))
    yield [_said(head, SOFT if not place else SOFT_RIGHT) for place, head in enumerate(heads)]
    for day in statement.days:
        yield _day(statement, day)


def _day(statement: Statement, day: Day) -> list[Paragraph]:
    used = "–" if day.wh is None else f"{kwh(day.wh):,}"
    amounts = (_money(statement, day.amount), _money(statement, day.share))
    return [_said(f"{day.day}", BODY), *(_said(text, RIGHT) for text in (used, *amounts))]


def _money(statement: Statement, minor: int) -> str:
    return f"{statement.currency} {major(minor, digits=statement.digits):,}"


def _said(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(fonts.marked(text), style)
