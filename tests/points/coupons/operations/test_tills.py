"""Registered devices of a café, and the PIN of its staff."""

from datetime import timedelta

import pytest

from campus.errors import NotFound
from campus.people.models import StaffRole
from points.coupons import operations, queries
from points.coupons.models import Till
from points.coupons.refusals import PinLocked, PinNotSet, PinTooWeak, WrongPin
from tests import factories
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT
PIN = "2580"


@pytest.fixture
def till() -> Till:
    return make.a_till(make.a_cafe(), pin=PIN)


def prove(till: Till, pin: str, minutes: int = 0) -> None:
    operations.prove_pin(till=till, pin=pin, at=AT + timedelta(minutes=minutes))


def miss(till: Till, minutes: int = 0) -> int:
    with pytest.raises(WrongPin) as refusal:
        prove(till, "0000", minutes)
    left = refusal.value.facts["left"]
    assert isinstance(left, int)
    return left


def test_a_registered_device_is_found_by_its_sign_in() -> None:
    cafe, user = make.a_cafe(), factories.a_user()
    till = operations.register_till(cafe=cafe, user=user, name="Bar", at=AT)
    assert queries.till_of(user=user) == till
    assert StaffRole.objects.get(user=user).cafe == cafe.holder


def test_a_sign_in_with_the_role_alone_is_no_device() -> None:
    with pytest.raises(NotFound):
        queries.till_of(user=factories.a_till())


def test_a_retired_device_is_none_any_more(till: Till) -> None:
    operations.retire_till(till=till, at=AT)
    till.refresh_from_db()
    assert (till.retired_at, till.pin) == (AT, "")
    assert not StaffRole.objects.exists()
    with pytest.raises(NotFound):
        queries.till_of(user=till.user)


def test_only_a_hash_of_the_pin_is_kept(till: Till) -> None:
    twin = make.a_till(till.cafe, pin=PIN)
    till.refresh_from_db()
    twin.refresh_from_db()
    assert PIN not in till.pin
    assert till.pin != twin.pin


@pytest.mark.parametrize("weak", ["", "123", "123456789", "12a4", "1111", "١٢٣٤", "12 4"])
def test_a_weak_pin_is_refused_and_the_old_one_stays(weak: str, till: Till) -> None:
    with pytest.raises(PinTooWeak):
        operations.set_pin(till=till, pin=weak)
    prove(till, PIN)


def test_without_a_pin_nothing_is_proven() -> None:
    till = make.a_till(make.a_cafe())
    for pin in ("", "2580"):
        with pytest.raises(PinNotSet):
            prove(till, pin)


def test_five_wrong_pins_in_a_row_lock_the_till_even_for_the_right_one(till: Till) -> None:
    assert [miss(till) for _each in range(5)] == [4, 3, 2, 1, 0]
    with pytest.raises(PinLocked):
        prove(till, PIN)


def test_the_right_pin_forgets_the_wrong_ones(till: Till) -> None:
    for _each in range(3):
        assert [miss(till) for _each in range(4)] == [4, 3, 2, 1]
        prove(till, PIN)


def test_a_lock_ends_after_a_quarter_of_an_hour_without_tries(till: Till) -> None:
    for _each in range(5):
        miss(till)
    with pytest.raises(PinLocked):
        prove(till, PIN, minutes=14)
    prove(till, PIN, minutes=15)


def test_after_a_lock_the_count_begins_again(till: Till) -> None:
    for _each in range(5):
        miss(till)
    assert miss(till, minutes=15) == 4


def test_a_lock_is_one_tills_own(till: Till) -> None:
    twin = make.a_till(till.cafe, pin=PIN)
    for _each in range(5):
        miss(till)
    prove(twin, PIN)


def test_a_new_pin_ends_a_lock(till: Till) -> None:
    for _each in range(5):
        miss(till)
    operations.set_pin(till=till, pin="1470")
    prove(till, "1470")
    with pytest.raises(WrongPin):
        prove(till, PIN)
