"""A use taken back: at once, with the PIN, or by a manager; each once, and the book follows."""

from datetime import timedelta
from uuid import uuid4

import pytest

from points.coupons import operations
from points.coupons.models import Coupon, Redemption, Till, Undoing
from points.coupons.refusals import AlreadyUndone, NotReadable, UndoTooLate, VoidTooLate
from points.ledger.models import Txn
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT
BOUGHT = {"ISSUER": -1000, "WALLET": 700, "COUPON_LIABILITY": 300}
USED = {"ISSUER": -1000, "WALLET": 700, "CAFE": 300}


@pytest.fixture
def coupon() -> Coupon:
    return make.a_coupon()


@pytest.fixture
def till(coupon: Coupon) -> Till:
    return make.a_till(coupon.cafe)


def use(coupon: Coupon, till: Till, after: int = 0) -> Redemption:
    at = AT + timedelta(seconds=after)
    return operations.redeem(code=make.qr_of(coupon, at), cafe=coupon.cafe, till=till, at=at)


def test_undo_brings_the_coupon_back_in_its_next_generation(coupon: Coupon, till: Till) -> None:
    redemption, old = use(coupon, till), make.qr_of(coupon)
    operations.undo(redemption=redemption, till=till, at=AT + timedelta(seconds=60))
    coupon.refresh_from_db()
    assert (coupon.state, coupon.generation) == ("ISSUED", 2)
    assert make.book() == BOUGHT
    with pytest.raises(NotReadable):  # the code that the till has seen is worthless
        operations.redeem(code=old, cafe=coupon.cafe, till=till, at=AT)
    use(coupon, till)
    assert make.book() == USED
    assert list(Redemption.objects.values_list("generation", flat=True)) == [1, 2]


def test_undo_is_over_after_a_minute(coupon: Coupon, till: Till) -> None:
    redemption = use(coupon, till)
    with pytest.raises(UndoTooLate):
        operations.undo(redemption=redemption, till=till, at=AT + timedelta(seconds=61))
    assert make.book() == USED


def test_undo_belongs_to_the_till_of_the_use(coupon: Coupon, till: Till) -> None:
    redemption = use(coupon, till)
    with pytest.raises(UndoTooLate):
        operations.undo(redemption=redemption, till=make.a_till(coupon.cafe), at=AT)
    assert make.book() == USED


def test_undo_happens_once_even_after_the_next_use(coupon: Coupon, till: Till) -> None:
    redemption = use(coupon, till)
    operations.undo(redemption=redemption, till=till, at=AT)
    coupon.refresh_from_db()
    use(coupon, till)
    with pytest.raises(AlreadyUndone):
        operations.undo(redemption=redemption, till=till, at=AT)
    assert make.book() == USED
    assert Undoing.objects.count() == 1


def test_void_is_for_ten_minutes_at_the_till_of_the_use(coupon: Coupon, till: Till) -> None:
    redemption, late = use(coupon, till), AT + timedelta(minutes=10)
    for other, at in ((till, late + timedelta(seconds=1)), (make.a_till(coupon.cafe), late)):
        with pytest.raises(VoidTooLate):
            operations.void(redemption=redemption, till=other, at=at)
    assert make.book() == USED
    operations.void(redemption=redemption, till=till, at=late)
    assert make.book() == BOUGHT
    undoing = Undoing.objects.get()
    assert (undoing.how, undoing.by) == ("PIN", till.uid)


def test_a_scan_that_was_told_late_can_be_voided_from_then_on(coupon: Coupon, till: Till) -> None:
    told = AT + timedelta(hours=3)
    code = make.qr_of(coupon)
    redemption = operations.redeem(code=code, cafe=coupon.cafe, till=till, at=told, scanned_at=AT)
    operations.void(redemption=redemption, till=till, at=told + timedelta(minutes=10))
    assert make.book() == BOUGHT


def test_a_manager_takes_back_a_use_of_any_age_and_says_why(coupon: Coupon, till: Till) -> None:
    redemption, manager = use(coupon, till), uuid4()
    at = AT + timedelta(days=40)
    undoing = operations.void_by_manager(
        redemption=redemption, by=manager, reason="Wrong drink", at=at
    )
    assert (undoing.how, undoing.by, undoing.reason) == ("MANAGER", manager, "Wrong drink")
    assert Txn.objects.get(kind="COUPON_VOIDED").reason == "Wrong drink"
    assert make.book() == BOUGHT
    with pytest.raises(AlreadyUndone):
        operations.void_by_manager(redemption=redemption, by=manager, reason="Again", at=at)


def test_what_was_undone_cannot_be_voided_too(coupon: Coupon, till: Till) -> None:
    redemption = use(coupon, till)
    operations.undo(redemption=redemption, till=till, at=AT)
    with pytest.raises(AlreadyUndone):
        operations.void(redemption=redemption, till=till, at=AT)
    assert make.book() == BOUGHT
