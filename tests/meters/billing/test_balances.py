"""The official balance is mirrored with its time and source, and never computed."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from campus.places.models import BillMode, Room
from meters.billing import operations
from meters.billing.models import Balance
from meters.billing.prepaid import Prepaid
from meters.billing.refusals import BalanceNotPossible
from meters.billing.running_out import CUT_OFF, FINE, LOW, advice, lasting
from meters.readings.models import Channel, Delivery, ShownBalance
from tests import factories
from tests.meters.billing.rows import APRIL, AT, a_priced_residence
from tests.meters.billing.samples import QUOTA

READ_AT = datetime(2026, 5, 30, 9, tzinfo=UTC)


@pytest.fixture
def room() -> Room:
    residence = a_priced_residence(name=QUOTA)
    residence.bill_mode = BillMode.PREPAID
    residence.save()
    return factories.a_room(residence=residence)


def shown(room: Room, amount: str, *, read_at: datetime = READ_AT, in_kwh: bool = False) -> None:
    """What an export wrote beside a reading of the room's meter."""
    campus = room.residence.campus
    told = Delivery.objects.create(
        campus=campus, way=Delivery.Way.UPLOAD, name="prepaid.csv", size=0, received_at=AT,
        state=Delivery.State.ACCEPTED, digest=f"{Delivery.objects.count()}",
    )  # fmt: skip
    ShownBalance.objects.create(
        channel=Channel.objects.get(meter__installations__room=room),
        read_at=read_at,
        shown=Decimal(amount),
        in_kwh=in_kwh,
        delivery=told,
        line=7,
    )


@pytest.mark.django_db
def test_the_newest_balance_of_a_delivery_is_mirrored_once(room: Room) -> None:
    factories.a_meter(room=room)
    shown(room, "31.50", read_at=READ_AT - timedelta(days=1))
    shown(room, "28.455")
    campus = room.residence.campus
    assert operations.mirror_balances(campus=campus, at=AT) == 1
    kept = Balance.objects.get()
    assert (kept.amount, kept.wh, kept.read_at, kept.line) == (2846, None, READ_AT, 7)
    assert operations.mirror_balances(campus=campus, at=AT) == 0
    shown(room, "12.345", read_at=READ_AT + timedelta(hours=1), in_kwh=True)
    assert operations.mirror_balances(campus=campus, at=AT) == 1
    assert Balance.objects.latest("read_at").wh == 12_345


@pytest.mark.django_db
def test_a_balance_told_otherwise_for_the_same_instant_is_a_revision(room: Room) -> None:
    for amount in (500, 500, 450):
        operations.record_balance(room=room, read_at=READ_AT, at=AT, amount=amount)
    assert list(Balance.objects.values_list("revision", "amount")) == [(1, 500), (2, 450)]


@pytest.mark.django_db
def test_a_balance_of_nothing_or_of_tomorrow_is_refused(room: Room) -> None:
    for wrong in ({}, {"amount": 5, "read_at": AT + timedelta(hours=1)}):
        with pytest.raises(BalanceNotPossible):
            operations.record_balance(**{"room": room, "read_at": READ_AT, "at": AT, **wrong})
    assert not Balance.objects.exists()


def test_what_runs_out_is_told_before_it_does() -> None:
    terms = Prepaid(low_balance=10, cutoff_balance=0, grace_hours=24)  # type: ignore[arg-type]
    told = [advice(amount=a, terms=terms, minor=100, days=9) for a in (1001, 1000, 0)]
    assert told == [FINE, LOW, CUT_OFF]
    assert advice(amount=5000, terms=terms, minor=100, days=5) == LOW
    assert advice(amount=None, terms=None, minor=1, days=6) == FINE


def test_days_are_counted_from_the_reading_and_never_below_none() -> None:
    for today, days in ((0, 4), (3, 1), (9, 0)):
        found = lasting(left=43, per_day=10, since=APRIL, today=APRIL + timedelta(days=today))
        assert found is not None
        assert found.days == days
    assert lasting(left=43, per_day=0, since=APRIL, today=APRIL) is None
