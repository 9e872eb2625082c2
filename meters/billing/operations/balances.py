"""The official balance of a prepaid room, kept as it was told. Nothing here computes one."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from campus.people.models import User
from campus.places.models import Campus, Room
from meters.billing.models import Balance
from meters.billing.queries.told_balances import told_balances
from meters.billing.refusals import BalanceNotPossible

# A clock of the sender may run ahead by this much.
AHEAD = timedelta(minutes=10)


@transaction.atomic
def record_balance(
    *,
    room: Room,
    read_at: datetime,
    at: datetime,
    amount: int | None = None,
    wh: int | None = None,
    delivery_id: int | None = None,
    line: int | None = None,
    by: User | None = None,
) -> Balance:
    """
    Mirror what the official system says is left of a room's prepayment.

    Told again with the same figures nothing is written; with others it is a new revision of that
    instant. The source is the delivery and its line, or the manager who entered it.

    :param amount: minor units of the campus's currency; below zero where the room is in debt
    :param wh: what is left as energy
    :raises BalanceNotPossible: if neither is given, or it was read in the future
    """
    if (amount is None and wh is None) or read_at > at + AHEAD:
        raise BalanceNotPossible
    Room.objects.select_for_update(no_key=True).get(pk=room.pk)
    known = Balance.objects.filter(room=room, read_at=read_at).order_by("-revision").first()
    if known is not None and (known.amount, known.wh) == (amount, wh):
        return known
    return Balance.objects.create(
        room=room,
        read_at=read_at,
        revision=known.revision + 1 if known else 1,
        amount=amount,
        wh=wh,
        source=Balance.Source.MANAGER if by else Balance.Source.DELIVERY,
        delivery_id=delivery_id,
        line=line,
        entered_by=by,
        kept_at=at,
    )


def mirror_balances(*, campus: Campus, at: datetime) -> int:
    """
    Keep for each prepaid room the newest balance that a delivery told, where it is not kept yet.
    Returns how many rooms have a newer one now.
    """
    found = told_balances(campus=campus)
    for told in found:
        figure = _whole(told.shown, 3 if told.in_kwh else campus.minor_digits)
        record_balance(
            room=told.room,
            read_at=min(told.read_at, at),
            at=at,
            amount=None if told.in_kwh else figure,
            wh=figure if told.in_kwh else None,
            delivery_id=told.delivery_id,
            line=told.line,
        )
    return len(found)


def _whole(shown: Decimal, digits: int) -> int:
    """A decimal as whole minor units, or kWh as Wh."""
    return int(shown.scaleb(digits).to_integral_value(ROUND_HALF_UP))
