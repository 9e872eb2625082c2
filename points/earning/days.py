"""The estimates of some nights as a table of rooms x days, and what each day is worth. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from meters.savings.facts import EstimateFact
from points.earning.rules import daily_saving
from points.earning.rules.daily_saving import Terms

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LOOK_BACK = 7  # days, this one included, in which the last counted days are looked for
COUNTED, AWAY = "COUNTED", ("AWAY", "POSSIBLY")


@dataclass(frozen=True, slots=True)
class Days:
    """n occupancies x d days from `starts_on`; `share` is int64 millionths, 0 where not counted."""

    starts_on: date
    facts: Sequence[Sequence[EstimateFact | None]]
    counted: Bools
    away: Bools
    share: Ints
    revised: Bools

    def on(self, day: date) -> int:
        """The column of a day."""
        return (day - self.starts_on).days


def table(estimates: Sequence[EstimateFact], *, starts_on: date, ends_on: date) -> Days:
    """Arrange the estimates of [starts_on, ends_on) by occupancy and day."""
    rows = {pk: n for n, pk in enumerate(sorted({each.occupancy_id for each in estimates}))}
    size = (len(rows), (ends_on - starts_on).days)
    facts: list[list[EstimateFact | None]] = [[None] * size[1] for _row in rows]
    counted, away, revised = (np.zeros(size, np.bool_) for _column in range(3))
    share = np.zeros(size, np.int64)
    for each in estimates:
        row, column = rows[each.occupancy_id], (each.day - starts_on).days
        facts[row][column] = each
        revised[row, column] = each.revision > 1
        away[row, column] = each.verdict in AWAY
        if each.verdict == COUNTED and each.actual_wh is not None:
            counted[row, column] = True
            share[row, column] = daily_saving.share(
                expected=each.expected_wh, actual=each.actual_wh
            )
    return Days(starts_on, facts, counted, away, share, revised)


def averaged(days: Days, *, column: int, terms: Terms) -> Bools:
    """The days whose mean is a day's saving, bool[n, d]; none where that day does not count."""
    taken = np.zeros_like(days.counted)
    first = max(0, column - LOOK_BACK + 1)
    window = days.counted[:, first : column + 1]
    later = np.cumsum(window[:, ::-1], axis=1)[:, ::-1]
    taken[:, first : column + 1] = window & (later <= terms.days)
    return np.asarray(taken & days.counted[:, column : column + 1])


def sunlight(days: Days, *, column: int, terms: Terms) -> Ints:
    """What one day earns each resident of each occupancy, int64[n]."""
    taken = averaged(days, column=column, terms=terms)
    return daily_saving.many(
        (days.share * taken).sum(axis=1),
        counted=taken.sum(axis=1),
        away=days.away[:, column],
        terms=terms,
    )


def touched(days: Days, *, night: date) -> dict[int, Bools]:
    """
    Column -> which occupancies must be judged for that day, bool[n]: all for the night itself; of
    other days those that were revised, or whose mean holds a revised day.

    The first days of the table are there to be looked back at: their own mean would miss days.
    """
    found = {}
    for column in range(LOOK_BACK - 1, days.counted.shape[1]):
        estimated = np.array([row[column] is not None for row in days.facts], np.bool_)
        changed = days.revised[:, column - LOOK_BACK + 1 : column + 1].any(axis=1)
        chosen = estimated & (changed | (column == days.on(night)))
        if chosen.any():
            found[column] = chosen
    return found


def day_of(days: Days, column: int) -> date:
    """The day of a column."""
    return days.starts_on + timedelta(days=column)
