"""What the rows of a file come to, beside what is stored. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from campus.units import kwh
from meters.readings import intervals
from meters.readings.intake.many_days import ManyDays
from meters.readings.intake.tally import Tally
from meters.readings.local_days import days_of_all, opening
from meters.readings.models import Status
from meters.readings.refusals import RowFault
from meters.readings.row import A_WH, NOTHING, Quality
from meters.readings.sorting import Rows, spool

DAY_LONG = 1440
_SHORTEST_DAY = 20 * 3600  # of any place's clock changes

Figures = NDArray[np.int64]
# The columns of Figures: what a row tells in whole Wh, and the local day it is of.
CHANNEL, AT, WH, LINE, DAY, SECONDS, QUALITY, EVENT = range(8)


def figures(rows: Rows, zone: ZoneInfo) -> Figures:
    """
    Sorted rows as int64[n, 8] in whole Wh.

    Each figure is rounded by itself, so that it comes to the same however a day is delivered.
    """
    amounts = rows[:, spool.AMOUNT]
    told = np.empty((8, len(rows)), dtype=np.int64).T
    told[:, CHANNEL], told[:, AT] = rows[:, spool.CHANNEL], rows[:, spool.AT]
    told[:, WH] = np.where(amounts == NOTHING, NOTHING, (amounts + A_WH // 2) // A_WH)
    told[:, LINE], told[:, SECONDS] = rows[:, spool.LINE], rows[:, spool.SECONDS]
    told[:, DAY] = days_of_all(rows[:, spool.AT], zone)
    told[:, QUALITY], told[:, EVENT] = spool.qualities(rows), spool.events(rows)
    return told


def whole_days(told: Figures, zone: ZoneInfo) -> NDArray[np.bool_]:
    """Which figures are of a whole local day, midnight to midnight."""
    long = told[:, SECONDS] >= _SHORTEST_DAY
    if not long.any():
        return long
    days = told[:, DAY]
    first, after = opening(days, zone), opening(days + 1, zone)
    whole: NDArray[np.bool_] = (told[:, AT] == first) & (told[:, SECONDS] == after - first)
    return whole


def below_nothing(told: Figures) -> NDArray[np.bool_]:
    """Which figures were refused for being below nothing, and only leave their time in doubt."""
    below: NDArray[np.bool_] = (told[:, WH] < 0) & (told[:, QUALITY] == Quality.DOUBTED)
    return below


class DayState(NamedTuple):
    """A channel's day as a MeterDay keeps it; `revision` 0 is a day nothing was told of."""

    revision: int = 0
    wh: int | None = None
    status: str = Status.MISSING
    minutes: int = DAY_LONG
    intervals: bytes = b""
    quality: bytes = b""

    def totalling(self, wh: int | None, status: str) -> Self:
        """
        The same day with another total.

        Hours that are known in part say nothing against a total and are kept; hours that summed
        to the old total would contradict the new one and are dropped.
        """
        partial = self.intervals and intervals.unpack(self.intervals, self.quality).total() is None
        if partial:
            return self._replace(wh=wh, status=status)
        return self._replace(wh=wh, status=status, minutes=DAY_LONG, intervals=b"", quality=b"")


Stored = Mapping[tuple[int, int], DayState]  # (channel, day ordinal) -> newest revision


@dataclass(frozen=True, slots=True)
class Scales:
    """
    What rows are weighed with: the stored days, the campus's clock, and where to count them.

    With `only_new`, what is known in any way is left as it is.
    """

    stored: Stored
    zone: ZoneInfo
    tally: Tally
    only_new: bool

    def now(self, channel: int, day: int) -> DayState:
        """What is stored of a day."""
        return self.stored.get((channel, day), DayState())


class DayTold(NamedTuple):
    """A new revision of a channel's day; `state.revision` is the one it follows."""

    channel: int
    day: int
    state: DayState
    line: int


class ReadingTold(NamedTuple):
    """What a register showed at an instant (Unix seconds); `revision` is new."""

    channel: int
    at: int
    revision: int
    wh: int
    event: int
    line: int


class Finding(NamedTuple):
    """A doubt about a channel's day; one that explains itself is settled when it is found."""

    channel: int
    day: int
    code: str
    facts: dict[str, object]
    line: int
    settled: bool = False


@dataclass(slots=True)
class Weighed:
    """What is to be written for one part of a file."""

    days: list[DayTold] = field(default_factory=list)
    many: list[ManyDays] = field(default_factory=list)
    readings: list[ReadingTold] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def extent(self) -> tuple[set[int], int, int]:
        """The channels of its days, and the first and the last day."""
        channels = {told.channel for told in self.days}
        days = {told.day for told in self.days}
        for many in self.many:
            channels |= set(np.unique(many.channel).tolist())
            days |= set(np.unique(many.day).tolist())
        return channels, min(days, default=1), max(days, default=1)

    def add(self, other: "Weighed") -> None:
        """Take over what another kind of rows came to."""
        self.days += other.days
        self.many += other.many
        self.readings += other.readings
        self.findings += other.findings


def refuse_held(rows: Figures, tally: Tally) -> dict[str, object]:
    """
    Count rows that told one time differently as refused; returns the facts that prove it.

    A figure below nothing was refused when it was read, and is not counted again.
    """
    lines = [int(line) for line in rows[:, LINE]]
    named = ", ".join(map(str, lines))
    below = below_nothing(rows)
    for line in rows[~below, LINE].tolist():
        tally.refuse(RowFault(line, "two_values", {"lines": named}))
    values = sorted({int(wh) for wh in rows[~below, WH]})
    return {"kwh": " / ".join(str(kwh(wh)) for wh in values), "lines": lines}


def known_already(line: int) -> RowFault:
    """A row that an earlier delivery told the same."""
    return RowFault(line, "known_already", {})
