"""A statement as CSV for a bookkeeper's spreadsheet: UTF-8 with a mark, one row a line."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from campus.api.texts import told
from points.coupons.paper.facts import Line, Paper
from points.coupons.paper.words import kind_of

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | Decimal


def sheet(paper: Paper) -> bytes:
    """
    Every line of a statement, then its total, in the active language.

    Each row names the statement and both parties, so that sheets can be stacked. Text that a
    spreadsheet would take for a formula is led by an apostrophe; amounts are plain numbers.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(_heads())
    for line in paper.lines:
        rows.writerow([_safe(cell) for cell in [*_both(paper), *_line(paper, line)]])
    rows.writerow([_safe(cell) for cell in [*_both(paper), *_total(paper)]])
    return (BOM + text.getvalue()).encode()


def _safe(cell: Cell) -> Cell:
    """A text that begins like a formula is told to be a text; a number cannot be one."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell


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
