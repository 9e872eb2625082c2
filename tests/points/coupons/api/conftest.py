"""A coupon that was just bought, and a till of its café."""

from collections.abc import Iterator

import pytest
import time_machine
from rest_framework.test import APIClient

from points.coupons.models import Coupon
from tests.points.coupons import making as make
from tests.points.coupons.api.asking import signed_in


@pytest.fixture
def two_o_clock() -> Iterator[None]:
    """The clock stands at the moment of `making`, ten seconds past 14:00 in Seoul."""
    with time_machine.travel(make.AT, tick=False):
        yield


@pytest.fixture
def coupon() -> Coupon:
    return make.a_coupon()


@pytest.fixture
def till(coupon: Coupon) -> APIClient:
    return signed_in(make.a_till(coupon.cafe).user)
