"""A statement as PDF, A4, in the active language; see `campus/fonts.py` for its three scripts."""

import io
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, Table

from campus import fonts
from campus.api.texts import told
from points.coupons.paper.facts import Line, Paper, Party
from points.coupons.paper.words import kind_of

_TEXT = ParagraphStyle("text", fontName=fonts.LATIN, fontSize=9, leading=13)
_RIGHT = ParagraphStyle("right", _TEXT, alignment=TA_RIGHT)
_SOFT = ParagraphStyle("soft", _TEXT, fontSize=7.5, leading=11, textColor=colors.dimgrey)
_SOFT_RIGHT = ParagraphStyle("soft right", _SOFT, alignment=TA_RIGHT)
_HEAD = ParagraphStyle("head", _TEXT, fontSize=17, leading=24)
_RULE = colors.HexColor("#bbbbbb")
_WIDE = A4[0] - 36 * mm


def printed(paper: Paper) -> bytes:
    """The statement as a PDF; the same statement always gives the same bytes."""
    fonts.register()
    file = io.BytesIO()
    page = SimpleDocTemplate(
        file,
        pagesize=A4,
        invariant=1,
        title=_name(paper),
        author=paper.buyer.name,
        **dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 18 * mm),
    )
    page.build([*_front(paper), _sums(paper), Spacer(1, 6 * mm), _lines(paper), *_foot(paper)])
    return file.getvalue()


def _front(paper: Paper) -> Iterator[Any]:
    last = paper.ends_on - timedelta(days=1)
    period = _("%(first)s to %(last)s") % {"first": paper.starts_on, "last": last}
    yield _say(_name(paper), _HEAD)
    yield _say(period, _TEXT)
    yield Spacer(1, 5 * mm)
    sides = [_side(_("Seller"), paper.seller), _side(_("Buyer"), paper.buyer)]
    yield Table([sides], colWidths=[_WIDE / 2] * 2, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])
    yield Spacer(1, 5 * mm)


def _name(paper: Paper) -> str:
    return _("Statement %(number)s") % {"number": paper.number}


def _side(role: str, party: Party) -> list[Any]:
    number = _("Tax number: %(number)s") % {"number": party.tax_number}
    rows = [_say(role, _SOFT), _say(party.name, _TEXT), _say(number, _TEXT)]
    return [*rows, _say(party.address, _TEXT)] if party.address else rows


def _sums(paper: Paper) -> Table:
    uses, voids, total = _("Uses"), _("Uses taken back"), _("Total, paid on %(day)s")
    rows = [
        (f"{uses} ({paper.count_of(kind='USE')})", paper.amount_of(kind="USE")),
        (f"{voids} ({paper.count_of(kind='VOID')})", paper.amount_of(kind="VOID")),
        (total % {"day": paper.pays_on}, paper.total_minor),
    ]
    cells = [[_say(name, _TEXT), _say(_money(paper, minor), _RIGHT)] for name, minor in rows]
    style = [("LINEABOVE", (0, -1), (-1, -1), 0.8, colors.black), _padding()]
    return Table(cells, colWidths=[_WIDE * 0.7, _WIDE * 0.3], style=style)


def _lines(paper: Paper) -> LongTable:
    heads = [_("Line"), _("Date"), _("Time"), _("Kind"), _("Amount"), _("Item")]
    head = [_say(text, _SOFT_RIGHT if text == _("Amount") else _SOFT) for text in heads]
    rows = [_line(paper, line) for line in paper.lines]
    widths = [_WIDE * share for share in (0.08, 0.14, 0.1, 0.2, 0.18, 0.3)]
    style = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, _RULE),
        ("FONT", (0, 1), (-1, -1), fonts.LATIN, 9, 13),
        ("FONT", (3, 1), (3, -1), fonts.font_of(kind_of("USE")[0]), 9, 13),
        ("ALIGN", (4, 1), (4, -1), "RIGHT"),
        _padding(),
    ]
    return LongTable([head, *rows], colWidths=widths, repeatRows=1, style=style)


def _line(paper: Paper, line: Line) -> list[Any]:
    """Plain cells where one font does: a month may have thousands of lines."""
    at, amount = line.at.astimezone(paper.zone), _money(paper, line.amount_minor)
    plain = [f"{line.number}", f"{at:%Y-%m-%d}", f"{at:%H:%M}", kind_of(line.kind), amount]
    return [*plain, _say(told(line.title), _TEXT)]


def _foot(paper: Paper) -> Iterator[Any]:
    closed = paper.closed_at.astimezone(paper.zone)
    yield Spacer(1, 6 * mm)
    yield _say(_("Closed on %(when)s") % {"when": f"{closed:%Y-%m-%d %H:%M}"}, _SOFT)
    yield _say(f"SHA-256 {paper.hash}", _SOFT)
    yield _say(paper.uid, _SOFT)


def _padding() -> tuple[Any, ...]:
    return ("BOTTOMPADDING", (0, 0), (-1, -1), 2)


def _money(paper: Paper, minor: int) -> str:
    amount: Decimal = paper.money(minor)
    return f"{paper.currency} {amount:,}"


def _say(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(fonts.marked(text), style)
