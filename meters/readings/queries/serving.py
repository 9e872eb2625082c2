"""Which meter serves which space on a day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Max, Q, QuerySet

from campus.places.models import Room
from meters.readings.facts import MeterFact
from meters.readings.models import Channel, MeterDay, MeterInstallation

# Below the number of parameters that one statement may carry on any engine.
AT_ONCE = 5000


def meters_of_rooms(*, room_ids: Sequence[int], day: date) -> Mapping[int, MeterFact]:
    """Room id -> the meter that serves it on `day`; rooms without one have no entry."""
    served = {
        row.room_id: row
        for some in portions(sorted(set(room_ids)))
        for row in serving(day).filter(room_id__in=some).select_related("meter").order_by("-pk")
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


def portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), AT_ONCE):
        yield ids[first : first + AT_ONCE]


def serving(day: date) -> QuerySet[MeterInstallation]:
    return MeterInstallation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day
    )


def _last_told(meter_ids: Sequence[int]) -> Mapping[int, tuple[date, int]]:
    """Meter id -> (newest day with a reading, the minutes of its intervals)."""
    newest: dict[int, date] = {}
    for some in portions(meter_ids):
        rows = MeterDay.objects.filter(
            channel__meter_id__in=some, channel__flow=Channel.Flow.IMPORT
        )
        newest |= dict(rows.values_list("channel__meter_id").annotate(Max("day")))
    last = {(meter, day) for meter, day in newest.items()}
    told: dict[int, tuple[date, int]] = {}
    for some in portions(list(newest)):
        rows = MeterDay.objects.filter(
            channel__meter_id__in=some, day__in=set(newest.values()), channel__flow="IMPORT"
        )
        values = rows.values_list("channel__meter_id", "day", "interval_minutes")
        told |= {meter: (day, mins) for meter, day, mins in values if (meter, day) in last}
    return told


def import_channel(*, room: Room, day: date) -> Channel | None:
    served = serving(day).filter(room=room).values("meter_id")
    rows = Channel.objects.filter(meter_id__in=served, flow=Channel.Flow.IMPORT)
    return rows.select_related("meter").order_by("pk").first()


def rooms_served(meter_ids: set[int]) -> Mapping[int, Room]:
    """Meter id -> the room it served last."""
    rows = MeterInstallation.objects.filter(meter_id__in=meter_ids, room__isnull=False)
    served = rows.select_related("room").order_by("starts_on")
    return {row.meter_id: row.room for row in served if row.room}


def room_numbers(*, meter_ids: Iterable[int]) -> Mapping[int, str]:
    """Meter id -> the number of the room it serves now; meters of areas are absent."""
    rows = MeterInstallation.objects.filter(
        meter_id__in=set(meter_ids), ends_on=None, room__isnull=False
    )
    return {meter: number or "" for meter, number in rows.values_list("meter_id", "room__number")}
