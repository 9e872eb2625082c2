"""
When each row was: how long its interval is, which of two equal hours it means, where it starts.

Pure. A file says the first two only as a whole: by the distance of its stamps, and by their order.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from meters.readings.row import Twice
from meters.readings.sorting import spool
from meters.readings.sorting.spool import AT, CHANNEL, FLAGS, LINE, SECONDS, Rows

HOUR = 3600
_NO_TWICE = ~(3 << 4)

Lengths = Mapping[int, int]  # channel -> seconds


def place(rows: Rows, *, lengths: Lengths | None = None) -> tuple[Rows, Rows]:
    """
    Rows whose AT is the instant of a register or the start of an interval, with its SECONDS.

    Returns (placed, unplaceable): alone, the hour that clocks repeat is anybody's guess. `lengths`
    are those that channels had before: the most frequent distance of a channel's stamps is its
    length, or that, where there is only one stamp, or an hour.
    """
    rows = _with_lengths(spool.in_order(rows), lengths or {})
    rows, lost = _repeated_hours(rows)
    ends = spool.ends(rows)
    if ends.any():
        rows[:, AT] -= np.where(ends, rows[:, SECONDS], 0)
    return rows, lost


def _with_lengths(rows: Rows, known: Lengths) -> Rows:
    """Rows in order, as a copy in which every interval has a length."""
    rows = spool.copied(rows)
    open_ = (rows[:, SECONDS] == 0) & ~spool.registers(rows)
    if not open_.any():
        return rows
    channels, at = rows[open_, CHANNEL], rows[open_, AT]
    steps = np.diff(at)
    within = (np.diff(channels) == 0) & (steps > 0)
    usual = _most_frequent(steps[within]) or HOUR
    starts = np.flatnonzero(np.diff(channels, prepend=channels[0] - 1))
    afters = np.append(starts[1:], len(channels))
    lengths = np.empty(len(starts), dtype=np.int64)
    for n, (first, after) in enumerate(zip(starts.tolist(), afters.tolist(), strict=True)):
        of_channel = slice(first, max(after - 1, first))
        step = _most_frequent(steps[of_channel][within[of_channel]])
        before = known.get(int(channels[first]), 0)
        # A file with every other hour of a meter that tells hours does not make them longer.
        lengths[n] = before if before and step % before == 0 else step or usual
    rows[open_, SECONDS] = np.repeat(lengths, afters - starts)
    return rows


def _most_frequent(steps: NDArray[np.int64]) -> int:
    """
    The most frequent step, or one in ten that is an even part of it: hours are missing, not added.
    0 when there is none.
    """
    if not len(steps):
        return 0
    if (steps == steps[0]).all():
        return int(steps[0])
    values, counts = np.unique(steps, return_counts=True)
    usual = values[np.argmax(counts)]
    parts = values[(usual % values == 0) & (counts * 10 >= len(steps))]
    return int(min([usual, *parts]))


def _repeated_hours(rows: Rows) -> tuple[Rows, Rows]:
    """
    Give the hour that clocks repeat in autumn its two places.

    Told twice, the order of the lines decides. Told once, what stands around it in the file does:
    after the hour before it, it is the first; with only the time after it, the second. A register
    told once is taken as the first: no midnight depends on it.
    """
    marks = spool.twice(rows)
    if not marks.any():
        return rows, rows[:0]
    told = set(zip(rows[:, CHANNEL].tolist(), rows[:, AT].tolist(), strict=True))
    after = _same(rows, marks == Twice.AFTER)
    # Where the end of the repeated hour is told twice, what is told once opens it.
    told |= {(channel, at - 2 * HOUR - 1) for (channel, at), both in after.items() if len(both) > 1}
    lost: list[int] = []
    for (channel, _at), places in _same(rows, marks == Twice.AMBIGUOUS).items():
        if len(places) > 1:
            rows[_forward(rows, channel, places)[1::2], AT] += HOUR
        elif _is_second(rows, places[0], told):
            rows[places, AT] += HOUR
        elif not _is_first(rows, places[0], told):
            lost += places
    for (channel, at), places in after.items():
        # 01:00, 02:00, 02:00, 03:00: an hour that ends at 02:00 was told by its end, twice.
        if len(places) > 1 and _count(rows, marks, channel, at - 2 * HOUR) < 2:
            rows[_forward(rows, channel, places)[0::2], AT] -= HOUR
    rows[:, FLAGS] &= _NO_TWICE
    unplaceable = np.zeros(len(rows), dtype=np.bool_)
    unplaceable[lost] = True
    return spool.some(rows, ~unplaceable), spool.some(rows, unplaceable)


Told = set[tuple[int, int]]


def _same(rows: Rows, chosen: NDArray[np.bool_]) -> dict[tuple[int, int], list[int]]:
    """Places of the chosen rows by (channel, at), in the order of their lines."""
    same: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index in np.flatnonzero(chosen):
        same[int(rows[index, CHANNEL]), int(rows[index, AT])].append(int(index))
    return same


def _forward(rows: Rows, channel: int, places: Sequence[int]) -> list[int]:
    """The same in the order of time: many exports have the newest row first."""
    own = rows[rows[:, CHANNEL] == channel]
    steps = np.diff(own[np.argsort(own[:, LINE]), AT])
    return list(places)[::-1] if (steps < 0).sum() > (steps > 0).sum() else list(places)


def _is_first(rows: Rows, place_: int, told: Told) -> bool:
    channel, at, seconds = (int(rows[place_, column]) for column in (CHANNEL, AT, SECONDS))
    register = bool(spool.registers(rows[place_ : place_ + 1])[0])
    opens = (channel, at - 1) in told  # a mark: no reading is told a second before the hour
    return register or opens or (channel, _block(at) - min(seconds, HOUR)) in told


def _is_second(rows: Rows, place_: int, told: Told) -> bool:
    channel, at = int(rows[place_, CHANNEL]), int(rows[place_, AT])
    return not _is_first(rows, place_, told) and (channel, _block(at) + 2 * HOUR) in told


def _block(at: int) -> int:
    """The start of the repeated hour that a stamp lies in."""
    return at - at % HOUR


def _count(rows: Rows, marks: NDArray[np.int64], channel: int, at: int) -> int:
    chosen = (marks == Twice.AMBIGUOUS) & (rows[:, CHANNEL] == channel)
    first = (rows[:, AT] == at) | (rows[:, AT] == at + HOUR)
    return int((chosen & first).sum())
