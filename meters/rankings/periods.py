"""The weeks, months and terms for which a ranking is told. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEK, MONTH, TERM = "WEEK", "MONTH", "TERM"
SUNDAY = 7
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days [starts_on, ends_on) of a kind."""

    kind: str
    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days


def periods_of(day: date, *, term_starts: date, term_ends: date) -> Iterator[Period]:
    """The week (from Monday), the month and the term that hold a day, cut to the term."""
    monday = day - timedelta(days=day.weekday())
    first = day.replace(day=1)
    whole = (
        Period(WEEK, monday, monday + timedelta(days=7)),
        Period(MONTH, first, (first + timedelta(days=31)).replace(day=1)),
        Period(TERM, term_starts, term_ends),
    )
    for period in whole:
        yield Period(
            period.kind, max(period.starts_on, term_starts), min(period.ends_on, term_ends)
        )


def is_told(period: Period, *, day: date) -> bool:
    """
    Whether the night of `day` tells a period: a week every night, the longer ones on Sundays.

    On its last day each is told for good.
    """
    return period.kind == WEEK or day.isoweekday() == SUNDAY or day + ONE == period.ends_on
