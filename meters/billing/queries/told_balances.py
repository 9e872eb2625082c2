"""The newest balance that deliveries told of each prepaid room and that is not mirrored yet."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Max, Q

from campus.places.models import BillMode, Campus, Room
from meters.billing.models import Balance
from meters.readings.models import ShownBalance

SERVED = "channel__meter__installations"


@dataclass(frozen=True, slots=True)
class ToldBalance:
    """What an export wrote for a room's meter: money in the major unit, or kWh."""

    room: Room
    read_at: datetime
    shown: Decimal
    in_kwh: bool
    delivery_id: int
    line: int


def told_balances(*, campus: Campus) -> list[ToldBalance]:
    """One a room, in the order of rooms; rooms whose newest balance is kept already are absent."""
    rows = ShownBalance.objects.filter(
        Q(**{f"{SERVED}__ends_on": None}) | Q(**{f"{SERVED}__ends_on__gt": F("read_at__date")}),
        **{f"{SERVED}__room__residence__campus": campus},
        **{f"{SERVED}__room__residence__bill_mode": BillMode.PREPAID},
        **{f"{SERVED}__starts_on__lte": F("read_at__date")},
    )
    values = rows.annotate(room=F(f"{SERVED}__room")).order_by("read_at", "pk")
    newest = {row.room: row for row in values}
    known = dict(
        Balance.objects.filter(room__in=newest).values_list("room").annotate(Max("read_at"))
    )
    fresh = {
        room: row for room, row in newest.items() if room not in known or row.read_at > known[room]
    }
    rooms = Room.objects.filter(pk__in=fresh).select_related("residence__campus").order_by("pk")
    return [
        ToldBalance(room, row.read_at, row.shown, row.in_kwh, row.delivery_id, row.line)
        for room in rooms
        for row in [fresh[room.pk]]
    ]
