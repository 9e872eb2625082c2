"""What a file says twice: the same again is a repeat, something else is held. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meters.readings.sorting import spool
from meters.readings.sorting.spool import AMOUNT, AT, CHANNEL, LINE, REVISION, SECONDS, Rows


@dataclass(frozen=True, slots=True, eq=False)
class Sifted:
    """
    Rows sorted by channel and time, in four kinds.

    `kept`: the first telling of each time. `repeated`: (line, line it repeats). `held`: every
    telling of a time that was told with different values. `superseded`: a later revision of the
    same file took their place.
    """

    kept: Rows
    repeated: NDArray[np.int64]
    held: Rows
    superseded: Rows

    def held_times(self) -> list[Rows]:
        """The held rows, those of one channel and time together."""
        if not len(self.held):
            return []
        starts = np.flatnonzero(_starts(self.held))
        return np.split(self.held, starts[1:].tolist())


def sift(rows: Rows) -> Sifted:
    """
    Sort placed rows out; every row goes into exactly one of the four kinds.

    Only of those that say that a figure was refused is one enough, and the others are left out.
    """
    rows = spool.in_order(rows)
    if spool.rises(rows):
        nothing = rows[:0]
        return Sifted(rows, np.zeros((0, 2), dtype=np.int64), nothing, nothing)
    events, younger = spool.events(rows), -rows[:, REVISION]
    by = (rows[:, LINE], younger, rows[:, SECONDS], events, rows[:, AT], rows[:, CHANNEL])
    rows = spool.some(rows, np.lexsort(by))
    starts = _starts(rows)
    group = np.cumsum(starts) - 1
    first = np.flatnonzero(starts)[group]
    older = rows[:, REVISION] < rows[first, REVISION]
    superseded, rows = spool.some(rows, older), spool.some(rows, ~older)
    starts = _starts(rows)
    group = np.cumsum(starts) - 1
    first = np.flatnonzero(starts)[group]
    differs = rows[:, AMOUNT] != rows[first, AMOUNT]
    torn = np.bincount(group, weights=differs, minlength=len(rows))[group] > 0
    # What only says that its figure was refused was told so when it was read.
    repeats = ~starts & ~torn & ~spool.in_doubt(rows)
    return Sifted(
        kept=spool.some(rows, starts & ~torn),
        repeated=np.stack([rows[repeats, LINE], rows[first[repeats], LINE]], axis=1),
        held=spool.some(rows, torn),
        superseded=superseded,
    )


def _starts(rows: Rows) -> NDArray[np.bool_]:
    """True where a new channel, time, event or length begins."""
    starts = np.ones(len(rows), dtype=np.bool_)
    events = spool.events(rows)
    starts[1:] = (
        (rows[1:, CHANNEL] != rows[:-1, CHANNEL])
        | (rows[1:, AT] != rows[:-1, AT])
        | (events[1:] != events[:-1])
        | (rows[1:, SECONDS] != rows[:-1, SECONDS])
    )
    return starts
