"""What a café's day shows, as it was when it happened."""

from datetime import date, timedelta

import pytest

from campus.people import operations as people
from points.coupons import operations, queries
from points.coupons.models import Cafe, Coupon, Redemption, Till
from tests import factories
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT, DAY = make.AT, date(2026, 3, 3)


def use(coupon: Coupon, till: Till, after: timedelta) -> Redemption:
    at = AT + after
    return operations.redeem(code=make.qr_of(coupon, at), cafe=coupon.cafe, till=till, at=at)


def undo(redemption: Redemption, till: Till) -> None:
    operations.undo(redemption=redemption, till=till, at=redemption.redeemed_at)


def names(cafe: Cafe) -> list[str]:
    """Whom the uses of the day name, the first use first."""
    return [use.holder for use in reversed(queries.uses_of_day(cafe=cafe, day=DAY))]


def test_each_use_names_whoever_held_the_coupon_then() -> None:
    room = factories.a_room()
    willow, maple = (make.a_saver(nickname=name) for name in ("Willow", "Maple"))
    for student in (willow, maple):
        people.move_in(holder=student.holder, room=room, on=factories.SINCE)
    coupon = make.a_coupon(student=willow)
    till, step = make.a_till(coupon.cafe), timedelta(minutes=1)
    undo(use(coupon, till, 0 * step), till)
    coupon.refresh_from_db()
    undo(use(coupon, till, 1 * step), till)
    coupon.refresh_from_db()
    operations.give(coupon=coupon, to=maple.user.uid, at=AT + 2 * step, tonight=DAY)
    coupon.refresh_from_db()
    use(coupon, till, 3 * step)
    assert names(coupon.cafe) == ["Willow", "Willow", "Maple"]
    willow.delete()
    assert names(coupon.cafe) == ["", "", "Maple"]
