"""What a till sees of the statements of its own café."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from points.coupons import operations
from points.coupons.models import Cafe, Statement
from tests.points.coupons import making as make
from tests.points.coupons.api.asking import signed_in

pytestmark = pytest.mark.django_db
APRIL = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
STATEMENTS = "/api/v1/counter/statements/"


def settled(cafe: Cafe) -> Statement:
    till = make.a_till(cafe)
    coupon = make.a_coupon(offer=make.an_offer(cafe=cafe))
    operations.redeem(code=make.qr_of(coupon), cafe=cafe, till=till, at=make.AT)
    return operations.close_statement(cafe=cafe, ends_on=date(2026, 4, 1), at=APRIL)


def test_a_till_sees_what_its_own_cafe_is_owed_and_the_files() -> None:
    cafe = make.a_settling_cafe()
    statement = settled(cafe)
    till = signed_in(make.a_till(cafe).user)
    with time_machine.travel(APRIL, tick=False):
        told = till.get(STATEMENTS).data
    assert told["owed"]["unpaid_minor"] == told["statements"][0]["total_minor"] == 3000
    assert [row["uid"] for row in told["statements"]] == [str(statement.uid)]
    assert till.get(f"{STATEMENTS}{statement.uid}.pdf").content.startswith(b"%PDF")
    assert "3000" in till.get(f"{STATEMENTS}{statement.uid}.csv").content.decode()


def test_a_till_of_another_cafe_finds_none_of_them() -> None:
    statement = settled(make.a_settling_cafe())
    other = signed_in(make.a_till(make.a_settling_cafe(name="Byeol")).user)
    assert other.get(STATEMENTS).data["statements"] == []
    for suffix in ("csv", "pdf"):
        assert other.get(f"{STATEMENTS}{statement.uid}.{suffix}").status_code == 404
