"""Rows that each tell one hour's use, merged into the days they belong to. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from campus import clock
from campus.units import kwh
from meters.readings import intervals
from meters.readings.intake.sifting import Sifted
from meters.readings.intake.spool import AT, CHANNEL, DAY, LINE, WH, Rows
from meters.readings.intake.tally import Tally
from meters.readings.intake.weighed import (
    DayState,
    DayTold,
    Finding,
    Scales,
    Weighed,
    known_already,
    refuse_held,
)
from meters.readings.intervals import ACTUAL_MARK, SUSPECT_MARK, Intervals
from meters.readings.models import Status

HOUR, HOUR_LONG = 3600, 60


@dataclass(slots=True)
class _Day:
    """The hours that a file tells of one channel and day: (place, Wh, line); and those it tore."""

    told: list[tuple[int, int, int]] = field(default_factory=list)
    torn: list[tuple[int, Rows]] = field(default_factory=list)


@lru_cache(maxsize=4096)
def opens(day: int, zone: ZoneInfo) -> int:
    """The Unix second of the local midnight that opens a day ordinal."""
    return int(clock.day_starts(date.fromordinal(day), zone=zone).timestamp())


def weigh_hours(*, sifted: Sifted, scales: Scales) -> Weighed:
    """
    Days of 23, 24 or 25 hours, each hour as it was told last; what was never told is missing.

    A day is known when each of its hours is. Until then its total is missing (or the one that a
    daily row told), with the hours that are known; it is never guessed from a part.
    """
    weighed = Weighed()
    for (channel, day), hours in _by_day(sifted, scales.zone).items():
        now = scales.now(channel, day)
        count = (opens(day + 1, scales.zone) - opens(day, scales.zone)) // HOUR
        merged = _base(now, count)
        if scales.only_new and now.revision:
            scales.tally.repeat(known_already(line) for _place, _wh, line in hours.told)
            _hold(merged, hours, scales.tally)
        elif told := _weigh(hours, merged, scales.tally):
            line, torn = told
            weighed.days.append(DayTold(channel, day, _state(now, merged), line))
            weighed.findings += [
                Finding(channel, day, code, facts, line)
                for code, facts in [*torn, *_missing(weighed.days[-1], merged)]
            ]
    return weighed


Doubt = tuple[str, dict[str, object]]


def _weigh(hours: _Day, merged: Intervals, tally: Tally) -> tuple[int, list[Doubt]] | None:
    """Merge a day's rows; (first line that matters, doubts), or None when nothing is new."""
    fresh = _merge(merged, hours.told, tally)
    torn = _hold(merged, hours, tally)
    if not fresh and not torn:
        return None
    lines = fresh + [int(rows[0, LINE]) for _place, rows in hours.torn]
    return min(lines), torn


def _missing(told: DayTold, hours: Intervals) -> Iterator[Doubt]:
    if told.state.status == Status.MISSING:
        known = str(kwh(_sum(hours)))
        yield "hours_missing", {"known": hours.known, "hours": len(hours.wh), "kwh": known}


def _by_day(sifted: Sifted, zone: ZoneInfo) -> dict[tuple[int, int], _Day]:
    days: dict[tuple[int, int], _Day] = defaultdict(_Day)
    for channel, at, wh, line, day in sifted.kept[:, [CHANNEL, AT, WH, LINE, DAY]].tolist():
        place = (at - opens(day, zone)) // HOUR
        days[channel, day].told.append((place, wh, line))
    for rows in sifted.held_times():
        channel, at, day = (int(value) for value in rows[0, [CHANNEL, AT, DAY]])
        days[channel, day].torn.append(((at - opens(day, zone)) // HOUR, rows))
    return days


def _base(now: DayState, count: int) -> Intervals:
    """The hours known so far."""
    if now.minutes == HOUR_LONG:
        known = intervals.unpack(now.intervals, now.quality)
        if len(known.wh) == count:
            return known
    return intervals.unknown(count)


def _merge(hours: Intervals, told: Iterable[tuple[int, int, int]], tally: Tally) -> list[int]:
    """Write hours over what was known; returns the lines that told something new."""
    fresh = []
    for place, wh, line in told:
        if hours.wh[place] == wh and hours.quality[place] == ACTUAL_MARK:
            tally.repeat([known_already(line)])
            continue
        hours.wh[place], hours.quality[place] = wh, ACTUAL_MARK
        fresh.append(line)
    tally.accept(len(fresh))
    return fresh


def _hold(hours: Intervals, day: _Day, tally: Tally) -> list[Doubt]:
    """Put hours told with different values in doubt; returns the doubts that are new."""
    found = []
    for place, rows in day.torn:
        facts = refuse_held(rows, tally)
        if hours.quality[place] != SUSPECT_MARK:
            found.append(("two_values", facts))
        hours.wh[place], hours.quality[place] = intervals.MISSING, SUSPECT_MARK
    return found


def _state(now: DayState, hours: Intervals) -> DayState:
    packed, quality = intervals.pack(hours)
    total, status = hours.total(), Status.ACTUAL
    if hours.doubted:
        total, status = None, Status.SUSPECT
    elif total is None and now.status == Status.ACTUAL:
        total = now.wh
    elif total is None:
        status = Status.MISSING
    return DayState(now.revision, total, status, HOUR_LONG, packed, quality)


def _sum(hours: Intervals) -> int:
    return int(hours.wh[hours.wh >= 0].sum())
