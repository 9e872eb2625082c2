"""The estimates of some nights as a table of rooms x days, and what each day is worth. Pure."""

from collections.abc import Iterable, Sequence
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
    estimated: Bools
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
    for each in estimates:
        facts[rows[each.occupancy_id]][(each.day - starts_on).days] = each
    place = (
        np.array([rows[each.occupancy_id] for each in estimates], np.int64),
        np.array([(each.day - starts_on).days for each in estimates], np.int64),
    )

    def marked(marks: Iterable[bool]) -> Bools:
        grid = np.zeros(size, np.bool_)
        grid[place] = np.fromiter(marks, np.bool_, count=len(estimates))
        return grid

    counted = marked(each.verdict == COUNTED and each.actual_wh is not None for each in estimates)
    share = np.zeros(size, np.int64)
    share[place] = daily_saving.shares(
        expected=np.array([each.expected_wh for each in estimates], np.int64),
        actual=np.array([each.actual_wh or 0 for each in estimates], np.int64),
    )
    return Days(
        starts_on=starts_on,
        facts=facts,
        estimated=marked(True for _each in estimates),
        counted=counted,
        away=marked(each.verdict in AWAY for each in estimates),
        share=np.where(counted, share, 0),
        revised=marked(each.revision > 1 for each in estimates),
    )


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
        estimated = days.estimated[:, column]
        changed = days.revised[:, column - LOOK_BACK + 1 : column + 1].any(axis=1)
        chosen = estimated & (changed | (column == days.on(night)))
        if chosen.any():
            found[column] = chosen
    return found


def day_of(days: Days, column: int) -> date:
    """The day of a column."""
    return days.starts_on + timedelta(days=column)
