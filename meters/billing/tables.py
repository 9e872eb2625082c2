"""A statement as a table for a spreadsheet. Pure."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from campus.api.sheets import sheet
from campus.units import kwh, major
from meters.billing.statement import Statement


def table(statement: Statement) -> bytes:
    """A CSV file: one row a day, one for each correction of an earlier cycle, and the total."""
    headings = [_("Date"), _("What"), _("kWh"), _("Room"), _("My part"), _("Currency")]
    return sheet(headings=headings, rows=_rows(statement))


def _rows(statement: Statement) -> Iterator[list[object]]:
    for day in statement.days:
        used = None if day.wh is None else kwh(day.wh)
        yield [day.day, _("Use of the day"), used, *_money(statement, day.amount, day.share)]
    for found in statement.adjustments:
        words = _("Correction of %(first)s to %(last)s") % {
            "first": found.cycle_starts_on,
            "last": found.cycle_ends_on - timedelta(days=1),
        }
        yield [found.billed_on, words, None, *_money(statement, found.amount, found.part)]
    everything = statement.amount + sum(found.amount for found in statement.adjustments)
    yield ["", _("Total"), kwh(statement.wh), *_money(statement, everything, statement.total)]


def _money(statement: Statement, room: int, mine: int) -> list[object]:
    """The last three cells: the room's amount, one's own part, and the currency."""
    amounts = [major(minor, digits=statement.digits) for minor in (room, mine)]
    return [*amounts, statement.currency]
