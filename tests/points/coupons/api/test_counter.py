"""The counter: one scan, one answer."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.people.models import User
from points.coupons import lockout, operations
from points.coupons.models import Coupon, Redemption
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT
REDEEM, TODAY = "/api/v1/counter/redemptions/", "/api/v1/counter/today/"


@pytest.fixture(autouse=True)
def _clock() -> object:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def coupon() -> Coupon:
    return make.a_coupon()


@pytest.fixture
def till(coupon: Coupon) -> APIClient:
    return signed_in(make.a_till(coupon.cafe).user)


def signed_in(user: User, language: str = "en") -> APIClient:
    client = APIClient(headers={"Accept-Language": language})
    client.force_authenticate(user)
    return client


def scan(till: APIClient, code: str, key: str | None = None) -> object:
    headers = {"Idempotency-Key": key or str(uuid4())}
    return till.post(REDEEM, {"code": code}, format="json", headers=headers)


def test_a_scan_answers_the_item_and_who_gets_it(coupon: Coupon, till: APIClient) -> None:
    answer = scan(till, make.qr_of(coupon))
    assert answer.status_code == 201
    assert answer.data == {
        "uid": str(Redemption.objects.get().uid),
        "verdict": "ok",
        "item": "Americano",
        "holder": "Willow",
        "redeemed_at": "2026-03-03T05:00:10Z",
        "cafe": "Café Haetsal",
        "undo_until": "2026-03-03T05:01:10Z",
    }


def test_the_same_key_answers_the_same_and_another_is_told_when_and_where(
    coupon: Coupon, till: APIClient
) -> None:
    code = make.qr_of(coupon)
    first, again = (scan(till, code, "till-key-1") for _each in range(2))
    assert (again.status_code, again.data) == (201, first.data)
    other = scan(till, code, "till-key-2")
    assert (other.status_code, other.data["code"]) == (409, "already_redeemed")
    assert other.data["detail"] == "Already used at 14:00."
    assert other.data["facts"] == {"time": "14:00", "at": AT.isoformat(), "here": "true"}
    assert Redemption.objects.count() == 1


def test_each_refusal_has_its_code(coupon: Coupon, till: APIClient) -> None:
    moon = make.a_cafe(name="Moon")
    elsewhere = make.a_coupon(offer=make.an_offer(cafe=moon))
    back = make.a_coupon(offer=make.an_offer(cafe=coupon.cafe))
    operations.give_back(coupon=back, at=AT)
    said = {
        name: (answer.status_code, answer.data["code"])
        for name, answer in {
            "garbage": scan(till, "garbage"),
            "elsewhere": scan(till, make.qr_of(elsewhere)),
            "given back": scan(till, make.qr_of(back)),
        }.items()
    }
    with time_machine.travel(coupon.expires_at, tick=False):
        late = scan(till, make.qr_of(coupon, coupon.expires_at))
    assert said == {
        "garbage": (422, "not_readable"),
        "elsewhere": (409, "wrong_cafe"),
        "given back": (409, "coupon_cancelled"),
    }
    assert (late.status_code, late.data["code"]) == (409, "coupon_expired")
    assert not Redemption.objects.exists()


def test_a_scan_that_was_kept_offline_is_judged_by_when_it_was_read(
    coupon: Coupon, till: APIClient
) -> None:
    read_at = AT - timedelta(minutes=20)
    body = {"code": make.qr_of(coupon, read_at)}
    plain = till.post(REDEEM, body, format="json", headers={"Idempotency-Key": "kept-0001"})
    assert (plain.status_code, plain.data["code"]) == (422, "not_readable")
    body["scanned_at"] = read_at.isoformat()
    kept = till.post(REDEEM, body, format="json", headers={"Idempotency-Key": "kept-0002"})
    assert (kept.status_code, kept.data["redeemed_at"]) == (201, "2026-03-03T04:40:10Z")


def test_a_scan_without_a_key_is_refused(coupon: Coupon, till: APIClient) -> None:
    answer = till.post(REDEEM, {"code": make.qr_of(coupon)}, format="json")
    assert (answer.status_code, answer.data["code"]) == (400, "idempotency_key_missing")
    assert Coupon.objects.get().state == "ISSUED"


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": "A" * 201}, {"code": ["x"]}])
def test_a_scan_without_a_code_is_told_what_to_check(body: object, till: APIClient) -> None:
    answer = till.post(REDEEM, body, format="json", headers={"Idempotency-Key": str(uuid4())})
    assert (answer.status_code, answer.data["errors"][0]["path"]) == (400, "code")


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
    forged = make.qr_of(coupon)[:-1] + "7"
    for _each in range(12):
        scan(till, forged)
    assert scan(till, make.typed_of(coupon)).status_code == 201


def test_a_use_can_be_undone_by_its_till(coupon: Coupon, till: APIClient) -> None:
    uid = scan(till, make.qr_of(coupon)).data["uid"]
    undone = till.post(f"{REDEEM}{uid}/undo/", headers={"Idempotency-Key": "undo-0001"})
    assert (undone.status_code, undone.data["uid"]) == (200, uid)
    assert make.book() == {"ISSUER": -1000, "WALLET": 700, "COUPON_LIABILITY": 300}
    today = till.get(TODAY).data
    assert (today["count"], today["value_minor"]) == (0, 0)
    assert today["redemptions"][0]["undone_at"] == "2026-03-03T05:00:10Z"


def test_a_use_at_another_cafe_does_not_exist(coupon: Coupon, till: APIClient) -> None:
    uid = scan(till, make.qr_of(coupon)).data["uid"]
    other = signed_in(make.a_till(make.a_cafe(name="Moon")).user)
    for unknown in (uid, uuid4()):
        answer = other.post(f"{REDEEM}{unknown}/undo/", headers={"Idempotency-Key": str(uuid4())})
        assert (answer.status_code, answer.data["code"]) == (404, "not_found")
    assert make.book()["CAFE"] == 300


def test_today_lists_the_cafes_own_uses_of_the_local_day(coupon: Coupon, till: APIClient) -> None:
    yesterday = AT - timedelta(days=1)
    cafe, other = coupon.cafe, make.a_cafe(name="Moon")
    desk = make.a_till(cafe)
    for place, at in ((cafe, yesterday), (cafe, AT), (other, AT)):
        bought = make.a_coupon(offer=make.an_offer(cafe=place, opens_at=yesterday), at=at)
        operations.redeem(code=make.qr_of(bought, at), cafe=place, till=desk, at=at)
    scan(till, make.qr_of(coupon))
    told = till.get(TODAY).data
    assert (told["day"], told["cafe"], told["count"]) == ("2026-03-03", "Café Haetsal", 2)
    assert (told["value_minor"], told["currency"], told["minor_digits"]) == (6000, "KRW", 0)
    first = told["redemptions"][0]
    assert (first["item"], first["holder"], first["value_minor"]) == ("Americano", "Willow", 3000)


def test_the_erased_have_no_name_at_the_counter(coupon: Coupon, till: APIClient) -> None:
    code = make.qr_of(coupon)
    coupon.holder.profile.delete()
    assert scan(till, code).data["holder"] == ""
    assert till.get(TODAY).data["redemptions"][0]["holder"] == ""


@pytest.mark.parametrize(("method", "path"), [("post", REDEEM), ("get", TODAY)])
def test_the_counter_is_for_tills(method: str, path: str, coupon: Coupon) -> None:
    assert getattr(APIClient(), method)(path).status_code == 401
    student = signed_in(coupon.holder.profile.user)
    assert getattr(student, method)(path).status_code == 404
