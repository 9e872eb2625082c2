"""A use taken back at its till with the PIN of the staff."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.nights.models import IdempotencyKey
from points.coupons import operations
from points.coupons.models import Coupon, RefusedScan, Till
from tests.points.coupons import making as make
from tests.points.coupons.api.asking import REDEEM, post, scan, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_o_clock")]
AT = make.AT
PIN = "2580"


@pytest.fixture
def used(coupon: Coupon, till: APIClient) -> str:
    """A use two minutes ago at a till whose PIN is set."""
    operations.set_pin(till=Till.objects.get(), pin=PIN)
    with time_machine.travel(AT - timedelta(minutes=2), tick=False):
        answer = scan(till, make.qr_of(coupon, AT - timedelta(minutes=2)))
    return f"{REDEEM}{answer.data['uid']}/void/"


def void(till: APIClient, url: str, pin: str, key: str = "void-0001") -> Any:
    return post(till, url, {"pin": pin}, key)


def test_a_use_can_be_voided_with_the_pin(till: APIClient, used: str) -> None:
    late = till.post(used.replace("void", "undo"), headers={"Idempotency-Key": "undo-0001"})
    assert (late.status_code, late.data["code"]) == (409, "undo_too_late")
    first, again = (void(till, used, PIN) for _each in range(2))
    assert (first.status_code, first.data) == (200, again.data)
    assert make.book() == {"ISSUER": -1000, "WALLET": 700, "COUPON_LIABILITY": 300}


def test_a_wrong_pin_may_be_followed_by_the_right_one_under_the_same_key(
    till: APIClient, used: str
) -> None:
    wrong = void(till, used, "0000")
    assert (wrong.status_code, wrong.data["code"]) == (403, "wrong_pin")
    assert wrong.data["facts"] == {"left": "4"}
    assert void(till, used, PIN).status_code == 200
    assert RefusedScan.objects.get().verdict == "wrong_pin"


def test_wrong_pins_lock_the_void_and_nothing_else(
    till: APIClient, used: str, coupon: Coupon
) -> None:
    said = [void(till, used, "0000").data["code"] for _each in range(6)]
    assert said == ["wrong_pin"] * 5 + ["pin_locked"]
    assert (void(till, used, PIN).status_code, make.book()["CAFE"]) == (429, 300)
    assert RefusedScan.objects.count() == 7
    other = make.a_coupon(offer=coupon.offer)
    assert scan(till, make.qr_of(other)).status_code == 201


def test_the_pin_leaves_no_trace(till: APIClient, used: str) -> None:
    void(till, used, PIN)
    for pin in (PIN, "0000"):
        body = json.dumps({"pin": pin}, sort_keys=True)
        guess = hashlib.sha256("\n".join(["POST", used, body]).encode()).hexdigest()
        assert not IdempotencyKey.objects.filter(fingerprint=guess).exists()
    assert PIN not in str(list(IdempotencyKey.objects.values_list()))


def test_a_void_is_over_after_ten_minutes(till: APIClient, used: str) -> None:
    with time_machine.travel(AT + timedelta(minutes=9), tick=False):
        late = void(till, used, PIN)
    assert (late.status_code, late.data["code"]) == (409, "void_too_late")


@pytest.mark.parametrize("body", [{}, {"pin": ""}, {"pin": "1" * 13}])
def test_a_void_without_a_pin_is_told_what_to_check(
    body: dict[str, str], till: APIClient, used: str
) -> None:
    answer = till.post(used, body, format="json", headers={"Idempotency-Key": "void-0001"})
    assert (answer.status_code, answer.data["errors"][0]["path"]) == (400, "pin")


def test_a_use_of_another_cafe_costs_no_try(till: APIClient, used: str) -> None:
    moon = make.a_till(make.a_cafe(name="Moon"), pin=PIN)
    answer = void(signed_in(moon.user), used, "0000")
    assert answer.status_code == 404
    moon.refresh_from_db()
    assert moon.pin_tries == 0
