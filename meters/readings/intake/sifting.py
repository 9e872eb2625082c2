"""What a file says twice: the same again is a repeat, something else is held. Pure."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meters.readings.intake.spool import AT, CHANNEL, LINE, TWICE, WH, Rows

HOUR = 3600


@dataclass(frozen=True, slots=True, eq=False)
class Sifted:
    """
    Rows sorted by channel, time and line, in three kinds.

    `kept`: the first telling of each channel and time. `repeated`: (line, line it repeats).
    `held`: every telling of a channel and time that was told with different values.
    """

    kept: Rows
    repeated: NDArray[np.int64]
    held: Rows

    def held_times(self) -> list[Rows]:
        """The held rows, those of one channel and time together."""
        if not len(self.held):
            return []
        starts = np.flatnonzero(_starts(self.held))
        return np.split(self.held, starts[1:].tolist())


def sift(rows: Rows) -> Sifted:
    """Sort rows out; every row goes into exactly one of the three kinds."""
    rows = rows[np.lexsort((rows[:, LINE], rows[:, AT], rows[:, CHANNEL]))]
    starts = _starts(rows)
    group = np.cumsum(starts) - 1
    first = np.flatnonzero(starts)[group]
    differs = rows[:, WH] != rows[first, WH]
    torn = np.bincount(group, weights=differs, minlength=len(rows))[group] > 0
    repeats = ~starts & ~torn
    return Sifted(
        kept=rows[starts & ~torn],
        repeated=np.stack([rows[repeats, LINE], rows[first[repeats], LINE]], axis=1),
        held=rows[torn],
    )


def _starts(rows: Rows) -> NDArray[np.bool_]:
    """True where a new channel or time begins."""
    starts = np.ones(len(rows), dtype=np.bool_)
    starts[1:] = (rows[1:, CHANNEL] != rows[:-1, CHANNEL]) | (rows[1:, AT] != rows[:-1, AT])
    return starts


def place_repeated_hours(rows: Rows) -> tuple[Rows, Rows]:
    """
    Give the hour that clocks repeat in autumn its two places; returns (placed, unplaceable).

    Told twice, the order of the lines decides. Told once, its neighbours in the file do: with the
    hour before it, or between both, it is the first; with only the hour after it, the second;
    alone it is anybody's guess and is not placed.
    """
    if not rows[:, TWICE].any():
        return rows, rows[:0]
    rows = rows.copy()
    told = set(zip(rows[:, CHANNEL].tolist(), rows[:, AT].tolist(), strict=True))
    same: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index in np.flatnonzero(rows[:, TWICE]):
        same[int(rows[index, CHANNEL]), int(rows[index, AT])].append(int(index))
    lost: list[int] = []
    for (channel, at), places in same.items():
        if len(places) > 1:
            second = places[1::2]
        elif (channel, at - HOUR) in told:
            second = []
        elif (channel, at + 2 * HOUR) in told:
            second = places
        else:
            second = []
            lost += places
        rows[second, AT] += HOUR
    unplaceable = np.zeros(len(rows), dtype=np.bool_)
    unplaceable[lost] = True
    return rows[~unplaceable], rows[unplaceable]
