"""Buying a coupon, and giving back one that was not used."""

from datetime import UTC, datetime, timedelta

import pytest

from points.coupons import operations
from points.coupons.models import Coupon, Offer
from points.coupons.refusals import LimitReached, NotRefundable, OfferClosed, SoldOut
from points.ledger import queries as ledger
from points.ledger.models import Lot
from points.ledger.refusals import NotEnough
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT


def balance(coupon: Coupon) -> int:
    return ledger.balances(holder=coupon.holder)["CP"]


def test_buy_moves_the_price_from_the_wallet_to_what_is_still_to_be_used() -> None:
    coupon = make.a_coupon(offer=make.an_offer(price_cp=300))
    assert make.book() == {"ISSUER": -1000, "WALLET": 700, "COUPON_LIABILITY": 300}
    assert (coupon.state, coupon.generation, coupon.price_cp) == ("ISSUED", 1, 300)
    assert balance(coupon) == 700


def test_buy_is_booked_under_the_coupons_own_id() -> None:
    coupon = make.a_coupon()
    [paid] = ledger.transfers_of(source_kind="COUPON", source_id=str(coupon.uid))
    assert (paid.amount, paid.code, str(paid.effective_on)) == (300, "COUPON_BOUGHT", "2026-03-03")


def test_buy_refuses_a_wallet_with_too_little_and_leaves_no_trace() -> None:
    offer, student = make.an_offer(price_cp=300, left=5), make.a_saver(cp=299)
    with pytest.raises(NotEnough) as refusal:
        operations.buy(holder=student.holder, offer=offer, at=AT)
    assert refusal.value.facts["missing"] == 1
    offer.refresh_from_db()
    assert (offer.left, Coupon.objects.count()) == (5, 0)
    assert make.book() == {"ISSUER": -299, "WALLET": 299}


def test_buy_takes_one_from_the_stock() -> None:
    offer = make.an_offer(left=2)
    make.a_coupon(offer=offer)
    assert Offer.objects.get().left == 1


def test_buy_refuses_what_is_sold_out_and_gives_the_points_back() -> None:
    offer, student = make.an_offer(left=0), make.a_saver()
    with pytest.raises(SoldOut):
        operations.buy(holder=student.holder, offer=offer, at=AT)
    assert make.book() == {"ISSUER": -1000, "WALLET": 1000}
    assert not Coupon.objects.exists()


@pytest.mark.parametrize(
    ("opens", "closes"), [(1, None), (-60, 0), (-60, -1)], ids=["early", "at the end", "late"]
)
def test_buy_refuses_an_offer_outside_its_time(opens: int, closes: int | None) -> None:
    minutes = None if closes is None else AT + timedelta(minutes=closes)
    offer = make.an_offer(opens_at=AT + timedelta(minutes=opens), closes_at=minutes)
    student = make.a_saver()
    with pytest.raises(OfferClosed):
        operations.buy(holder=student.holder, offer=offer, at=AT)
    assert not Coupon.objects.exists()


def test_a_coupon_lasts_to_the_end_of_its_last_local_day() -> None:
    # 3 March 23:59 in Seoul, thirty days: to the end of 2 April, Seoul's midnight.
    late = datetime(2026, 3, 3, 14, 59, tzinfo=UTC)
    coupon = make.a_coupon(offer=make.an_offer(valid_days=30), at=late)
    assert coupon.expires_at == datetime(2026, 4, 2, 15, 0, tzinfo=UTC)


def test_a_coupon_keeps_the_price_and_worth_of_its_day() -> None:
    offer = make.an_offer(price_cp=300, value_minor=3000)
    coupon = make.a_coupon(offer=offer)
    Offer.objects.update(price_cp=900, value_minor=1)
    coupon.refresh_from_db()
    assert (coupon.price_cp, coupon.value_minor) == (300, 3000)


def test_one_person_may_have_as_many_as_the_limit_says() -> None:
    offer, student = make.an_offer(per_person=2, price_cp=100), make.a_saver()
    for _each in range(2):
        make.a_coupon(offer=offer, student=student)
    with pytest.raises(LimitReached):
        make.a_coupon(offer=offer, student=student)
    assert make.book()["WALLET"] == 800
    make.a_coupon(offer=offer, student=make.a_saver(nickname="Maple"))
    assert sorted(Coupon.objects.values_list("place", flat=True)) == [1, 1, 2]


def test_a_used_coupon_still_counts_for_the_limit_and_one_given_back_does_not() -> None:
    offer, student = make.an_offer(per_person=1), make.a_saver()
    operations.give_back(coupon=make.a_coupon(offer=offer, student=student), at=AT)
    again = make.a_coupon(offer=offer, student=student)
    operations.redeem(code=make.qr_of(again), cafe=offer.cafe, till=make.a_till(offer.cafe), at=AT)
    with pytest.raises(LimitReached):
        make.a_coupon(offer=offer, student=student)


def test_give_back_restores_wallet_lot_and_stock() -> None:
    offer = make.an_offer(left=3)
    student = make.a_saver()
    before = set(Lot.objects.values_list("expires_on", "granted", "used"))
    coupon = make.a_coupon(offer=offer, student=student)
    back = operations.give_back(coupon=coupon, at=AT + timedelta(hours=1))
    assert back.state == "CANCELLED"
    assert make.book() == {"ISSUER": -1000, "WALLET": 1000}
    assert set(Lot.objects.values_list("expires_on", "granted", "used")) == before
    assert Offer.objects.get().left == 3


def test_give_back_happens_once() -> None:
    coupon = make.a_coupon()
    operations.give_back(coupon=coupon, at=AT)
    coupon.state = "ISSUED"  # as another request read it a moment before
    with pytest.raises(NotRefundable):
        operations.give_back(coupon=coupon, at=AT)
    assert make.book() == {"ISSUER": -1000, "WALLET": 1000}


def test_give_back_refuses_a_used_coupon() -> None:
    coupon = make.a_coupon()
    stale = Coupon.objects.select_related("offer", "cafe__campus").get()
    till = make.a_till(coupon.cafe)
    operations.redeem(code=make.qr_of(coupon), cafe=coupon.cafe, till=till, at=AT)
    with pytest.raises(NotRefundable):
        operations.give_back(coupon=stale, at=AT)
    assert make.book() == {"ISSUER": -1000, "WALLET": 700, "CAFE": 300}


def test_give_back_refuses_an_expired_coupon() -> None:
    coupon = make.a_coupon()
    with pytest.raises(NotRefundable):
        operations.give_back(coupon=coupon, at=coupon.expires_at)
    assert make.book()["COUPON_LIABILITY"] == 300
