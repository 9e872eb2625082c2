"""Residences that are billed as one: their priced days, and what is used in nobody's room."""

from collections.abc import Mapping, Sequence
from datetime import date

from campus.places.models import Room, ZoneKind
from meters.billing.charging import RoomDay
from meters.billing.models import PoolDay
from meters.billing.pooling import PoolPrice, PoolRoom
from meters.billing.queries.standings import Stored
from meters.readings.models import DailyUse


def pool_on(*, residence_id: int, day: date) -> PoolDay | None:
    """A day of a pool as it was priced; None before its night."""
    return PoolDay.objects.filter(residence=residence_id, day=day).first()


def pool_before(*, residence_id: int, day: date, since: date) -> PoolDay | None:
    """The last priced day of a cycle before a day."""
    rows = PoolDay.objects.filter(residence=residence_id, day__lt=day, cycle_starts_on=since)
    return rows.order_by("-day").first()


def common_wh(*, residence_id: int, day: date) -> int:
    """What the common areas of a residence used on a closed day."""
    rows = DailyUse.objects.filter(
        zone__residence=residence_id, zone__kind=ZoneKind.COMMON, day=day, wh__isnull=False
    )
    newest = dict(rows.order_by("revision").values_list("zone_id", "wh"))
    return sum(wh or 0 for wh in newest.values())


def rooms_in(*, residence_id: int) -> int:
    """How many rooms a pool is billed as."""
    return Room.objects.filter(residence=residence_id).count()


def price_of(row: PoolDay, *, digits: int) -> PoolPrice:
    """A stored day of a pool as its price."""
    return PoolPrice(row.rooms, row.fixed, row.variable, row.wh, row.common_wh, digits)


def pool_rooms(days: Sequence[RoomDay], *, past: Mapping[int, Stored]) -> list[PoolRoom]:
    """Rooms of a pool with what each was entitled to before."""
    return [
        PoolRoom(day, known.pool_entitled or 0, known.lines) if known else PoolRoom(day, 0, {})
        for day in days
        for known in [past.get(day.room_id)]
    ]
