"""Rows that each tell what a register showed; a day is the step from midnight to midnight. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from campus.units import kwh
from meters.readings.intake.directory import Served
from meters.readings.intake.hours import opens
from meters.readings.intake.sifting import Sifted
from meters.readings.intake.spool import AT, CHANNEL, DAY, LINE, WH
from meters.readings.intake.weighed import (
    DayState,
    DayTold,
    Finding,
    ReadingTold,
    Scales,
    Weighed,
    known_already,
    refuse_held,
)
from meters.readings.models import Status

Moment = tuple[int, int]  # channel, Unix second
Readings = Mapping[Moment, tuple[int, int]]  # -> (newest revision, Wh)


@dataclass(slots=True)
class _Shown:
    """Everything known of the registers once this file is taken in."""

    wh: dict[Moment, int]
    lines: dict[Moment, int] = field(default_factory=dict)
    held: dict[Moment, dict[str, object]] = field(default_factory=dict)
    touched: set[tuple[int, int]] = field(default_factory=set)

    def touch(self, channel: int, at: int, day: int, line: int, zone: ZoneInfo) -> None:
        """A midnight ends one day and opens the next; a reading in between tells neither."""
        self.lines[channel, at] = line
        if at == opens(day, zone):
            self.touched |= {(channel, day - 1), (channel, day)}


def weigh_registers(
    *, sifted: Sifted, readings: Readings, meters: Mapping[int, Served], scales: Scales
) -> Weighed:
    """
    New readings, and each day whose two midnights are known from this file or before it.

    A register that stepped back leaves its day in doubt, unless it stood in its last tenth and
    begins again in its first: then it rolled over.
    """
    weighed = Weighed()
    shown = _Shown({moment: wh for moment, (_revision, wh) in readings.items()})
    weighed.readings += _fresh(sifted, readings, shown, scales)
    scales.tally.accept(len(weighed.readings))
    _hold(sifted, shown, scales)
    for channel, day in sorted(shown.touched):
        now = scales.now(channel, day)
        if meters[channel].on((day,)) and not (scales.only_new and now.revision):
            for told in _day(channel, day, shown, meters[channel], scales.zone):
                _note(now, *told, weighed)
    return weighed


def _fresh(
    sifted: Sifted, readings: Readings, shown: _Shown, scales: Scales
) -> Iterator[ReadingTold]:
    """The readings that are told for the first time, or differently."""
    for channel, at, wh, line, day in sifted.kept[:, [CHANNEL, AT, WH, LINE, DAY]].tolist():
        revision, known = readings.get((channel, at), (0, None))
        shown.touch(channel, at, day, line, scales.zone)
        if revision and (scales.only_new or wh == known):
            scales.tally.repeat([known_already(line)])
        else:
            shown.wh[channel, at] = wh
            yield ReadingTold(channel, at, revision + 1, wh, line)


def _hold(sifted: Sifted, shown: _Shown, scales: Scales) -> None:
    for rows in sifted.held_times():
        channel, at, line, day = (int(value) for value in rows[0, [CHANNEL, AT, LINE, DAY]])
        shown.touch(channel, at, day, line, scales.zone)
        shown.held[channel, at] = refuse_held(rows, scales.tally)


Told = tuple[DayTold, Finding | None]


def _day(channel: int, day: int, shown: _Shown, meter: Served, zone: ZoneInfo) -> Iterator[Told]:
    """What the two midnights of a day come to, if both can be spoken of."""
    first, last = (channel, opens(day, zone)), (channel, opens(day + 1, zone))
    line = shown.lines.get(last) or shown.lines.get(first) or 0
    told = DayTold(channel, day, DayState(wh=None, status=Status.SUSPECT), line)
    for moment in (first, last):
        if moment in shown.held and (moment == last or last in shown.wh):
            yield told, Finding(channel, day, "two_values", shown.held[moment], line)
            return
    if first in shown.wh and last in shown.wh:
        yield _step(told, shown.wh[first], shown.wh[last], meter.rolls_over_at_wh)


def _step(told: DayTold, first: int, last: int, rolls_over_at: int) -> Told:
    facts: dict[str, object] = {"from": str(kwh(first)), "to": str(kwh(last))}
    if last >= first:
        return _actual(told, last - first), None
    if first * 10 > rolls_over_at * 9 and last * 10 < rolls_over_at:
        rolled = Finding(
            told.channel, told.day, "register_rolled_over", facts, told.line, settled=True
        )
        return _actual(told, last + rolls_over_at - first), rolled
    return told, Finding(told.channel, told.day, "register_went_back", facts, told.line)


def _actual(told: DayTold, wh: int) -> DayTold:
    return told._replace(state=DayState(wh=wh, status=Status.ACTUAL))


def _note(now: DayState, told: DayTold, finding: Finding | None, weighed: Weighed) -> None:
    """Keep what differs from what is stored."""
    wh, status = told.state.wh, told.state.status
    if now.revision and (now.wh, now.status) == (wh, status):
        return
    weighed.days.append(told._replace(state=now.totalling(wh, status)))
    if finding:
        weighed.findings.append(finding)
