"""What waits for a manager: adjustments, objections, rooms whose prepayment runs low."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from campus.errors import NotFound
from campus.people.models import User
from campus.people.queries import managed_residences
from campus.places.models import BillMode, Residence, Room
from meters.billing.facts import Outlook
from meters.billing.models import Adjustment, BillObjection, DailyCharge, TariffPlan
from meters.billing.queries.outlook import outlooks
from meters.billing.running_out import FINE
from meters.readings import queries as readings


def adjustments_of(*, residence: Residence) -> QuerySet[Adjustment]:
    """The adjustments of a residence that somebody may look at, newest first."""
    rows = Adjustment.objects.filter(room__residence=residence)
    shown = rows.exclude(state=Adjustment.State.REPLACED)
    return shown.select_related("room", "decided_by").prefetch_related("parts").order_by("-pk")


def adjustment_of(*, manager: User, uid: UUID) -> Adjustment:
    """
    An adjustment that a manager may decide on.

    :raises NotFound: if it is another residence's or does not exist
    """
    managed = managed_residences(user=manager)
    rows = Adjustment.objects.filter(room__residence__in=managed, uid=uid)
    found = rows.select_related("room__residence__campus").first()
    if found is None:
        raise NotFound
    return found


def objections_of(*, residence: Residence) -> QuerySet[BillObjection]:
    """What residents of a residence said is wrong with a bill, newest first."""
    rows = BillObjection.objects.filter(charge__room__residence=residence)
    return rows.select_related("charge__room", "charge__tariff").order_by("-pk")


def objection_of(*, manager: User, uid: UUID) -> BillObjection:
    """
    An objection that a manager may answer.

    :raises NotFound: if it is another residence's or does not exist
    """
    managed = managed_residences(user=manager)
    rows = BillObjection.objects.filter(charge__room__residence__in=managed, uid=uid)
    found = rows.select_related("charge__room__residence__campus", "charge__tariff").first()
    if found is None:
        raise NotFound
    return found


def newest_objection(*, holder_id: int, charge: DailyCharge) -> BillObjection | None:
    """The newest thing a resident said about a charge."""
    rows = BillObjection.objects.filter(
        holder=holder_id, charge__room=charge.room_id, charge__day=charge.day
    )
    return rows.order_by("-pk").first()


def charge_on(*, room: Room, day: date) -> DailyCharge:
    """
    The newest charge of a room's day.

    :raises NotFound: if it is not charged
    """
    found = DailyCharge.objects.filter(room=room, day=day).order_by("-revision").first()
    if found is None:
        raise NotFound
    return found


def status_of(*, room: Room, day: date) -> str | None:
    """How far the use of a room's day is to be trusted; None while it is not closed."""
    found = readings.days_of_room(room=room, starts_on=day, ends_on=day + timedelta(days=1))
    return found[0].status if found else None


class RunningLow(NamedTuple):
    """A prepaid or free-quota room and how long it lasts."""

    room: Room
    outlook: Outlook


def prepaid_rooms(*, residence: Residence, today: date) -> list[RunningLow]:
    """Rooms with an official balance or a free quota, those that run out first in front."""
    rooms = list(Room.objects.filter(residence=residence).select_related("residence__campus"))
    seen = outlooks(room_ids=[room.pk for room in rooms], today=today)
    going = (RunningLow(room, seen[room.pk]) for room in rooms if room.pk in seen)
    return sorted((row for row in going if _lasts(row.outlook)), key=_urgency)


def _lasts(going: Outlook) -> bool:
    return going.mode == BillMode.PREPAID or going.free_left is not None


def _urgency(row: RunningLow) -> tuple[bool, int, str]:
    balance, free = row.outlook.balance, row.outlook.free_lasts
    fine = balance is None or balance.advice == FINE
    lasts = balance.lasts if balance else free
    return (fine, lasts.days if lasts else 9999, row.room.number)


def plans_of(*, residence: Residence) -> Sequence[TariffPlan]:
    """The plans of a residence's campus with their versions, by code."""
    rows = TariffPlan.objects.filter(campus=residence.campus_id)
    return list(rows.prefetch_related("tariffs").order_by("code"))


def plan_of(*, residence: Residence, code: str) -> TariffPlan:
    """
    A plan of a residence's campus.

    :raises NotFound: if there is none
    """
    found = TariffPlan.objects.filter(campus=residence.campus_id, code=code).first()
    if found is None:
        raise NotFound
    return found
