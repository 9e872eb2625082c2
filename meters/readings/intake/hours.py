"""Rows that each tell an interval's use, merged into the days they belong to. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from campus.units import kwh
from meters.readings import intervals
from meters.readings.intake import many_hours
from meters.readings.intake.many_days import Day
from meters.readings.intake.tally import Tally
from meters.readings.intake.weighed import (
    AT,
    CHANNEL,
    DAY,
    LINE,
    SECONDS,
    WH,
    DayState,
    DayTold,
    Figures,
    Finding,
    Scales,
    Weighed,
    known_already,
    refuse_held,
)
from meters.readings.intervals import SUSPECT_MARK, Intervals
from meters.readings.local_days import opening, opens
from meters.readings.models import Status
from meters.readings.refusals import RowFault
from meters.readings.sorting import spool

HOUR_LONG = 60


def weigh_hours(*, kept: Figures, held: Sequence[Figures], scales: Scales) -> Weighed:
    """
    Days of intervals, each as it was told last; what was never told is missing.

    A day is known when each of its intervals is. Until then its total is missing (or the one that a
    daily row told), with the intervals that are known; it is never guessed from a part.
    """
    weighed = Weighed()
    kept = _on_the_grid(kept, scales)
    torn: dict[Day, list[Figures]] = defaultdict(list)
    for rows in held:
        if len(_on_the_grid(rows, scales)):
            torn[int(rows[0, CHANNEL]), int(rows[0, DAY])].append(rows)
    many, odd = many_hours.split(kept, set(torn), scales)
    for rows in many:
        merged = many_hours.merge(rows, scales)
        weighed.many.append(merged)
        weighed.findings += many_hours.findings(merged)
    for day in odd:
        key = int(day[0, CHANNEL]), int(day[0, DAY])
        _weigh(key, day, torn.pop(key, []), scales, weighed)
    for key, rows_ in torn.items():
        _weigh(key, kept[:0], rows_, scales, weighed)
    return weighed


def _on_the_grid(rows: Figures, scales: Scales) -> Figures:
    """The rows whose interval parts an hour evenly and begins on a multiple of itself."""
    if not len(rows):
        return rows
    first, seconds = opening(rows[:, DAY], scales.zone), np.maximum(rows[:, SECONDS], 1)
    fits = (3600 % seconds == 0) & (seconds % 60 == 0) & ((rows[:, AT] - first) % seconds == 0)
    if fits.all():
        return rows
    for row in rows[~fits]:
        at = datetime.fromtimestamp(int(row[AT]), tz=scales.zone)
        facts: dict[str, object] = {
            "value": f"{at:%Y-%m-%d %H:%M}",
            "minutes": int(row[SECONDS]) // 60,
        }
        scales.tally.refuse(RowFault(int(row[LINE]), "interval_odd", facts))
    return spool.some(rows, fits)


def _weigh(
    key: Day, rows: Figures, torn: Sequence[Figures], scales: Scales, weighed: Weighed
) -> None:
    """Merge the rows of one day into what is known of it."""
    channel, day = key
    now, zone = scales.now(channel, day), scales.zone
    seconds = int((rows if len(rows) else torn[0])[0, SECONDS])
    rows = _one_length(rows, seconds, scales.tally)
    hours = _base(now, day, seconds, zone)
    if scales.only_new and now.revision:
        scales.tally.repeat(known_already(line) for line in rows[:, LINE].tolist())
        _hold(hours, torn, day, seconds, scales)
        return
    fresh = _merge(hours, rows, day, seconds, scales)
    doubts = _hold(hours, torn, day, seconds, scales)
    lines = fresh + [int(some[0, LINE]) for some in torn]
    if lines:
        told = DayTold(channel, day, _state(now, hours, seconds), min(lines))
        weighed.days.append(told)
        weighed.findings += [
            Finding(channel, day, code, facts, told.line)
            for code, facts in [*doubts, *_below_nothing(rows), *_missing(told, hours)]
        ]


def _one_length(rows: Figures, seconds: int, tally: Tally) -> Figures:
    """A day has intervals of one length: those of its first row."""
    for row in rows[rows[:, SECONDS] != seconds]:
        facts: dict[str, object] = {"minutes": int(row[SECONDS]) // 60, "value": ""}
        tally.refuse(RowFault(int(row[LINE]), "interval_odd", facts))
    alike: Figures = rows[rows[:, SECONDS] == seconds]
    return alike


def _base(now: DayState, day: int, seconds: int, zone: ZoneInfo) -> Intervals:
    """The intervals known so far."""
    count = (opens(day + 1, zone) - opens(day, zone)) // seconds
    if now.minutes * 60 == seconds and now.intervals:
        known = intervals.unpack(now.intervals, now.quality)
        if len(known.wh) == count:
            return known
    return intervals.unknown(count)


def _merge(hours: Intervals, rows: Figures, day: int, seconds: int, scales: Scales) -> list[int]:
    """Write intervals over what was known; returns the lines that told something new."""
    places = (rows[:, AT] - opens(day, scales.zone)) // seconds
    marks, below = many_hours.told(rows)
    same = (hours.wh[places] == rows[:, WH]) & (hours.quality[places] == marks)
    hours.wh[places], hours.quality[places] = rows[:, WH], marks
    scales.tally.repeat(known_already(line) for line in rows[same & ~below, LINE].tolist())
    fresh: list[int] = rows[~same, LINE].tolist()
    scales.tally.accept(int((~same & ~below).sum()))
    return fresh


Doubt = tuple[str, dict[str, object]]


def _hold(
    hours: Intervals, torn: Sequence[Figures], day: int, seconds: int, scales: Scales
) -> list[Doubt]:
    """Put intervals told with different values in doubt; returns the doubts that are new."""
    found = []
    for rows in torn:
        place = (int(rows[0, AT]) - opens(day, scales.zone)) // seconds
        facts = refuse_held(rows, scales.tally)
        if hours.quality[place] != SUSPECT_MARK:
            found.append(("two_values", facts))
        hours.wh[place], hours.quality[place] = intervals.MISSING, SUSPECT_MARK
    return found


def _below_nothing(rows: Figures) -> Iterator[Doubt]:
    if many_hours.told(rows).below.any():
        yield "below_nothing", {}


def _missing(told: DayTold, hours: Intervals) -> Iterator[Doubt]:
    if told.state.status == Status.MISSING:
        known = str(kwh(int(hours.wh[hours.wh >= 0].sum(dtype=np.int64))))
        yield "hours_missing", {"known": hours.known, "hours": len(hours.wh), "kwh": known}


def _state(now: DayState, hours: Intervals, seconds: int) -> DayState:
    packed, quality = intervals.pack(hours)
    total, status = hours.total(), Status.ACTUAL
    if hours.doubted:
        total, status = None, Status.SUSPECT
    elif total is None and now.status == Status.ACTUAL:
        total = now.wh
    elif total is None:
        status = Status.MISSING
    elif hours.estimated:
        status = Status.ESTIMATED
    return DayState(now.revision, total, status, seconds // 60, packed, quality)
