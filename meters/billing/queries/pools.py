"""Residences that are billed as one: their priced days, and what is used in nobody's room."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from campus.places.models import Room, ZoneKind
from meters.billing.charging import RoomDay
from meters.billing.models import DailyCharge, PoolDay
from meters.billing.pooling import MICRO, PoolPrice, PoolRoom
from meters.billing.queries.standings import Stored
from meters.readings.models import DailyUse


def pool_on(*, residence_id: int, day: date) -> PoolDay | None:
    """A day of a pool as it was priced; None before its night."""
    return PoolDay.objects.filter(residence=residence_id, day=day).first()


def pool_before(*, residence_id: int, day: date, since: date) -> PoolDay | None:
    """The last priced day of a cycle before a day."""
    rows = PoolDay.objects.filter(residence=residence_id, day__lt=day, cycle_starts_on=since)
    return rows.order_by("-day").first()


def common_wh(*, residence_id: int, starts_on: date, ends_on: date) -> int:
    """What the common areas of a residence used on the closed days in [starts_on, ends_on)."""
    rows = DailyUse.objects.filter(
        zone__residence=residence_id,
        zone__kind=ZoneKind.COMMON,
        day__gte=starts_on,
        day__lt=ends_on,
        wh__isnull=False,
    )
    told = rows.order_by("revision").values_list("zone_id", "day", "wh")
    newest = {(zone, day): wh for zone, day, wh in told}
    return sum(wh or 0 for wh in newest.values())


def rooms_in(*, residence_id: int) -> int:
    """How many rooms a pool is billed as."""
    return Room.objects.filter(residence=residence_id).count()


def price_of(row: PoolDay, *, digits: int) -> PoolPrice:
    """A stored day of a pool as its price."""
    return PoolPrice(row.rooms, row.fixed, row.variable, row.wh, row.common_wh, digits)


def pool_rooms(
    days: Sequence[RoomDay], *, past: Mapping[int, Stored], ups: Mapping[int, bool]
) -> list[PoolRoom]:
    """Rooms of a pool with what each was entitled to before, and how the day was rounded."""
    return [
        PoolRoom(
            day,
            (known.pool_entitled or 0) if known else 0,
            known.lines if known else {},
            ups.get(day.room_id),
        )
        for day in days
        for known in [past.get(day.room_id)]
    ]


def ups_of_rooms(*, room_ids: Sequence[int], day: date) -> dict[int, bool]:
    """Room id -> whether its running part was rounded up when the day was first charged."""
    rows = DailyCharge.objects.filter(room_id__in=room_ids, day=day)
    return {room: up for room, _, up in _ups(rows)}


def ups_of_days(*, room_id: int, starts_on: date) -> dict[date, bool]:
    """The same for one room and each charged day of a cycle."""
    rows = DailyCharge.objects.filter(room=room_id, cycle_starts_on=starts_on)
    return {day: up for _, day, up in _ups(rows)}


def _ups(charges: QuerySet[DailyCharge]) -> Iterator[tuple[int, date, bool]]:
    firsts = charges.filter(revision=1, pool_entitled__isnull=False)
    for room, day, paid, entitled in firsts.values_list(
        "room_id", "day", "cycle_amount", "pool_entitled"
    ):
        yield room, day, paid * MICRO > (entitled or 0)
