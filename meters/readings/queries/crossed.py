"""Reading what speaks for and against crossed meters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import NamedTuple

from django.db.models import QuerySet

from campus import clock
from campus.people import queries as people
from campus.places import queries as places
from campus.places.models import Campus, Residence
from meters.readings.crossing import Dip
from meters.readings.models import (
    Channel,
    Correction,
    Meter,
    MeterDay,
    MeterInstallation,
    Suspicion,
    SwitchOff,
)
from meters.readings.queries import to_close
from meters.readings.queries.serving import serving
from meters.readings.queries.to_close import MEASURED

WINDOW = 60
KEPT = timedelta(days=30)


def suspicions(*, residences: QuerySet[Residence]) -> QuerySet[Suspicion]:
    """Suspicions about meters of some residences, the open ones first."""
    rows = Suspicion.objects.filter(meter__installations__room__residence__in=residences)
    return rows.select_related("meter", "other", "campus").distinct().order_by("-state", "-pk")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two rooms whose meters were crossed, and since when each is told by its own."""

    room_ids: tuple[int, int]
    since: date
    decided_at: datetime


def exchanges(*, campus: Campus) -> list[Exchange]:
    """
    The exchanges that a manager confirmed, the oldest first; those of which days still wait, or
    were declined, are not in force.
    """
    decided = Suspicion.objects.filter(campus=campus, state=Suspicion.State.CONFIRMED)
    rows = list(decided.order_by("decided_at", "pk"))
    if not rows:
        return []
    open_ = Correction.objects.filter(cause=Correction.CAUSES[-1], room__residence__campus=campus)
    stands = (Correction.State.WAITING, Correction.State.DECLINED)
    waiting = set(open_.filter(state__in=stands).values_list("room_id", flat=True))
    found = [
        Exchange(_rooms_since(row, row.since), row.since, row.decided_at)
        for row in rows
        if row.since and row.decided_at
    ]
    return [each for each in found if not waiting.intersection(each.room_ids)]


def _rooms_since(row: Suspicion, since: date) -> tuple[int, int]:
    """The rooms that two meters serve since they were exchanged."""
    served = MeterInstallation.objects.filter(
        meter_id__in=(row.meter_id, row.other_id), starts_on=since, room__isnull=False
    )
    one, two = served.order_by("meter_id", "pk").values_list("room_id", flat=True)[:2]
    assert one is not None
    assert two is not None
    return one, two


def switch_offs(*, residences: QuerySet[Residence]) -> QuerySet[SwitchOff]:
    """Planned and judged switch-offs of some residences, newest first."""
    rows = SwitchOff.objects.filter(room__residence__in=residences)
    return rows.select_related("room").order_by("-starts_at")


def switch_offs_told(*, campus: Campus, day: date) -> list[SwitchOff]:
    """Those that ended by the end of a closed day and are not judged yet."""
    ended = clock.day_starts(day + timedelta(days=1), zone=campus.zone)
    rows = SwitchOff.objects.filter(
        room__residence__campus=campus,
        judged_at=None,
        ends_at__lte=ended,
        ends_at__gt=ended - KEPT,
    )
    return list(rows.select_related("room__residence__campus", "room__floor"))


def serials(*, meter_ids: Iterable[int]) -> Mapping[int, str]:
    """Meter id -> what deliveries call it."""
    return dict(Meter.objects.filter(pk__in=set(meter_ids)).values_list("pk", "serial"))


def dips_of(*, planned: SwitchOff) -> tuple[int | None, Mapping[int, Dip]]:
    """The room's own meter, and what every meter of its floor told around a switch-off."""
    campus = planned.room.residence.campus
    day = planned.starts_at.astimezone(campus.zone).date()
    served = dict(
        serving(day).filter(room__floor=planned.room.floor_id).values_list("meter_id", "room_id")
    )
    rows = MeterDay.objects.filter(
        channel__meter_id__in=list(served), channel__flow=Channel.Flow.IMPORT, day=day
    ).exclude(intervals=b"")
    told = {
        row.channel.meter_id: row for row in rows.order_by("revision").select_related("channel")
    }
    opens = clock.day_starts(day, zone=campus.zone)
    dips = {
        meter: dip for meter, row in told.items() if (dip := _dip(row, planned, opens)) is not None
    }
    own = next((meter for meter, room in served.items() if room == planned.room_id), None)
    return own, dips


def _dip(row: MeterDay, planned: SwitchOff, opens: datetime) -> Dip | None:
    """Of the intervals that a switch-off touches, the one that it covers most."""
    step = timedelta(minutes=row.interval_minutes)
    wh = to_close.wh_of(row.intervals)
    first = int((planned.starts_at - opens) / step)
    after = -int(-((planned.ends_at - opens) / step) // 1)
    inside = range(max(first, 1), min(after, len(wh) - 1))
    if not inside:
        return None
    best = max(inside, key=lambda n: _overlap(planned, opens + n * step, step))
    if first < 1 or after >= len(wh) or min(wh[first - 1], wh[best], wh[after]) < 0:
        return None
    share = _overlap(planned, opens + best * step, step) / step
    return Dip(before=wh[first - 1], during=wh[best], after=wh[after], share=share)


def _overlap(planned: SwitchOff, starts: datetime, step: timedelta) -> timedelta:
    return max(timedelta(), min(planned.ends_at, starts + step) - max(planned.starts_at, starts))


class Pair(NamedTuple):
    """Two meters of neighbours through the last weeks, night by night."""

    meters: tuple[int, int]
    use: tuple[Sequence[float], Sequence[float]]
    people: tuple[Sequence[int], Sequence[int]]

    @property
    def vacant(self) -> list[bool]:
        """Nights on which nobody lived in the first room, and somebody in the second."""
        return [not own and bool(other) for own, other in zip(*self.people, strict=True)]


def pairs(*, campus: Campus, day: date) -> Iterator[Pair]:
    """
    Neighbours of a floor where the number of people changed in one room within the last weeks.

    Without a change nothing can be told from the people; then nothing is read either.
    """
    days = [day - timedelta(days=n) for n in range(WINDOW - 1, -1, -1)]
    heads = _heads(campus, days)
    changed = {room for room, row in heads.items() if len(set(row)) > 1}
    floors: dict[int, list[int]] = defaultdict(list)
    for fact in places.rooms_of(campus=campus):
        floors[fact.floor_id].append(fact.room_id)
    wanted = [rooms for rooms in floors.values() if changed.intersection(rooms)]
    if not wanted:
        return
    meters = {
        room: meter
        for meter, room in serving(day)
        .filter(room_id__in=[room for rooms in wanted for room in rooms], starts_on__lte=days[0])
        .values_list("meter_id", "room_id")
    }
    use = _use(list(meters.values()), days)
    empty = [0] * WINDOW
    for rooms in wanted:
        for pair in combinations([room for room in rooms if room in meters], 2):
            for one, two in (pair, pair[::-1]):
                if one in changed:
                    yield Pair(
                        (meters[one], meters[two]),
                        (use[meters[one]], use[meters[two]]),
                        (heads.get(one, empty), heads.get(two, empty)),
                    )


def _heads(campus: Campus, days: Sequence[date]) -> Mapping[int, list[int]]:
    """Room id -> residents, night by night; rooms that stood empty all the time are absent."""
    found: dict[int, list[int]] = {}
    for n, day in enumerate(days):
        for room, holders in people.residents_on(campus=campus, day=day).items():
            found.setdefault(room, [0] * len(days))[n] = len(holders)
    return found


def _use(meters: Sequence[int], days: Sequence[date]) -> Mapping[int, list[float]]:
    place = {day: n for n, day in enumerate(days)}
    found: dict[int, list[float]] = {meter: [float("nan")] * len(days) for meter in meters}
    rows = MeterDay.objects.filter(
        channel__meter_id__in=meters,
        channel__flow=Channel.Flow.IMPORT,
        day__gte=days[0],
        day__lte=days[-1],
    ).order_by("revision")
    values = rows.values_list("channel__meter_id", "day", "wh", "status")
    for meter, day, wh, status in values.iterator():
        measured = status in MEASURED and wh is not None
        found[meter][place[day]] = float(wh or 0) if measured else float("nan")
    return found
