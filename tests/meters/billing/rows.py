"""Rows for the tests of charges: a priced residence, and use as a close would leave it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from campus.places.models import Residence, Room
from meters.billing import operations
from meters.billing.models import DailyCharge
from meters.readings.models import DailyUse, Status
from tests import factories
from tests.meters.billing.samples import KOREAN, document

AT = datetime(2026, 6, 1, tzinfo=UTC)
APRIL = date(2026, 4, 1)


def a_priced_residence(
    *, name: str = KOREAN, since: date = date(2025, 9, 1), code: str = "alder", **changes: Any
) -> Residence:
    """A residence billed by one sample tariff; the campus pays in its currency."""
    found = document(name, **changes)
    campus = factories.a_campus(
        slug=found["currency"].lower(), currency=found["currency"], digits=found["minor_digits"]
    )
    residence = factories.a_residence(campus=campus, code=code)
    plan = operations.open_plan(campus=campus, code=f"{code}-plan", name={"en": "Plan"})
    operations.publish_tariff(plan=plan, document=found)
    operations.choose_plan(residence=residence, plan=plan, starts_on=since)
    return residence


def a_big_room(residence: Residence) -> Room:
    """A room with four beds."""
    kind = factories.a_room_type(campus=residence.campus, code="quad", beds=4)
    return factories.a_room(residence=residence, kind=kind)


def used(room: Room, wh: list[int | None], *, first: date = APRIL) -> None:
    """Close days of a room, one after another; None is a missing reading. Again: a revision."""
    for n, each in enumerate(wh):
        day = first + timedelta(days=n)
        past = DailyUse.objects.filter(room=room, day=day).count()
        DailyUse.objects.create(
            room=room,
            day=day,
            revision=past + 1,
            wh=each,
            status=Status.MISSING if each is None else Status.ACTUAL,
            closed_at=AT,
        )


def charged(room: Room, days: int, *, first: date = APRIL) -> int:
    """Charge the days after one another; returns how many charges were written."""
    campus = room.residence.campus
    return sum(
        operations.charge_day(campus=campus, day=first + timedelta(days=n), at=AT)
        for n in range(days)
    )


def newest(room: Room) -> list[DailyCharge]:
    """The newest charge of each day, in order."""
    rows = DailyCharge.objects.filter(room=room).order_by("day", "revision")
    return list({row.day: row for row in rows}.values())


def amounts(room: Room) -> list[int]:
    return [row.amount for row in newest(room)]
