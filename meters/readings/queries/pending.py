"""What closing a day would write, and what it finds on the way. Reads only."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

import numpy as np

from campus import clock
from campus.places.models import Campus
from meters.readings import bridging, checks, estimation, house, intervals
from meters.readings.checks import DaySeen, Doubt, Weight
from meters.readings.closing import Told, Use, decided, in_service, use_of
from meters.readings.estimation import Estimate
from meters.readings.models import Channel, Status
from meters.readings.queries import to_close
from meters.readings.queries.houses import Houses
from meters.readings.queries.to_close import (
    MEASURED,
    Around,
    Serving,
    Sheet,
    Space,
    ToldDay,
    imports,
)

_NOTHING = ToldDay(None, str(Status.MISSING), 1440, b"", b"")


class Change(NamedTuple):
    """A use that is not stored as it now is; `before` None where the day was never closed."""

    space: Space
    day: date
    revision: int
    use: Use
    before: Use | None


class Found(NamedTuple):
    """A doubt about a meter, or (meter None) about a residence as a whole."""

    meter_id: int | None
    residence_id: int | None
    doubt: Doubt


@dataclass(frozen=True)
class DayResult:
    """A day of a campus as it now comes out."""

    day: date
    changes: list[Change]
    found: list[Found]
    failed: Mapping[int, house.Failed]
    estimates: Mapping[Space, Estimate]


def days(*, campus: Campus, starts_on: date, ends_on: date) -> Iterator[DayResult]:
    """Each day of [starts_on, ends_on), weighed against what is stored."""
    sheet = to_close.sheet(campus=campus, starts_on=starts_on, ends_on=ends_on)
    for n in range((ends_on - starts_on).days):
        yield _Day(sheet, starts_on + timedelta(days=n)).result()


@dataclass(frozen=True)
class _Day:
    """One day on its sheet."""

    sheet: Sheet
    day: date

    def result(self) -> DayResult:
        uses = {space: self._use(space) for space in self.meters}
        changes = [
            Change(
                space,
                self.day,
                known.revision + 1 if known else 1,
                use,
                known.use if known else None,
            )
            for space, use in uses.items()
            for known in [self.sheet.stored.get((space, self.day))]
            if known is None or known.use != use
        ]
        found = [Found(meter, None, doubt) for meter, told in self.doubts.items() for doubt in told]
        found += self._estimated_for_long()
        homes = Houses(self.sheet, self.meters, self.told)
        found += [Found(None, home, doubt) for home, doubt in homes.differing(self.plain, uses)]
        return DayResult(self.day, changes, found, homes.failed(), self.estimates)

    @cached_property
    def meters(self) -> Mapping[Space, list[Serving]]:
        """Each space with the channels that serve it today."""
        found: dict[Space, list[Serving]] = defaultdict(list)
        for serving in self.sheet.serving:
            if serving.on(self.day):
                found[serving.space].append(serving)
        return found

    def told(self, serving: Serving) -> ToldDay:
        return self.sheet.told.get((serving.channel_id, self.day), _NOTHING)

    def _parts(self, space: Space) -> Iterator[Told]:
        for serving in self.meters[space]:
            told = self.told(serving)
            parted = any(serving.part_of(self.day))
            wh = self._in_service(serving, told) if parted and told.wh is None else told.wh
            known = wh is not None and told.wh is None
            yield Told(serving.flow, wh, str(Status.ACTUAL) if known else told.status)

    def _in_service(self, serving: Serving, told: ToldDay) -> int | None:
        """What a meter counted in its part of the day of an exchange."""
        starts, ends = serving.part_of(self.day)
        opens, closes = self.midnights
        if told.intervals:
            hours = intervals.unpack(told.intervals, told.quality)
            return in_service(hours, opens=opens, minutes=told.minutes, starts=starts, ends=ends)
        return to_close.step_in_service(
            channel_id=serving.channel_id, opens=opens, closes=closes, part=(starts, ends)
        )

    @cached_property
    def midnights(self) -> tuple[datetime, datetime]:
        zone = self.sheet.campus.zone
        after = self.day + timedelta(days=1)
        return clock.day_starts(self.day, zone=zone), clock.day_starts(after, zone=zone)

    @cached_property
    def plain(self) -> Mapping[Space, Use]:
        """What the meters alone make of the day."""
        return {space: use_of(self._parts(space)) for space in self.meters}

    def _use(self, space: Space) -> Use:
        use = self.plain[space]
        room, _zone = space
        weights = [
            doubt.weight
            for serving in self.meters[space]
            for doubt in self.doubts.get(serving.meter_id, ())
        ]
        estimate = self.estimates.get(space)
        return decided(
            use,
            edited_wh=self.sheet.edits.get((room, self.day)) if room else None,
            doubted=max(weights, default=Weight.NOTED) >= Weight.SUSPECT,
            withheld=Weight.WITHHELD in weights,
            estimated_wh=estimate.wh if estimate else None,
        )

    # --- doubts of single meters ---------------------------------------------------------------

    @cached_property
    def doubts(self) -> Mapping[int, list[Doubt]]:
        """Meter id -> what its checks find; meters of rooms only."""
        found = {
            serving.meter_id: checks.doubts(self._seen(serving, told))
            for serving in imports(self.meters)
            for told in [self.told(serving)]
            if told.wh is not None
        }
        return {meter: doubts for meter, doubts in found.items() if doubts}

    def _seen(self, serving: Serving, told: ToldDay) -> DaySeen:
        highest = None
        if told.intervals and told.minutes < 1440:
            highest = int(np.frombuffer(told.intervals, dtype="<i4").max())
        room = serving.space[0]
        return DaySeen(
            day=self.day,
            wh=told.wh,
            hours=self.hours,
            breaker_amps=serving.amps,
            highest_wh=highest,
            interval_minutes=told.minutes,
            register_wh=self.counted.get(serving.channel_id),
            occupied=told.wh == 0 and room in self.occupied,
            before=self.around.get(serving.channel_id, {}),
        )

    @cached_property
    def hours(self) -> float:
        opens, closes = self.midnights
        return (closes - opens).total_seconds() / 3600

    @cached_property
    def counted(self) -> Mapping[int, int]:
        return to_close.counted_beside(campus=self.sheet.campus, day=self.day)

    @cached_property
    def occupied(self) -> frozenset[int]:
        return self.sheet.occupied(self.day)

    @cached_property
    def around(self) -> Around:
        """The measured days around this one, of the channels that need them: gaps, zeros, peaks."""
        needy = [
            each.channel_id
            for each in imports(self.meters)
            for told in [self.told(each)]
            if told.wh == 0 or told.status in {Status.MISSING, Status.ESTIMATED}
        ]
        high = to_close.perhaps_spikes(campus=self.sheet.campus, day=self.day)
        return to_close.measured_around(channels=sorted({*needy, *high}), day=self.day)

    # --- gaps ----------------------------------------------------------------------------------

    @cached_property
    def estimates(self) -> Mapping[Space, Estimate]:
        """Rooms of which the day is missing, and estimated where readings bound the gap."""
        found = {
            space: self._estimate(space)
            for space, use in self.plain.items()
            if space[0] is not None and use.wh is None and use.status == Status.MISSING
        }
        return {space: estimate for space, estimate in found.items() if estimate}

    def _estimate(self, space: Space) -> Estimate | None:
        channels = [each for each in self.meters[space] if each.flow == Channel.Flow.IMPORT]
        if len(channels) != 1:
            return None  # an exchange, or several meters: none of them is the room's history
        [serving] = channels
        room = self.sheet.rooms.get(space[0] or 0)
        told = {
            day: wh
            for day, wh in self.around.get(serving.channel_id, {}).items()
            if serving.on(day)
            and (room is None or (room.residence_id, day) not in self.sheet.outages)
        }
        return estimation.estimate(
            day=self.day,
            told=told,
            known_wh=_known(self.told(serving)),
            bridged_wh=self._bridged(serving),
            kind=self.sheet.kind,
            peers=self.peers[room.capacity] if room and told else (),
        )

    def _estimated_for_long(self) -> Iterator[Found]:
        """Rooms whose use has been somebody's estimate for more than a week."""
        for space, use in self.plain.items():
            if space in self.estimates or use.status == Status.ESTIMATED:
                for serving in self.meters[space]:
                    around = self.around.get(serving.channel_id, {})
                    if facts := estimation.too_long(day=self.day, measured=around):
                        doubt = Doubt("prolonged_estimate", Weight.NOTED, facts)
                        yield Found(serving.meter_id, None, doubt)

    def _bridged(self, serving: Serving) -> int | None:
        """The day with its short gaps bridged, by the hours of this meter around them."""
        if not self.told(serving).intervals:
            return None
        around = {
            day: (intervals.unpack(told.intervals, told.quality), told.minutes)
            for n in bridging.NEIGHBOURS
            for day in [self.day + timedelta(days=n)]
            for told in [self.sheet.told_around.get((serving.channel_id, day))]
            if told and told.intervals and serving.on(day)
        }
        return bridging.bridged(day=self.day, told=around, zone=self.sheet.campus.zone)

    @cached_property
    def peers(self) -> Mapping[int, list[int]]:
        """Beds -> Wh of occupied rooms with as many, as their meters told this day."""
        found: dict[int, list[int]] = defaultdict(list)
        for (room, _zone), use in self.plain.items():
            if room in self.occupied and use.wh is not None and use.status in MEASURED:
                found[self.sheet.rooms[room].capacity].append(use.wh)
        return found


def _known(told: ToldDay) -> int:
    """Wh of the intervals of a day that were told."""
    if not told.intervals:
        return 0
    hours = np.frombuffer(told.intervals, dtype="<i4")
    return int(hours[hours > 0].sum())
