"""A statement on paper: A4, a table for each asset, the balance after every line. Pure."""

import io
from collections.abc import Iterator

from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, TableStyle

from campus import fonts
from points.ledger.models import Asset
from points.passbook.statement import Line, Statement, Wallet

MARGIN = 18 * mm
WIDTHS = (22 * mm, 22 * mm, 80 * mm, 22 * mm, 22 * mm)
BODY = ParagraphStyle("body", fontName=fonts.LATIN, fontSize=8.5, leading=11.5)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=7, leading=9.5, textColor=colors.dimgrey)
RIGHT = ParagraphStyle("right", parent=BODY, alignment=TA_RIGHT)
HEAD = ParagraphStyle("head", parent=BODY, fontSize=16, leading=24)
PART = ParagraphStyle("part", parent=BODY, fontSize=11, leading=18, spaceBefore=5 * mm)
RULED = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
)


def paper(statement: Statement) -> bytes:
    """The statement as a PDF file, in the active language."""
    fonts.register()
    file = io.BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=_("Passbook"),
        author=statement.campus,
    )
    document.build(list(_story(statement)), onFirstPage=_foot, onLaterPages=_foot)
    return file.getvalue()


def _foot(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(fonts.LATIN, 7)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, str(document.page))


def _story(statement: Statement) -> Iterator[Flowable]:
    yield _said(_("Passbook"), HEAD)
    yield _said(f"{statement.campus} · {statement.name}", BODY)
    yield _said(_period(statement), BODY)
    for wallet in statement.wallets:
        yield _said(str(Asset(wallet.asset).label), PART)
        yield _said(_sums(wallet), BODY)
        table = LongTable(
            list(_rows(wallet, statement)), colWidths=WIDTHS, repeatRows=1, hAlign="LEFT"
        )
        table.setStyle(RULED)
        yield table


def _said(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(fonts.marked(text), style)


def _period(statement: Statement) -> str:
    made = f"{statement.made_at.astimezone(statement.zone):%Y-%m-%d %H:%M}"
    if statement.first is None:
        return _("All entries up to %(last)s, made %(made)s") % {
            "last": statement.last,
            "made": made,
        }
    return _("Entries posted %(first)s to %(last)s, made %(made)s") % {
        "first": statement.first,
        "last": statement.last,
        "made": made,
    }


def _sums(wallet: Wallet) -> str:
    return _("Before: %(opening)s · in: %(given)s · out: %(taken)s · after: %(closing)s") % {
        "opening": f"{wallet.opening:,}",
        "given": f"{wallet.given:,}",
        "taken": f"{wallet.taken:,}",
        "closing": f"{wallet.closing:,}",
    }


def _rows(wallet: Wallet, statement: Statement) -> Iterator[list[object]]:
    yield [
        _said(_("Posted"), BODY),
        _said(_("Entry"), BODY),
        _said(_("What and whence"), BODY),
        _said(_("Amount"), RIGHT),
        _said(_("Balance"), RIGHT),
    ]
    for line in wallet.lines:
        yield [
            _said(f"{line.posted_at.astimezone(statement.zone):%Y-%m-%d}", BODY),
            _said(line.id, BODY),
            [_said(line.label, BODY), _said(_whence(line), SMALL)],
            _said(f"{line.amount:+,}", RIGHT),
            _said(f"{line.balance:,}", RIGHT),
        ]


def _whence(line: Line) -> str:
    """The source in words, and what corrected it."""
    undone = _("Corrected by entry %(id)s.") % {"id": line.corrected_by}
    return f"{line.source_text} {undone}" if line.corrected_by else line.source_text
