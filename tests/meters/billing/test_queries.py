"""What other rooms may ask of bills."""

from datetime import timedelta
from typing import Any

import pytest

from campus.people.models import Residency
from meters.billing import queries
from tests import factories
from tests.meters.billing.rows import APRIL, a_priced_residence, charged, used

pytestmark = pytest.mark.django_db


def test_a_batch_has_the_newest_charge_of_each_charged_room() -> None:
    residence = a_priced_residence()
    one, two, dark = (factories.a_room(residence=residence) for _ in range(3))
    used(one, [5000])
    used(two, [6000])
    used(dark, [None])
    charged(one, 1)
    used(two, [8000])
    charged(two, 1)
    batch = queries.charge_batch(campus=residence.campus, day=APRIL)
    assert {room: (fact.wh, fact.revision) for room, fact in batch.items()} == {
        one.pk: (5000, 1),
        two.pk: (8000, 2),
    }


def test_the_amounts_of_a_room_add_up_to_its_cycle() -> None:
    room = factories.a_room(residence=a_priced_residence())
    used(room, [9000] * 10)
    charged(room, 10)
    found = queries.amounts_of_room(room=room, starts_on=APRIL, ends_on=APRIL + timedelta(days=10))
    assert list(found) == [APRIL + timedelta(days=n) for n in range(10)]
    assert sum(fact.amount for fact in found.values()) == list(found.values())[-1].cycle_amount


def test_the_shares_of_a_day_are_those_of_its_newest_charge(
    django_assert_num_queries: Any,
) -> None:
    room = factories.a_room(residence=a_priced_residence())
    holders = [factories.a_student(room=room).holder_id for _ in range(2)]
    for wh in (5000, 8000):
        used(room, [wh])
        charged(room, 1)
    with django_assert_num_queries(1):
        shares = queries.shares_of_day(room=room, day=APRIL)
    assert [share.holder_id for share in shares] == holders
    assert (
        sum(share.amount for share in shares)
        == queries.charge_batch(campus=room.residence.campus, day=APRIL)[room.pk].amount
    )


def test_a_bill_costs_few_statements_whatever_the_history(
    django_assert_num_queries: Any,
) -> None:
    room = factories.a_room(residence=a_priced_residence())
    factories.a_student(room=room)
    used(room, [9000] * 20)
    charged(room, 20)
    with django_assert_num_queries(7):
        queries.bill_of_day(room=room, day=APRIL + timedelta(days=19))


def test_a_bill_priced_again_comes_to_what_was_charged() -> None:
    room = factories.a_room(residence=a_priced_residence(name="cn-dorm-quota-8kwh"))
    factories.a_student(room=room, since=APRIL + timedelta(days=3))
    used(room, [9000] * 12)
    charged(room, 12)
    for n in range(12):
        found = queries.bill_of_day(room=room, day=APRIL + timedelta(days=n))
        assert found is not None
        assert found.bill.total_minor == found.charge.cycle_amount


def test_a_month_without_a_night_of_mine_is_no_month() -> None:
    room = factories.a_room(residence=a_priced_residence())
    student = factories.a_student(room=room, since=APRIL + timedelta(days=40))
    used(room, [9000] * 3)
    charged(room, 3)
    holder = Residency.objects.get(holder=student.holder).holder
    today = APRIL + timedelta(days=45)
    assert queries.bill_of_month(holder=holder, month=APRIL, today=today) is None
