"""Reading what was measured. Periods are half-open: [starts_on, ends_on)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    JSONField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    When,
)

from campus import clock
from campus.people import queries as people
from campus.people.models import User
from campus.places.models import Campus, Residence, Room
from meters.readings import intervals, words
from meters.readings.facts import (
    DayFact,
    DeliveryFact,
    IntervalFact,
    IssueFact,
    MeterFact,
    RevisionFact,
    SourceFact,
    UseBatch,
)
from meters.readings.models import (
    Channel,
    DailyUse,
    Delivery,
    Issue,
    MeterDay,
    MeterInstallation,
    Status,
)

# Below the number of parameters that one statement may carry on any engine.
AT_ONCE = 5000
_COLUMNS = ("room_id", "day", "wh", "status", "revision")
_ORDER = ("room_id", "day", "revision")


def daily_uses(*, room_ids: Sequence[int], starts_on: date, ends_on: date) -> UseBatch:
    """Closed daily use of some rooms in [starts_on, ends_on); days never closed have no row."""
    rows = [
        row
        for some in _portions(sorted(set(room_ids)))
        for row in DailyUse.objects.filter(room_id__in=some, day__gte=starts_on, day__lt=ends_on)
        .order_by(*_ORDER)
        .values_list(*_COLUMNS)
    ]
    return UseBatch.of_rows(rows)


def use_of_day(*, campus: Campus, day: date) -> UseBatch:
    """Closed use of every metered room of a campus on one day."""
    rows = DailyUse.objects.filter(room__residence__campus=campus, day=day)
    return UseBatch.of_rows(list(rows.order_by(*_ORDER).values_list(*_COLUMNS)))


def generated_of_day(*, residence: Residence, day: date) -> int | None:
    """Wh that the roofs of a residence generated on a closed day; None when nothing is known."""
    rows = _newest(DailyUse.objects.filter(zone__residence=residence, day=day))
    known = rows.filter(generated_wh__gt=0, status=Status.ACTUAL)
    total: int | None = known.aggregate(total=Sum("generated_wh"))["total"]
    return total


def days_of_room(*, room: Room, starts_on: date, ends_on: date) -> list[DayFact]:
    """The closed days of a room in [starts_on, ends_on), in order."""
    rows = _newest(DailyUse.objects.filter(room=room, day__gte=starts_on, day__lt=ends_on))
    hourly = _hourly_days(room=room, starts_on=starts_on, ends_on=ends_on)
    return [
        DayFact(row.day, row.wh, row.status, row.revision, hours_known=row.day in hourly)
        for row in rows.order_by("day")
    ]


def meters_of_rooms(*, room_ids: Sequence[int], day: date) -> Mapping[int, MeterFact]:
    """Room id -> the meter that serves it on `day`; rooms without one have no entry."""
    served = {
        row.room_id: row
        for some in _portions(sorted(set(room_ids)))
        for row in _serving(day).filter(room_id__in=some).select_related("meter").order_by("-pk")
    }
    told = _last_told([row.meter_id for row in served.values()])
    return {
        room_id: MeterFact(
            serial=row.meter.serial,
            simulated=row.meter.simulated,
            hourly=told.get(row.meter_id, (None, 1440))[1] < 1440,
            last_day=told.get(row.meter_id, (None, 1440))[0],
        )
        for room_id, row in served.items()
        if room_id is not None
    }


def source_of_day(*, room: Room, day: date) -> SourceFact | None:
    """Where the use of a room on a day comes from; None when no meter served the room."""
    channel = _import_channel(room=room, day=day)
    if channel is None:
        return None
    closed = _newest(DailyUse.objects.filter(room=room, day=day)).first()
    told = list(MeterDay.objects.filter(channel=channel, day=day).order_by("-revision"))
    return SourceFact(
        day=day,
        wh=closed.wh if closed else None,
        status=closed.status if closed else None,
        serial=channel.meter.serial,
        simulated=channel.meter.simulated,
        intervals=_intervals(told[0], room.residence.campus) if told else None,
        revisions=_revisions(told),
    )


def days_told_by(*, delivery: Delivery) -> list[date]:
    """The days of which a delivery told something new, in order."""
    rows = MeterDay.objects.filter(delivery_id=delivery.pk).order_by("day")
    return list(rows.values_list("day", flat=True).distinct())


def deliveries(*, campus: Campus) -> QuerySet[Delivery]:
    """
    Every delivery of a campus, newest first.

    `refusal` holds the report of a refused one (a single entry), so that a list need not load the
    reports of all.
    """
    refused = When(state=Delivery.State.REFUSED, then=F("report"))
    refusal = Case(refused, default=None, output_field=JSONField())
    return Delivery.objects.filter(campus=campus).annotate(refusal=refusal).order_by("-pk")


def deliveries_for(*, manager: User) -> QuerySet[Delivery]:
    """The deliveries of the campuses where a user manages a residence."""
    managed = people.managed_residences(user=manager)
    return Delivery.objects.filter(campus__in=managed.values("campus"))


def issues(
    *, campus: Campus, residence: Residence | None = None, room: Room | None = None, limit: int = 10
) -> list[IssueFact]:
    """The newest findings of a campus, a residence or a room, unsettled ones first."""
    rows = Issue.objects.filter(campus=campus).select_related("meter")
    if residence or room:
        here = Q(room=room) if room else Q(room__residence=residence) | Q(zone__residence=residence)
        served = MeterInstallation.objects.filter(here)
        rows = rows.filter(meter_id__in=served.values("meter_id"))
    found = list(rows.order_by(F("settled_at").desc(nulls_first=True), "-found_at", "-pk")[:limit])
    places = _rooms_served({row.meter_id for row in found if row.meter_id})
    return [_issue(row, places.get(row.meter_id or 0)) for row in found]


def open_issues_by_room(*, residence: Residence) -> Mapping[int, int]:
    """Room id -> how many findings about its meter still wait; rooms without any are absent."""
    rows = (
        MeterInstallation.objects.filter(room__residence=residence, ends_on=None)
        .values_list("room_id")
        .annotate(count=Count("meter__issues", filter=Q(meter__issues__settled_at=None)))
        .filter(count__gt=0)
    )
    return {room_id: count for room_id, count in rows if room_id is not None}


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), AT_ONCE):
        yield ids[first : first + AT_ONCE]


def _newest(rows: QuerySet[DailyUse]) -> QuerySet[DailyUse]:
    """Without the revisions that a later one replaced."""
    same = Q(room=OuterRef("room")) | Q(zone=OuterRef("zone"))
    later = DailyUse.objects.filter(same, day=OuterRef("day"), revision__gt=OuterRef("revision"))
    return rows.filter(~Exists(later))


def _serving(day: date) -> QuerySet[MeterInstallation]:
    return MeterInstallation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day
    )


def _last_told(meter_ids: Sequence[int]) -> Mapping[int, tuple[date, int]]:
    """Meter id -> (newest day with a reading, the minutes of its intervals)."""
    newest: dict[int, date] = {}
    for some in _portions(meter_ids):
        rows = MeterDay.objects.filter(
            channel__meter_id__in=some, channel__flow=Channel.Flow.IMPORT
        )
        newest |= dict(rows.values_list("channel__meter_id").annotate(Max("day")))
    last = {(meter, day) for meter, day in newest.items()}
    told: dict[int, tuple[date, int]] = {}
    for some in _portions(list(newest)):
        rows = MeterDay.objects.filter(
            channel__meter_id__in=some, day__in=set(newest.values()), channel__flow="IMPORT"
        )
        values = rows.values_list("channel__meter_id", "day", "interval_minutes")
        told |= {meter: (day, mins) for meter, day, mins in values if (meter, day) in last}
    return told


def _hourly_days(*, room: Room, starts_on: date, ends_on: date) -> set[date]:
    """The days whose newest telling by the room's meter has hours."""
    rows = MeterDay.objects.filter(
        channel__meter__installations__room=room,
        channel__meter__installations__starts_on__lte=F("day"),
        channel__flow=Channel.Flow.IMPORT,
        day__gte=starts_on,
        day__lt=ends_on,
    )
    newest = rows.order_by("revision").values_list("day", "interval_minutes")
    return {day for day, minutes in dict(newest).items() if minutes < 1440}


def _import_channel(*, room: Room, day: date) -> Channel | None:
    served = _serving(day).filter(room=room).values("meter_id")
    rows = Channel.objects.filter(meter_id__in=served, flow=Channel.Flow.IMPORT)
    return rows.select_related("meter").order_by("pk").first()


def _intervals(told: MeterDay, campus: Campus) -> tuple[IntervalFact, ...] | None:
    if not told.intervals:
        return None
    hours = intervals.unpack(told.intervals, told.quality)
    first = clock.day_starts(told.day, zone=campus.zone)
    step = timedelta(minutes=told.interval_minutes)
    return tuple(
        IntervalFact(
            starts_at=_local(first + n * step, campus),
            wh=int(wh) if wh >= 0 else None,
            quality=intervals.name_of(int(mark)),
        )
        for n, (wh, mark) in enumerate(zip(hours.wh, hours.quality, strict=True))
    )


def _local(at: datetime, campus: Campus) -> datetime:
    return at.astimezone(campus.zone)


def _revisions(told: Sequence[MeterDay]) -> tuple[RevisionFact, ...]:
    by_id = Delivery.objects.in_bulk({row.delivery_id for row in told})
    return tuple(
        RevisionFact(
            revision=row.revision,
            wh=row.wh,
            status=row.status,
            told_at=by_id[row.delivery_id].received_at,
            delivery=_delivery(by_id[row.delivery_id], row.line),
        )
        for row in told
    )


def _delivery(row: Delivery, line: int) -> DeliveryFact:
    return DeliveryFact(uid=str(row.uid), name=row.name, received_at=row.received_at, line=line)


def _rooms_served(meter_ids: set[int]) -> Mapping[int, Room]:
    """Meter id -> the room it served last."""
    rows = MeterInstallation.objects.filter(meter_id__in=meter_ids, room__isnull=False)
    served = rows.select_related("room").order_by("starts_on")
    return {row.meter_id: row.room for row in served if row.room}


def _issue(row: Issue, room: Room | None) -> IssueFact:
    facts = {**row.facts, "meter": row.meter.serial if row.meter else None, "day": row.day}
    return IssueFact(
        code=row.code,
        day=row.day,
        serial=row.meter.serial if row.meter else None,
        room_id=room.pk if room else None,
        room_number=room.number if room else None,
        facts=dict(row.facts),
        message=words.issue(code=row.code, facts=facts),
        found_at=row.found_at,
        settled=row.settled_at is not None,
    )
