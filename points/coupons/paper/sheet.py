"""A statement as CSV for a bookkeeper's spreadsheet: one row a line, then the total."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from campus.api import sheets
from campus.api.texts import told
from points.coupons.paper.facts import Line, Paper
from points.coupons.paper.words import kind_of

Cell = str | int | Decimal


def sheet(paper: Paper) -> bytes:
    """
    Every line of a statement, then its total, in the active language.

    Each row names the statement and both parties, so that sheets can be stacked.
    """
    return sheets.sheet(headings=_heads(), rows=_rows(paper))


def _rows(paper: Paper) -> Iterator[list[Cell]]:
    for line in paper.lines:
        yield [*_both(paper), *_line(paper, line)]
    yield [*_both(paper), *_total(paper)]


def _heads() -> list[str]:
    return [
        _("Statement"),
        _("First day"),
        _("Last day"),
        _("Seller"),
        _("Seller's tax number"),
        _("Buyer"),
        _("Buyer's tax number"),
        _("Line"),
        _("Date"),
        _("Time"),
        _("Item"),
        _("Kind"),
        _("Use no."),
        _("Amount"),
        _("Currency"),
    ]


def _both(paper: Paper) -> list[Cell]:
    last = paper.ends_on - timedelta(days=1)
    sides = (paper.seller, paper.buyer)
    named = [cell for side in sides for cell in (side.name, side.tax_number)]
    return [paper.number, paper.starts_on.isoformat(), last.isoformat(), *named]


def _line(paper: Paper, line: Line) -> list[Cell]:
    at = line.at.astimezone(paper.zone)
    what: list[Cell] = [told(line.title), kind_of(line.kind), line.use]
    amount = paper.money(line.amount_minor)
    return [line.number, f"{at:%Y-%m-%d}", f"{at:%H:%M:%S}", *what, amount, paper.currency]


def _total(paper: Paper) -> list[Cell]:
    amount = paper.money(paper.total_minor)
    return ["", "", "", "", _("Total"), paper.hash, amount, paper.currency]
