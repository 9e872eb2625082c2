"""The billing part of a night: charges and shares of every room, against the same rows by hand."""

from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

from benchmarks.measuring import interleaved, told
from campus.people.models import Holder, Residency
from campus.places.models import Room
from meters.billing import operations
from meters.billing.models import DailyCharge, Share
from meters.readings.models import DailyUse, Status
from tests import factories
from tests.meters.billing.rows import a_priced_residence

AT = datetime(2026, 6, 20, tzinfo=UTC)
FIRST, NEXT = date(2026, 6, 1), date(2026, 7, 1)


def report(*, rooms: int, rounds: int) -> None:
    """Print what a night costs by either way; each round charges the next day of a cycle."""
    residence = a_priced_residence()
    _people(residence, rooms)
    days = [FIRST + timedelta(days=n) for n in range(rounds + 1)]
    # By hand in another cycle: no charge of the product stands on these.
    hand_days = [NEXT + timedelta(days=n) for n in range(rounds)]
    for day in (*days, *hand_days):
        _use(day)
    operations.charge_day(campus=residence.campus, day=days[0], at=AT)

    def product(turn: int) -> None:
        operations.charge_day(campus=residence.campus, day=days[1 + turn], at=AT)

    def by_hand(turn: int) -> None:
        with transaction.atomic():
            _by_hand(hand_days[turn])

    costs = interleaved({"by hand": by_hand, "charge_day": product}, rounds=rounds)
    assert DailyCharge.objects.count() == rooms * (2 * rounds + 1)
    assert Share.objects.count() == 2 * rooms * (2 * rounds + 1)
    print(f"A night's charges: {rooms:,} rooms of two on {connection.vendor}, medians of {rounds}")
    print(told("hand-written SQL", costs["by hand"], costs["by hand"]))
    print(told("charge_day", costs["charge_day"], costs["by hand"]))


def _people(residence: object, rooms: int) -> None:
    first = factories.a_room(residence=residence)  # type: ignore[arg-type]
    made = Room.objects.bulk_create(
        Room(residence=first.residence, floor=first.floor, type=first.type, number=f"n{n}")
        for n in range(rooms - 1)
    )
    homes = [first, *made]
    holders = Holder.objects.bulk_create(
        Holder(campus=first.residence.campus) for _ in range(2 * rooms)
    )
    Residency.objects.bulk_create(
        Residency(holder=holder, room=homes[n // 2], starts_on=date(2026, 1, 1))
        for n, holder in enumerate(holders)
    )


def _use(day: date) -> None:
    DailyUse.objects.bulk_create(
        DailyUse(
            room=room,
            day=day,
            wh=4000 + (room.pk * 7919 + day.toordinal() * 104_729) % 9000,
            status=Status.ACTUAL,
            closed_at=AT,
        )
        for room in Room.objects.order_by("pk")
    )


def _by_hand(day: date) -> None:
    """The same number of rows: three tiers and VAT in the statement, halves to two people."""
    with connection.cursor() as cursor:
        cursor.execute(_CHARGES, {"day": day, "first": NEXT, "at": AT, "before": FIRST})
        cursor.execute(_SHARES, {"day": day, "landlord": False})


_CHARGES = """
INSERT INTO meters_dailycharge (room_id, day, revision, tariff_id, mode, use_revision, wh, amount,
    cycle_starts_on, cycle_days, billed_from, cycle_wh, cycle_amount, before_wh, occupant_nights,
    by_period, lines, charged_at)
SELECT u.room_id, u.day, 1, last.tariff_id, 'CHARGED', u.revision, u.wh,
    (u.wh * 136 / 1000) + 33, %(first)s, 30, %(first)s, last.cycle_wh + u.wh,
    last.cycle_amount + (u.wh * 136 / 1000) + 33, 0, 60, '{}', last.lines, %(at)s
FROM meters_dailyuse u
JOIN meters_dailycharge last ON last.room_id = u.room_id AND last.day = %(before)s
    AND last.revision = 1
WHERE u.day = %(day)s AND u.wh IS NOT NULL AND u.room_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM meters_dailyuse n WHERE n.room_id = u.room_id
        AND n.day = u.day AND n.revision > u.revision)
"""
_SHARES = """
INSERT INTO meters_share (charge_id, holder_id, present, amount, entitled, paid)
SELECT c.id, r.holder_id, NOT %(landlord)s, c.amount / 2, c.amount * 13860, c.cycle_amount / 2
FROM meters_dailycharge c
JOIN campus_residency r ON r.room_id = c.room_id AND r.starts_on <= c.day
    AND (r.ends_on IS NULL OR r.ends_on > c.day)
WHERE c.day = %(day)s
"""
