"""Which meters have fallen silent, and since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from campus.places.models import Campus, Residence, Room
from meters.readings.models import MeterDay, MeterInstallation
from meters.readings.queries.serving import portions, serving

SILENT = "silent"  # the code of its issue
# One day may be late; two are silence.
PATIENCE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SilentFact:
    """A meter that told nothing since `since` (its first day without a figure)."""

    meter_id: int
    serial: str
    residence_id: int
    room_id: int | None
    room_number: str | None
    zone_id: int | None
    since: date
    days: int


def silent_meters(
    *, campus: Campus, day: date, residence: Residence | None = None
) -> list[SilentFact]:
    """The meters that told nothing up to the closed day `day`, the longest silent first."""
    rows = serving(day).filter(meter__campus=campus)
    if residence:
        rows = rows.filter(Q(room__residence=residence) | Q(zone__residence=residence))
    spoke = MeterDay.objects.filter(day__gte=day - PATIENCE, day__lte=day, wh__isnull=False)
    quiet = rows.exclude(meter__channels__in=spoke.values("channel_id"))
    return _facts(list(quiet.select_related("meter", "room", "zone")), day)


def silent_in(*, room: Room, day: date) -> SilentFact | None:
    """The meter of a room that has fallen silent, if it has."""
    rows = list(serving(day).filter(room=room).select_related("meter", "room", "zone"))
    return next(iter(_facts(rows, day)), None)


def _facts(rows: Sequence[MeterInstallation], day: date) -> list[SilentFact]:
    last = _last(sorted({row.meter_id for row in rows}), day)
    found = [_fact(row, last.get(row.meter_id), day) for row in rows]
    return sorted((fact for fact in found if fact.days > PATIENCE.days), key=lambda f: f.since)


def _last(meter_ids: Sequence[int], day: date) -> Mapping[int, date]:
    """Meter id -> the newest day of which it told a figure."""
    found: dict[int, date] = {}
    for some in portions(meter_ids):
        rows = MeterDay.objects.filter(channel__meter_id__in=some, day__lte=day, wh__isnull=False)
        values = rows.order_by("channel__meter_id", "-day").values_list("channel__meter_id", "day")
        for meter, told in values.iterator():
            found.setdefault(meter, told)
    return found


def _fact(row: MeterInstallation, last: date | None, day: date) -> SilentFact:
    since = max(last + timedelta(days=1), row.starts_on) if last else row.starts_on
    place = row.room or row.zone
    assert place is not None
    return SilentFact(
        meter_id=row.meter_id,
        serial=row.meter.serial,
        residence_id=place.residence_id,
        room_id=row.room_id,
        room_number=row.room.number if row.room else None,
        zone_id=row.zone_id,
        since=since,
        days=(day - since).days + 1,
    )
