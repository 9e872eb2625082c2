"""
Rows that each tell what a register showed, and the days that follow from them. Pure.

What a day comes to is `rollup.of_registers`, from this file's points and those stored around them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from campus.units import kwh
from meters.readings import rollup
from meters.readings.intake.directory import Served
from meters.readings.intake.weighed import (
    AT,
    CHANNEL,
    EVENT,
    LINE,
    QUALITY,
    WH,
    DayTold,
    Figures,
    Finding,
    ReadingTold,
    Scales,
    Weighed,
    known_already,
    refuse_held,
)
from meters.readings.models import Status
from meters.readings.rollup import Point
from meters.readings.row import Event, Quality

Moment = tuple[int, int, int]  # channel, Unix second, event
Readings = Mapping[Moment, tuple[int, int]]  # -> (newest revision, Wh)
# A step that explains itself: told, and settled at once.
_EXPLAINED = frozenset({"register_rolled_over", "register_reset"})


@dataclass(slots=True)
class _Shown:
    """One channel's points once this file is taken in, and the instants that are new."""

    points: dict[tuple[int, int], Point] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)
    held: dict[int, dict[str, object]] = field(default_factory=dict)


def weigh_registers(
    *,
    kept: Figures,
    held: Sequence[Figures],
    readings: Readings,
    meters: Mapping[int, Served],
    scales: Scales,
) -> Weighed:
    """New readings, and each day between them and their neighbours that is not stored so."""
    weighed = Weighed()
    channels: dict[int, _Shown] = defaultdict(_Shown)
    for (channel, at, event), (_revision, wh) in readings.items():
        channels[channel].points[at, event] = Point(at, wh, 0, Event(event))
    weighed.readings += _fresh(kept, readings, channels, scales)
    scales.tally.accept(len(weighed.readings))
    _hold(held, channels, scales)
    for channel, shown in sorted(channels.items()):
        if shown.fresh:
            _weigh_days(channel, shown, meters[channel], scales, weighed)
    return weighed


def _fresh(
    kept: Figures, readings: Readings, channels: dict[int, _Shown], scales: Scales
) -> Iterator[ReadingTold]:
    """The readings that are told for the first time, or differently."""
    columns = kept[:, [CHANNEL, AT, WH, LINE, EVENT, QUALITY]].tolist()
    for channel, at, wh, line, event, quality in columns:
        revision, known = readings.get((channel, at, event), (0, None))
        if revision and (scales.only_new or wh == known):
            scales.tally.repeat([known_already(line)])
            continue
        guess = quality != Quality.MEASURED
        channels[channel].points[at, event] = Point(at, wh, line, Event(event), guess)
        channels[channel].fresh.add(at)
        yield ReadingTold(channel, at, revision + 1, wh, event, line)


def _hold(held: Sequence[Figures], channels: dict[int, _Shown], scales: Scales) -> None:
    for rows in held:
        channel, at, line = (int(value) for value in rows[0, [CHANNEL, AT, LINE]])
        shown = channels[channel]
        shown.held[at] = refuse_held(rows, scales.tally)
        shown.points[at, Event.NONE] = Point(at, None, line)
        shown.fresh.add(at)


def _weigh_days(
    channel: int, shown: _Shown, meter: Served, scales: Scales, weighed: Weighed
) -> None:
    points = list(shown.points.values())
    line = min(point.line for point in points if point.line)
    for day in rollup.of_registers(points, zone=scales.zone, rolls_over_at=meter.rolls_over_at_wh):
        now = scales.now(channel, day.day)
        if not meter.on((day.day,)) or (scales.only_new and now.revision):
            continue
        if day.status == Status.MISSING or (now.wh, now.status) == (day.amount, day.status):
            continue
        if now.revision and now.minutes < 1440 and day.status == Status.ESTIMATED:
            continue  # its own intervals know better
        state = now.totalling(day.amount, day.status)
        told = DayTold(channel, day.day, state, day.line or line)
        weighed.days.append(told)
        weighed.findings += _findings(told, day, shown)


def _findings(told: DayTold, day: rollup.Day, shown: _Shown) -> Iterator[Finding]:
    for code, facts in day.doubts:
        proof = {
            name: str(kwh(value)) if isinstance(value, int) else value
            for name, value in facts.items()
        }
        if code == "two_values":
            held = next((fact for fact in shown.held.values()), {})
            proof = dict(held)
        yield Finding(told.channel, told.day, code, proof, told.line, settled=code in _EXPLAINED)
