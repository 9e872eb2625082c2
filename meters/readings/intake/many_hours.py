"""
Hours of many days at once, where nothing about a day is odd: intervals of one length, each told
once. What `hours` does day by day is done here in columns, with the same outcome. Pure.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from meters.readings import intervals
from meters.readings.intake.weighed import (
    AT,
    CHANNEL,
    DAY,
    LINE,
    QUALITY,
    SECONDS,
    WH,
    DayState,
    Figures,
    Scales,
    below_nothing,
)
from meters.readings.intervals import MISSING_MARK, Intervals
from meters.readings.local_days import opens

Day = tuple[int, int]  # channel, day ordinal
MARKS = np.array(
    [intervals.ACTUAL_MARK, intervals.ESTIMATED_MARK, intervals.SUSPECT_MARK], dtype=np.uint8
)


class Merged(NamedTuple):
    """A day of which something new was told: what stood, what stands now, the first new line."""

    key: Day
    now: DayState
    hours: Intervals
    seconds: int
    line: int
    below: bool


class Told(NamedTuple):
    """What each row of a merge comes to: the mark of its quality, and whether it was refused."""

    marks: NDArray[np.uint8]
    below: NDArray[np.bool_]


def told(rows: Figures) -> Told:
    """A use below nothing was refused when it was read, and leaves its time in doubt."""
    nothing, below = rows[:, WH] < 0, below_nothing(rows)
    marks = MARKS[rows[:, QUALITY]]
    marks[nothing & ~below] = MISSING_MARK
    return Told(marks, below)


def split(kept: Figures, torn: set[Day], *, only_new: bool) -> tuple[list[Figures], list[Figures]]:
    """
    Rows sorted by channel and day, by day: (many, odd).

    `many` are arrays of whole days with as many seconds in each interval; `odd` are single days.
    """
    if not len(kept):
        return [], []
    first = np.flatnonzero(np.diff(kept[:, [CHANNEL, DAY]], axis=0, prepend=-1).any(axis=1))
    seconds = kept[:, SECONDS]
    shortest = np.minimum.reduceat(seconds, first)
    is_odd = shortest != np.maximum.reduceat(seconds, first)
    if only_new:
        is_odd[:] = True
    elif torn:
        days = kept[first][:, [CHANNEL, DAY]].tolist()
        is_odd |= np.array([tuple(day) in torn for day in days], dtype=np.bool_)
    of_row = np.repeat(np.arange(len(first)), np.diff(first, append=len(kept)))
    after = np.append(first[1:], len(kept))
    single = [kept[first[n] : after[n]] for n in np.flatnonzero(is_odd).tolist()]
    lengths = np.unique(shortest[~is_odd]).tolist()
    many = [kept[(~is_odd & (shortest == length))[of_row]] for length in lengths]
    return many, single


def merge(rows: Figures, scales: Scales) -> Iterator[Merged]:
    """Write the rows of many days over what is stored of them; yields the days that change."""
    first = np.flatnonzero(np.diff(rows[:, [CHANNEL, DAY]], axis=0, prepend=-1).any(axis=1))
    of_row = np.repeat(np.arange(len(first)), np.diff(first, append=len(rows)))
    keys = [(channel, day) for channel, day in rows[first][:, [CHANNEL, DAY]].tolist()]
    seconds = int(rows[0, SECONDS])
    bounds = {day: (opens(day, scales.zone), opens(day + 1, scales.zone)) for _, day in keys}
    begins = np.array([bounds[day][0] for _, day in keys])
    counts = [(bounds[day][1] - bounds[day][0]) // seconds for _, day in keys]
    nows = [scales.now(*key) for key in keys]
    wh = np.full((len(keys), max(counts)), intervals.MISSING, dtype=np.int32)
    quality = np.full(wh.shape, MISSING_MARK, dtype=np.uint8)
    for n, (now, count) in enumerate(zip(nows, counts, strict=True)):
        if now.minutes * 60 == seconds and len(now.quality) == count:
            known = intervals.unpack(now.intervals, now.quality)
            wh[n, :count], quality[n, :count] = known.wh, known.quality
    places = (rows[:, AT] - begins[of_row]) // seconds
    marks, below = told(rows)
    fresh = (wh[of_row, places] != rows[:, WH]) | (quality[of_row, places] != marks)
    wh[of_row, places], quality[of_row, places] = rows[:, WH], marks
    scales.tally.repeat_lines(rows[~fresh & ~below, LINE])
    scales.tally.accept(int((fresh & ~below).sum()))
    lines = np.minimum.reduceat(np.where(fresh, rows[:, LINE], np.iinfo(np.int64).max), first)
    doubted = np.logical_or.reduceat(below, first)
    for n in np.flatnonzero(np.logical_or.reduceat(fresh, first)).tolist():
        hours = Intervals(wh[n, : counts[n]], quality[n, : counts[n]])
        yield Merged(keys[n], nows[n], hours, seconds, int(lines[n]), bool(doubted[n]))
