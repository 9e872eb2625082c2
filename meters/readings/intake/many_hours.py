"""
Hours of many days at once, where nothing about a day is odd: intervals of one length, each told
once. What `hours` does day by day is done here in columns, with the same outcome. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from campus.units import kwh
from meters.readings import intervals
from meters.readings.intake.many_days import (
    ACTUAL,
    ESTIMATED,
    MISSING,
    NO_TOTAL,
    SUSPECT,
    Column,
    Day,
    ManyDays,
)
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
    Finding,
    Scales,
    below_nothing,
)
from meters.readings.intervals import ESTIMATED_MARK, MISSING_MARK, SUSPECT_MARK
from meters.readings.local_days import opening
from meters.readings.models import Status
from meters.readings.sorting import spool

MARKS = np.array(
    [intervals.ACTUAL_MARK, intervals.ESTIMATED_MARK, intervals.SUSPECT_MARK], dtype=np.uint8
)


class Told(NamedTuple):
    """What each row of a merge comes to: the mark of its quality, and whether it was refused."""

    marks: NDArray[np.uint8]
    below: NDArray[np.bool_]


def told(rows: Figures) -> Told:
    """A use below nothing was refused when it was read, and leaves its time in doubt."""
    marks = MARKS[rows[:, QUALITY]]
    nothing = rows[:, WH] < 0
    if not nothing.any():
        return Told(marks, nothing)
    below = below_nothing(rows)
    marks[nothing & ~below] = MISSING_MARK
    return Told(marks, below)


def split(kept: Figures, torn: set[Day], scales: Scales) -> tuple[list[Figures], list[Figures]]:
    """
    Rows sorted by channel and day, by day: (many, odd).

    `many` are arrays of whole days, alike in how long an interval is and how many a day has; `odd`
    are single days.
    """
    if not len(kept):
        return [], []
    first = _starts(kept)
    after = np.append(first[1:], len(kept))
    shortest = np.minimum.reduceat(kept[:, SECONDS], first)
    is_odd = shortest != np.maximum.reduceat(kept[:, SECONDS], first)
    if scales.only_new:
        is_odd[:] = True
    elif torn:
        days = zip(kept[first, CHANNEL].tolist(), kept[first, DAY].tolist(), strict=True)
        is_odd |= np.array([day in torn for day in days], dtype=np.bool_)
    days = kept[first, DAY]
    long = opening(days + 1, scales.zone) - opening(days, scales.zone)
    kinds = np.where(is_odd, -1, shortest << 20 | long)
    single = [kept[first[n] : after[n]] for n in np.flatnonzero(is_odd).tolist()]
    of_row = np.repeat(kinds, after - first)
    found = [kind for kind in np.unique(kinds).tolist() if kind >= 0]
    return [spool.some(kept, of_row == kind) for kind in found], single


def merge(rows: Figures, scales: Scales) -> ManyDays:
    """Write the rows of many days over what is stored of them; the days that change."""
    first, seconds = _starts(rows), int(rows[0, SECONDS])
    of_row = np.repeat(np.arange(len(first)), np.diff(first, append=len(rows)))
    channel, day = rows[first, CHANNEL], rows[first, DAY]
    begins = opening(day, scales.zone)
    count = (opening(day[:1] + 1, scales.zone) - begins[:1]).item() // seconds
    known = _Known.of(channel, day, seconds, count, scales)
    places = of_row * count + (rows[:, AT] - begins[of_row]) // seconds
    marks, below = told(rows)
    wh, quality = known.wh.reshape(-1), known.quality.reshape(-1)
    fresh = (wh[places] != rows[:, WH]) | (quality[places] != marks)
    wh[places], quality[places] = rows[:, WH], marks
    scales.tally.repeat_lines(rows[~fresh & ~below, LINE])
    scales.tally.accept(int((fresh & ~below).sum()))
    lines = np.minimum.reduceat(np.where(fresh, rows[:, LINE], np.iinfo(np.int64).max), first)
    doubted = np.logical_or.reduceat(below, first)
    total, status = _verdicts(known)
    merged = ManyDays(
        seconds // 60, channel, day, known.revision, total, status, lines, doubted,
        known.wh, known.quality,
    )  # fmt: skip
    return merged.of(np.logical_or.reduceat(fresh, first))


def findings(days: ManyDays) -> Iterator[Finding]:
    """What is to be said of some of the days."""
    for n in np.flatnonzero(days.below | (days.status == MISSING)).tolist():
        where = int(days.channel[n]), int(days.day[n])
        if days.below[n]:
            yield Finding(*where, "below_nothing", {}, int(days.line[n]))
        if days.status[n] == MISSING:
            known = days.wh[n][days.wh[n] >= 0]
            energy = str(kwh(int(known.sum(dtype=np.int64))))
            facts = {"known": len(known), "hours": days.wh.shape[1], "kwh": energy}
            yield Finding(*where, "hours_missing", facts, int(days.line[n]))


def _starts(rows: Figures) -> Column:
    """Where the rows of another channel or day begin."""
    channel, day = rows[:, CHANNEL], rows[:, DAY]
    other = (channel[1:] != channel[:-1]) | (day[1:] != day[:-1])
    return np.append(0, np.flatnonzero(other) + 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """What is stored of some days: intervals (where their number fits), and what they came to."""

    wh: NDArray[np.int32]
    quality: NDArray[np.uint8]
    revision: Column
    total: Column
    actual: NDArray[np.bool_]

    @classmethod
    def of(cls, channel: Column, day: Column, seconds: int, count: int, scales: Scales) -> Self:
        wh = np.full((len(day), count), intervals.MISSING, dtype=np.int32)
        quality = np.full(wh.shape, MISSING_MARK, dtype=np.uint8)
        revision, total = np.zeros(len(day), dtype=np.int64), np.full(len(day), NO_TOTAL)
        known = cls(wh, quality, revision, total, np.zeros(len(day), dtype=np.bool_))
        if scales.stored:
            keys = enumerate(zip(channel.tolist(), day.tolist(), strict=True))
            known._fill([(n, now) for n, key in keys if (now := scales.stored.get(key))], seconds)
        return known

    def _fill(self, stored: Sequence[tuple[int, DayState]], seconds: int) -> None:
        for n, now in stored:
            self.revision[n], self.actual[n] = now.revision, now.status == Status.ACTUAL
            self.total[n] = NO_TOTAL if now.wh is None else now.wh
        count = self.wh.shape[1]
        fitting = [
            (n, now)
            for n, now in stored
            if now.minutes * 60 == seconds and len(now.quality) == count
        ]
        places = [n for n, _now in fitting]
        hours = b"".join(now.intervals for _n, now in fitting)
        marks = b"".join(now.quality for _n, now in fitting)
        self.wh[places] = np.frombuffer(hours, dtype="<i4").reshape(-1, count)
        self.quality[places] = np.frombuffer(marks, dtype=np.uint8).reshape(-1, count)


def _verdicts(hours: _Known) -> tuple[Column, Column]:
    """The total and the status of each day, its new intervals merged: as `hours` has it."""
    complete = (hours.wh >= 0).all(axis=1)
    doubted = (hours.quality == SUSPECT_MARK).any(axis=1)
    estimated = (hours.quality == ESTIMATED_MARK).any(axis=1)
    stands = ~complete & hours.actual
    total = np.where(complete, hours.wh.sum(axis=1, dtype=np.int64), NO_TOTAL)
    total = np.where(stands, hours.total, total)
    status = np.select(
        [doubted, stands, ~complete, estimated],
        [SUSPECT, ACTUAL, MISSING, ESTIMATED],
        default=ACTUAL,
    )
    return np.where(doubted, NO_TOTAL, total), status
