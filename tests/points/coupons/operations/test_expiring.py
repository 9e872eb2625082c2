"""Coupons whose last day is over."""

from datetime import timedelta

import pytest

from points import tasks
from points.coupons import operations
from points.coupons.models import Coupon
from points.coupons.operations import expiring
from points.coupons.refusals import CouponExpired
from points.ledger import queries as book
from points.ledger.models import Txn
from tests import factories
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT


def states() -> list[str]:
    return list(Coupon.objects.order_by("pk").values_list("state", flat=True))


def test_what_is_past_its_last_day_expires_and_its_points_are_nobodys() -> None:
    coupon = make.a_coupon()
    assert operations.expire_due(campus=coupon.cafe.campus, at=coupon.expires_at) == 1
    assert states() == ["EXPIRED"]
    assert make.book() == {"ISSUER": -1000, "WALLET": 700, "BREAKAGE": 300}


def test_the_end_of_a_coupon_is_booked_under_its_id_for_the_day_it_came() -> None:
    coupon = make.a_coupon()
    operations.expire_due(campus=coupon.cafe.campus, at=coupon.expires_at + timedelta(days=3))
    [ended] = book.transfers_of(source_kind="COUPON_EXPIRY", source_id=str(coupon.uid))
    # Usable until the midnight that opens this day.
    assert (ended.amount, ended.code, str(ended.effective_on)) == (300, "EXPIRED", "2026-04-03")


def test_what_can_still_be_used_does_not_expire() -> None:
    coupon = make.a_coupon()
    before = coupon.expires_at - timedelta(seconds=1)
    assert operations.expire_due(campus=coupon.cafe.campus, at=before) == 0
    assert states() == ["ISSUED"]


def test_expiring_twice_changes_nothing() -> None:
    coupon = make.a_coupon()
    campus, late = coupon.cafe.campus, coupon.expires_at + timedelta(days=3)
    assert [operations.expire_due(campus=campus, at=late) for _each in range(2)] == [1, 0]
    assert make.book()["BREAKAGE"] == 300


def test_each_campus_expires_by_its_own_night() -> None:
    coupon = make.a_coupon()
    south = factories.a_campus(slug="south")
    assert operations.expire_due(campus=south, at=coupon.expires_at) == 0


def test_many_expire_in_several_short_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiring, "CHUNK", 2)
    offer, student = make.an_offer(price_cp=100), make.a_saver()
    coupons = [make.a_coupon(offer=offer, student=student) for _each in range(5)]
    used, late = coupons[2], coupons[0].expires_at
    till = make.a_till(offer.cafe)
    operations.redeem(code=make.qr_of(used), cafe=offer.cafe, till=till, at=AT)
    assert operations.expire_due(campus=offer.cafe.campus, at=late) == 4
    assert states() == ["EXPIRED", "EXPIRED", "REDEEMED", "EXPIRED", "EXPIRED"]
    assert make.book() == {"ISSUER": -1000, "WALLET": 500, "CAFE": 100, "BREAKAGE": 400}


def test_an_expired_coupon_is_told_so_before_and_after_the_night() -> None:
    coupon = make.a_coupon()
    late, till = coupon.expires_at, make.a_till(coupon.cafe)
    for _each in range(2):
        with pytest.raises(CouponExpired):
            operations.redeem(code=make.qr_of(coupon, late), cafe=coupon.cafe, till=till, at=late)
        operations.expire_due(campus=coupon.cafe.campus, at=late)


def test_a_coupon_whose_use_was_undone_after_its_last_day_expires_in_the_next_night() -> None:
    coupon = make.a_coupon()
    last, till = coupon.expires_at - timedelta(seconds=10), make.a_till(coupon.cafe)
    code = make.qr_of(coupon, last)
    redemption = operations.redeem(code=code, cafe=coupon.cafe, till=till, at=last)
    operations.undo(redemption=redemption, till=till, at=last + timedelta(seconds=30))
    operations.expire_due(campus=coupon.cafe.campus, at=last + timedelta(hours=6))
    assert make.book() == {"ISSUER": -1000, "WALLET": 700, "BREAKAGE": 300}


def test_the_night_expires_coupons_under_its_own_run() -> None:
    coupon = make.a_coupon()
    at = coupon.expires_at + timedelta(hours=6)
    asked = {"campus_id": coupon.cafe.campus_id, "day": "2026-04-02", "at": at.isoformat()}
    for _each in range(2):
        tasks.expire(**asked, run_id=7)
    assert states() == ["EXPIRED"]
    assert list(Txn.objects.filter(kind="EXPIRED").values_list("night_run", flat=True)) == [7]
