"""Whatever the order of uses, voids and closes of a café: every use is paid for once."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from points.coupons import operations, queries
from points.coupons.models import Cafe, Redemption, Till
from points.coupons.refusals import NothingToClose
from tests import factories
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT


class TestEveryUseIsPaidForOnce(TestCase):
    """What a café is owed is what stands."""

    @settings(max_examples=25)
    @given(
        steps=st.lists(
            st.tuples(st.sampled_from(["use", "use", "void", "close"]), st.integers(0, 5)),
            max_size=14,
        )
    )
    def test_what_is_owed_is_what_stands(self, steps: list[tuple[str, int]]) -> None:
        cafe = make.a_settling_cafe(campus=factories.a_campus())
        till, at, stands = make.a_till(cafe), AT, {}
        for step, number in [*steps, ("close", 0)]:
            at += timedelta(hours=9)
            if step == "use":
                redemption = _use(till, at, worth=1000 + number)
                stands[redemption] = redemption.value_minor
            elif step == "void" and stands:
                redemption = list(stands)[number % len(stands)]
                _void(redemption, at)
                del stands[redemption]
            elif step == "close":
                _close_if_any(cafe, at)
            day = at.astimezone(cafe.campus.zone).date()
            assert queries.owed(cafe=cafe, day=day).unpaid_minor == sum(stands.values())
        assert queries.changed_statements() == []


def _close_if_any(cafe: Cafe, at: datetime) -> None:
    with suppress(NothingToClose):
        operations.close_statement(cafe=cafe, ends_on=at.astimezone(cafe.campus.zone).date(), at=at)


def _use(till: Till, at: datetime, worth: int) -> Redemption:
    opens = at - timedelta(days=1)
    offer = make.an_offer(cafe=till.cafe, value_minor=worth, opens_at=opens)
    coupon = make.a_coupon(offer=offer, at=at)
    return operations.redeem(code=make.qr_of(coupon, at), cafe=till.cafe, till=till, at=at)


def _void(use: Redemption, at: datetime) -> None:
    operations.void_by_manager(redemption=use, by=uuid4(), reason="Wrong drink", at=at)
