"""Where rooms and their residents stand: read before and after a decision."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campus.people import queries as people
from campus.people.models import Holder, Residency
from campus.places.models import Campus, Room
from meters.savings import queries as savings
from points.earning import queries as earning
from points.ledger.models import Asset


@dataclass(frozen=True, slots=True)
class Standing:
    """Savings by room in Wh, points awarded by holder."""

    saved: Mapping[int, int]
    booked: Mapping[int, int]
    cp: Mapping[int, int]
    sun: Mapping[int, int]


def residents_since(
    *, campus: Campus, rooms: Sequence[Room], day: date, today: date
) -> Mapping[int, list[int]]:
    """Room id -> holders with a night there since a day, sorted."""
    nights = people.nights_between(
        campus=campus, starts_on=day, ends_on=max(today, day) + timedelta(days=1)
    )
    return {room.pk: sorted(nights.get(room.pk, ())) for room in rooms}


def residents_on(*, room_id: int, days: Collection[date]) -> list[int]:
    """Holders with a night in a room on one of the days: whom its bill and points concern."""
    rows = Residency.objects.filter(room_id=room_id).order_by("holder_id")
    stays = rows.values_list("holder_id", "starts_on", "ends_on")
    return [
        holder
        for holder, since, until in stays
        if any(since <= day and (until is None or day < until) for day in days)
    ]


def standing(
    *, rooms: Sequence[Room], residents: Mapping[int, Sequence[int]], days: Sequence[date]
) -> Standing:
    """How rooms and residents stand now, on `days` and because of them."""
    first, after = min(days), max(days) + timedelta(days=1)
    ids = {pk for some in residents.values() for pk in some}
    holders = {row.pk: row for row in Holder.objects.filter(pk__in=ids)}
    cp, sun = {}, {}
    for pk, holder in holders.items():
        awards = earning.awards_of(holder=holder, starts_on=first, ends_on=date.max)
        cp[pk] = sum(award.amount for award in awards if award.asset == Asset.CP)
        sun[pk] = sum(award.amount for award in awards if award.asset == Asset.SUN)
    return Standing(
        saved={room.pk: _saved(room, first, after) for room in rooms},
        booked={
            room.pk: _booked(holders[residents[room.pk][0]]) if residents[room.pk] else 0
            for room in rooms
        },
        cp=cp,
        sun=sun,
    )


def _saved(room: Room, first: date, after: date) -> int:
    """Expected less used, over the days that count."""
    days = savings.days_of_room(room=room, starts_on=first, ends_on=after)
    return sum(
        day.expected_wh - day.actual_wh
        for day in days
        if day.actual_wh is not None and day.verdict == "COUNTED"
    )


def _booked(holder: Holder) -> int:
    """What of a resident's room is settled to date."""
    return sum(row.settled_wh for row in savings.settlements_of(holder=holder))
