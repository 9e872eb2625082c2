"""What is refused at a till is counted, and written down once."""

from datetime import timedelta

import pytest
import time_machine
from rest_framework.test import APIClient

from points.coupons import lockout
from points.coupons.models import Coupon, RefusedScan
from tests.points.coupons import making as make
from tests.points.coupons.api.asking import CONFLICTS, REDEEM, TODAY, scan, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_o_clock")]
AT = make.AT


def test_ten_bad_typed_codes_lock_the_till_but_not_its_scanner(
    coupon: Coupon, till: APIClient
) -> None:
    answers = [scan(till, f"ABCD0000{number:02}").status_code for number in range(11)]
    assert answers == [422] * 10 + [429]
    typed = scan(till, make.typed_of(coupon))
    assert (typed.status_code, typed.data["code"]) == (429, "till_locked")
    assert scan(till, make.qr_of(coupon)).status_code == 201


def test_a_lock_is_one_tills_own(coupon: Coupon, till: APIClient) -> None:
    for number in range(10):
        scan(till, f"ABCD0000{number:02}")
    assert scan(signed_in(make.a_till(coupon.cafe).user), make.typed_of(coupon)).status_code == 201


def test_a_lock_ends_after_a_minute(coupon: Coupon, till: APIClient) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        for number in range(10):
            scan(till, f"ABCD0000{number:02}")
        clock.shift(timedelta(seconds=lockout.SECONDS + 1))
        later = AT + timedelta(seconds=lockout.SECONDS + 1)
        assert scan(till, make.typed_of(coupon, later)).status_code == 201


def test_good_codes_and_bad_qr_codes_lock_nobody(coupon: Coupon, till: APIClient) -> None:
    forged = make.forged_of(coupon)
    for _each in range(12):
        scan(till, forged)
    assert scan(till, make.typed_of(coupon)).status_code == 201


def test_each_refusal_is_written_down_once_however_often_it_is_asked(till: APIClient) -> None:
    for _each in range(3):
        scan(till, "garbage", "scan-0001")
    row = RefusedScan.objects.get()
    assert (row.verdict, row.how) == ("not_readable", "OTHER")


def test_a_locked_tills_codes_are_written_down_too(till: APIClient) -> None:
    for number in range(11):
        scan(till, f"ABCD0000{number:02}")
    verdicts = list(RefusedScan.objects.order_by("pk").values_list("verdict", flat=True))
    assert verdicts == ["not_readable"] * 10 + ["till_locked"]


def test_a_code_that_was_good_is_not_written_down(coupon: Coupon, till: APIClient) -> None:
    scan(till, make.qr_of(coupon))
    assert not RefusedScan.objects.exists()


def test_conflicts_are_told_in_plain_words(coupon: Coupon, till: APIClient) -> None:
    scan(signed_in(make.a_till(coupon.cafe).user), make.qr_of(coupon))
    read_at = AT - timedelta(minutes=20)
    kept = {"code": make.qr_of(coupon, read_at), "scanned_at": read_at.isoformat()}
    lost = {"code": "0000000000", "scanned_at": read_at.isoformat()}
    for number, body in enumerate((kept, lost)):
        key = {"Idempotency-Key": f"kept-000{number}"}
        assert till.post(REDEEM, body, format="json", headers=key).status_code in (409, 422)
    second, first = till.get(CONFLICTS).data
    assert (first["verdict"], first["item"]) == ("already_redeemed", "Americano")
    assert first["scanned_at"] == "2026-03-03T04:40:10Z"
    assert first["message"] == (
        "Scanned at 13:40 without a line and refused later: it had been used at 14:00 already. "
        "It is not paid."
    )
    assert (second["verdict"], second["item"]) == ("not_readable", None)
    assert second["message"] == (
        "Scanned at 13:40 without a line and refused later: it was no valid code at that moment. "
        "It is not paid."
    )
    assert till.get(TODAY).data["conflicts"] == 2
    assert signed_in(make.a_till(make.a_cafe(name="Moon")).user).get(CONFLICTS).data == []
