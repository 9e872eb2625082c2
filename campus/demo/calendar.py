"""
When the demo campus lives: the panel's dates, moved by whole weeks so that it outlasts today.

The dates are those of the readings in `meters/demo/data/rooms/panel.json`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

PANEL_FIRST = date(2012, 7, 1)
PANEL_START = date(2013, 5, 4)
PANEL_END = date(2013, 8, 31)
PANEL_HOLIDAYS = (date(2013, 5, 6), date(2013, 5, 27), date(2013, 8, 26))
AHEAD = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The panel's days as the demo campus lives them; `after` is the first day without readings."""

    shift: timedelta
    first: date
    term_start: date
    after: date
    holidays: tuple[date, ...]


def calendar(*, today: date) -> Calendar:
    """The least shift by whole weeks with which readings reach four weeks beyond `today`."""
    weeks = -((PANEL_END - (today + AHEAD)).days // 7)
    shift = timedelta(weeks=weeks)
    return Calendar(
        shift=shift,
        first=PANEL_FIRST + shift,
        term_start=PANEL_START + shift,
        after=PANEL_END + shift + timedelta(days=1),
        holidays=tuple(day + shift for day in PANEL_HOLIDAYS),
    )
