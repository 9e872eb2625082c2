"""What closing a day must know: meters in service, what they told, and what people said of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

import numpy as np
from django.db.models import Exists, OuterRef, Q

from campus import clock
from campus.people import queries as people
from campus.places import queries as places
from campus.places.models import Campus, Zone
from meters.readings.checks import HISTORY, spike
from meters.readings.closing import Use
from meters.readings.intervals import Packed
from meters.readings.models import (
    Channel,
    DailyUse,
    DayEdit,
    MeterDay,
    MeterInstallation,
    Outage,
    RegisterReading,
    Status,
)
from meters.readings.queries.serving import portions

Space = tuple[int | None, int | None]  # (room id, zone id), one of them None
MEASURED = (Status.ACTUAL, Status.EDITED, Status.FINAL)


class Serving(NamedTuple):
    """A channel of a meter in the service of a space on days [first, after), in part perhaps."""

    space: Space
    meter_id: int
    channel_id: int
    flow: str
    amps: int
    first: date
    after: date | None
    starts_at: datetime | None
    ends_at: datetime | None

    def on(self, day: date) -> bool:
        return self.first <= day and (self.after is None or day < self.after)

    def part_of(self, day: date) -> tuple[datetime | None, datetime | None]:
        """From when and until when it serves on a day that an exchange parts; else (None, None)."""
        last = self.after is not None and day == self.after - timedelta(days=1)
        return (self.starts_at if day == self.first else None, self.ends_at if last else None)


def imports(meters: Mapping[Space, Sequence[Serving]]) -> Iterator[Serving]:
    """The channels by which rooms use."""
    for (room, _zone), channels in meters.items():
        if room is not None:
            yield from (each for each in channels if each.flow == Channel.Flow.IMPORT)


class ToldDay(NamedTuple):
    """The newest revision of a channel's day."""

    wh: int | None
    status: str
    minutes: int
    intervals: Packed
    quality: Packed


@dataclass(frozen=True, slots=True)
class Stored:
    """What a space's day was closed as."""

    revision: int
    use: Use


@dataclass(frozen=True)
class Sheet:
    """A period [starts_on, ends_on) of a campus, read with a fixed number of statements."""

    campus: Campus
    starts_on: date
    ends_on: date
    serving: Sequence[Serving]
    told: Mapping[tuple[int, date], ToldDay]
    edits: Mapping[tuple[int, date], int]
    stored: Mapping[tuple[Space, date], Stored]

    @cached_property
    def kinds(self) -> Mapping[date, str]:
        """The days off of its terms; every other day is a weekday or a weekend."""
        terms = self.campus.terms.all()
        return {date.fromisoformat(day): "holiday" for term in terms for day in term.holidays}

    @cached_property
    def told_around(self) -> Mapping[tuple[int, date], ToldDay]:
        """`told`, with the day before the period and the day after it."""
        before, after = self.starts_on - timedelta(days=1), self.ends_on
        edges = [_told(self.campus, day, day + timedelta(days=1)) for day in (before, after)]
        return {**edges[0], **self.told, **edges[1]}

    @cached_property
    def outages(self) -> frozenset[tuple[int, date]]:
        """(residence, day) of power failures, the four weeks before included."""
        rows = Outage.objects.filter(
            residence__campus=self.campus,
            withdrawn_at=None,
            day__gte=self.starts_on - HISTORY,
            day__lt=self.ends_on + HISTORY,
        )
        return frozenset(rows.values_list("residence_id", "day"))

    @cached_property
    def rooms(self) -> Mapping[int, places.RoomFact]:
        return {room.room_id: room for room in places.rooms_of(campus=self.campus)}

    def kind(self, day: date) -> str:
        """Weekday, weekend or holiday."""
        return self.kinds.get(day) or ("weekend" if day.weekday() >= 5 else "weekday")

    def occupied(self, day: date) -> frozenset[int]:
        """Rooms in which somebody lives that night."""
        return frozenset(people.residents_on(campus=self.campus, day=day))


def sheet(*, campus: Campus, starts_on: date, ends_on: date) -> Sheet:
    """Everything that closing each day of [starts_on, ends_on) is made of."""
    period = (campus, starts_on, ends_on)
    return Sheet(*period, _serving(*period), _told(*period), _edits(*period), _stored(*period))


def _serving(campus: Campus, starts_on: date, ends_on: date) -> list[Serving]:
    rows = MeterInstallation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on),
        meter__campus=campus,
        meter__channels__isnull=False,
        starts_on__lt=ends_on,
    ).order_by("room_id", "zone_id", "pk", "meter__channels__pk")
    values = rows.values_list(
        "room_id", "zone_id", "meter_id", "meter__channels__pk", "meter__channels__flow",
        "meter__breaker_amps", "starts_on", "ends_on", "starts_at", "ends_at",
    )  # fmt: skip
    return [Serving((row[0], row[1]), *row[2:]) for row in values]


def _told(campus: Campus, starts_on: date, ends_on: date) -> Mapping[tuple[int, date], ToldDay]:
    rows = MeterDay.objects.filter(
        channel__meter__campus=campus, day__gte=starts_on, day__lt=ends_on
    )
    values = rows.order_by("revision").values_list(
        "channel_id", "day", "wh", "status", "interval_minutes", "intervals", "quality"
    )
    return {(row[0], row[1]): ToldDay(*row[2:]) for row in values.iterator()}


def _edits(campus: Campus, starts_on: date, ends_on: date) -> Mapping[tuple[int, date], int]:
    """(room, day) -> Wh that a person said; what was taken back is absent."""
    rows = DayEdit.objects.filter(
        room__residence__campus=campus, day__gte=starts_on, day__lt=ends_on
    )
    newest = {
        (room, day): wh
        for room, day, wh in rows.order_by("revision").values_list("room_id", "day", "wh")
    }
    return {place: wh for place, wh in newest.items() if wh is not None}


def _stored(campus: Campus, starts_on: date, ends_on: date) -> Mapping[tuple[Space, date], Stored]:
    here = Q(room__residence__campus=campus) | Q(zone__residence__campus=campus)
    rows = DailyUse.objects.filter(here, day__gte=starts_on, day__lt=ends_on)
    values = rows.order_by("revision").values_list(
        "room_id", "zone_id", "day", "revision", "wh", "generated_wh", "status"
    )
    return {
        ((room, zone), day): Stored(revision, Use(wh, generated, status))
        for room, zone, day, revision, wh, generated, status in values.iterator()
    }


class ZoneFact(NamedTuple):
    """A zone, its residence, and what it is."""

    residence_id: int
    kind: str


def zones_of(*, campus: Campus) -> Mapping[int, ZoneFact]:
    """Zone id -> where it is and what."""
    rows = Zone.objects.filter(residence__campus=campus).values_list("pk", "residence_id", "kind")
    return {pk: ZoneFact(home, kind) for pk, home, kind in rows}


def wh_of(packed: Packed) -> list[int]:
    """The Wh of packed intervals, -1 where missing."""
    found: list[int] = np.frombuffer(packed, dtype="<i4").tolist()
    return found


Around = Mapping[int, Mapping[date, int]]


def measured_around(*, channels: Sequence[int], day: date) -> Around:
    """Channel -> day -> Wh of what was measured in the four weeks on either side of a day."""
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for some in portions(sorted(channels)):
        rows = MeterDay.objects.filter(
            channel_id__in=some, day__gte=day - HISTORY, day__lte=day + HISTORY
        ).order_by("revision")
        for channel, other, wh, status in rows.values_list("channel_id", "day", "wh", "status"):
            if wh is not None and status in MEASURED and other != day:
                found[channel][other] = wh
            else:
                found[channel].pop(other, None)
    return found


def perhaps_spikes(*, campus: Campus, day: date) -> list[int]:
    """Channels whose day may be a spike: some day before it was under a quarter of it."""
    before = MeterDay.objects.filter(
        channel=OuterRef("channel"),
        day__gte=day - HISTORY,
        day__lt=day,
        wh__lt=OuterRef("wh") / spike.TIMES,
    )
    rows = MeterDay.objects.filter(
        Exists(before),
        channel__meter__campus=campus,
        channel__flow=Channel.Flow.IMPORT,
        day=day,
        wh__gt=spike.LEAST_WH,
    )
    return sorted(set(rows.values_list("channel_id", flat=True)))


def counted_beside(*, campus: Campus, day: date) -> Mapping[int, int]:
    """Channel -> Wh that a register counted over a day that was told by intervals, too."""
    midnights = [clock.day_starts(day + timedelta(days=n), zone=campus.zone) for n in (0, 1)]
    hourly = MeterDay.objects.filter(
        day=day, interval_minutes__lt=1440, channel__meter__campus=campus
    )
    rows = RegisterReading.objects.filter(
        channel_id__in=hourly.values("channel_id"), read_at__in=midnights
    )
    shown: dict[int, dict[datetime, int]] = defaultdict(dict)
    for channel, at, wh in rows.order_by("revision").values_list("channel_id", "read_at", "wh"):
        shown[channel][at] = wh
    first, last = midnights
    steps = {c: both[last] - both[first] for c, both in shown.items() if len(both) == 2}
    return {channel: wh for channel, wh in steps.items() if wh >= 0}


def step_in_service(
    *,
    channel_id: int,
    opens: datetime,
    closes: datetime,
    part: tuple[datetime | None, datetime | None],
) -> int | None:
    """
    Wh that a register counted in the part of a day in which its meter served; None where an end of
    that part was not read. At the instant of an event the first or last reading counts.
    """
    starts, ends = part
    rows = RegisterReading.objects.filter(
        channel_id=channel_id, read_at__in=(starts or opens, ends or closes)
    )
    shown = {
        (at, event): wh
        for at, event, wh in rows.order_by("revision").values_list("read_at", "event", "wh")
    }
    first = shown.get((starts, "INITIAL")) if starts else shown.get((opens, ""))
    last = shown.get((ends, "FINAL")) if ends else shown.get((closes, ""))
    if first is None or last is None or last < first:
        return None
    return last - first
