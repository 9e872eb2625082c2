"""Reading what spaces used. Periods are half-open: [starts_on, ends_on)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from campus.places.models import Campus, Residence, Room, ZoneKind
from meters.readings.facts import DayFact, OutageFact, UseBatch
from meters.readings.models import Channel, DailyUse, MeterDay, Outage, Status
from meters.readings.queries.serving import portions

_COLUMNS = ("room_id", "day", "wh", "status", "revision")
_ORDER = ("room_id", "day", "revision")


def daily_uses(*, room_ids: Sequence[int], starts_on: date, ends_on: date) -> UseBatch:
    """Closed daily use of some rooms in [starts_on, ends_on); days never closed have no row."""
    rows = [
        row
        for some in portions(sorted(set(room_ids)))
        for row in DailyUse.objects.filter(room_id__in=some, day__gte=starts_on, day__lt=ends_on)
        .order_by(*_ORDER)
        .values_list(*_COLUMNS)
    ]
    return UseBatch.of_rows(rows)


def use_of_day(*, campus: Campus, day: date) -> UseBatch:
    """Closed use of every metered room of a campus on one day."""
    rows = DailyUse.objects.filter(room__residence__campus=campus, day=day)
    return UseBatch.of_rows(list(rows.order_by(*_ORDER).values_list(*_COLUMNS)))


def was_revised(*, campus: Campus, starts_on: date, ends_on: date, since: datetime) -> bool:
    """Whether the use of a room on a day of [starts_on, ends_on) was revised after an instant."""
    return DailyUse.objects.filter(
        room__residence__campus=campus,
        day__gte=starts_on,
        day__lt=ends_on,
        revision__gt=1,
        closed_at__gt=since,
    ).exists()


def proving_uses(*, room_ids: Sequence[int], starts_on: date, ends_on: date) -> UseBatch:
    """
    `daily_uses` as far as it can prove a saving: days of power failures are missing in it, because
    a failure of a whole residence is nobody's saving.
    """
    batch = daily_uses(room_ids=room_ids, starts_on=starts_on, ends_on=ends_on)
    return batch.but(_failed_room_days(batch, starts_on, ends_on))


def proving_use_of_day(*, campus: Campus, day: date) -> UseBatch:
    """`use_of_day` as far as it can prove a saving."""
    batch = use_of_day(campus=campus, day=day)
    return batch.but(_failed_room_days(batch, day, day + timedelta(days=1)))


def _failed_room_days(batch: UseBatch, starts_on: date, ends_on: date) -> set[tuple[int, int]]:
    """(room, day ordinal) of power failures, among the rooms of a batch."""
    failures = Outage.objects.filter(day__gte=starts_on, day__lt=ends_on, withdrawn_at=None)
    homes: dict[int, list[int]] = defaultdict(list)
    for home, day in failures.values_list("residence_id", "day"):
        homes[home].append(day.toordinal())
    if not homes:
        return set()
    here = set(batch.room_id.tolist())
    rooms = Room.objects.filter(residence__in=list(homes)).values_list("pk", "residence_id")
    return {(room, day) for room, home in rooms if room in here for day in homes[home]}


def outage_days(*, residence: Residence, starts_on: date, ends_on: date) -> list[OutageFact]:
    """The power failures of a residence in [starts_on, ends_on), in order."""
    rows = Outage.objects.filter(
        residence=residence, day__gte=starts_on, day__lt=ends_on, withdrawn_at=None
    )
    return [
        OutageFact(row.day, dict(row.facts), by_person=row.told_by_id is not None)
        for row in rows.order_by("day")
    ]


def generated_on(*, campus: Campus, day: date) -> int | None:
    """Wh that all panels of a campus generated on a closed day; None when nothing is known."""
    rows = newest(DailyUse.objects.filter(zone__residence__campus=campus, day=day))
    return _generated(rows)


def _generated(rows: QuerySet[DailyUse]) -> int | None:
    """A site meter feeds back what roofs made: counted there, it would be counted twice."""
    known = rows.filter(generated_wh__gt=0, status=Status.ACTUAL).exclude(zone__kind=ZoneKind.WHOLE)
    total: int | None = known.aggregate(total=Sum("generated_wh"))["total"]
    return total


def generated_of_day(*, residence: Residence, day: date) -> int | None:
    """Wh that the roofs of a residence generated on a closed day; None when nothing is known."""
    rows = newest(DailyUse.objects.filter(zone__residence=residence, day=day))
    return _generated(rows)


def days_of_room(*, room: Room, starts_on: date, ends_on: date) -> list[DayFact]:
    """The closed days of a room in [starts_on, ends_on), in order."""
    rows = newest(DailyUse.objects.filter(room=room, day__gte=starts_on, day__lt=ends_on))
    hourly = _hourly_days(room=room, starts_on=starts_on, ends_on=ends_on)
    return [
        DayFact(row.day, row.wh, row.status, row.revision, hours_known=row.day in hourly)
        for row in rows.order_by("day")
    ]


def newest(rows: QuerySet[DailyUse]) -> QuerySet[DailyUse]:
    """Without the revisions that a later one replaced."""
    same = Q(room=OuterRef("room")) | Q(zone=OuterRef("zone"))
    later = DailyUse.objects.filter(same, day=OuterRef("day"), revision__gt=OuterRef("revision"))
    return rows.filter(~Exists(later))


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
