"""The counter: one scan, one answer; the day, and what is on sale."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from rest_framework.test import APIClient

from points.coupons import operations
from points.coupons.models import Coupon, Redemption, Till
from tests import factories
from tests.points.coupons import making as make
from tests.points.coupons.api.asking import CONFLICTS, OFFERS, REDEEM, TODAY, scan, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_o_clock")]
AT = make.AT


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


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", REDEEM),
        ("get", TODAY),
        ("get", CONFLICTS),
        ("post", f"{REDEEM}{UUID(int=7)}/undo/"),
        ("post", f"{REDEEM}{UUID(int=7)}/void/"),
        ("post", f"{OFFERS}{UUID(int=7)}/sold-out/"),
    ],
)
def test_the_counter_is_for_registered_tills(method: str, path: str, coupon: Coupon) -> None:
    assert getattr(APIClient(), method)(path).status_code == 401
    retired = make.a_till(coupon.cafe)
    operations.retire_till(till=retired, at=AT)
    unregistered = factories.a_till(cafe=coupon.cafe.holder)
    for user in (coupon.holder.profile.user, retired.user, unregistered):
        assert getattr(signed_in(user), method)(path).status_code == 404


def test_a_coupon_in_its_blackout_is_told_from_when_it_can_be_used(till: APIClient) -> None:
    hours = [{"days": [1, 2, 3, 4, 5, 6, 7], "from": "13:30", "to": "15:00"}]
    cafe = Till.objects.get().cafe
    coupon = make.a_coupon(offer=make.an_offer(cafe=cafe, blackouts=hours))
    answer = scan(till, make.qr_of(coupon))
    assert (answer.status_code, answer.data["code"]) == (409, "blackout")
    assert answer.data["facts"] == {"until": "15:00"}
    assert answer.data["detail"] == "This coupon can be used again from 15:00."
    free = AT.replace(hour=6, minute=0)
    with time_machine.travel(free, tick=False):
        assert scan(till, make.qr_of(coupon, free)).status_code == 201


def test_today_says_what_the_cafe_is_owed_and_when_it_is_paid(
    coupon: Coupon, till: APIClient
) -> None:
    told = till.get(TODAY).data
    assert (told["unpaid_minor"], told["next_payment_on"]) == (0, None)
    make.a_settling_cafe(name="Moon")  # the campus says how it settles
    scan(till, make.qr_of(coupon))
    told = till.get(TODAY).data
    assert (told["unpaid_minor"], told["next_payment_on"]) == (3000, "2026-04-11")


def test_today_says_what_a_till_may_take_back(coupon: Coupon, till: APIClient) -> None:
    scan(till, make.qr_of(coupon))
    [own] = till.get(TODAY).data["redemptions"]
    assert own["here"] is True
    assert (own["undo_until"], own["void_until"]) == (
        "2026-03-03T05:01:10Z",
        "2026-03-03T05:10:10Z",
    )
    [there] = signed_in(make.a_till(coupon.cafe).user).get(TODAY).data["redemptions"]
    assert there["here"] is False


def test_one_tap_says_that_an_offer_is_sold_out(coupon: Coupon, till: APIClient) -> None:
    offer = coupon.offer
    url = f"{OFFERS}{offer.uid}/sold-out/"
    row = {"uid": str(offer.uid), "title": "Americano", "icon": "cup", "left": None}
    assert till.get(TODAY).data["offers"] == [{**row, "sold_out": False}]
    answer = till.post(url, {"sold_out": True}, format="json")
    assert (answer.status_code, answer.data) == (200, {**row, "sold_out": True})
    assert till.get(TODAY).data["offers"] == [{**row, "sold_out": True}]
    buyer = signed_in(make.a_saver().user)
    assert buyer.get("/api/v1/offers/").data[0]["sold_out"] is True
    refused = buyer.post(
        f"/api/v1/offers/{offer.uid}/buy/", headers={"Idempotency-Key": "buy-00001"}
    )
    assert (refused.status_code, refused.data["code"]) == (409, "sold_out")
    assert scan(till, make.qr_of(coupon)).status_code == 201
    again = till.post(url, {"sold_out": False}, format="json")
    assert again.data["sold_out"] is False
    assert till.post(url, {}, format="json").status_code == 400


def test_another_cafes_offer_does_not_exist(till: APIClient) -> None:
    foreign = make.an_offer(cafe=make.a_cafe(name="Moon"))
    url = f"{OFFERS}{foreign.uid}/sold-out/"
    assert till.post(url, {"sold_out": True}, format="json").status_code == 404
    foreign.refresh_from_db()
    assert foreign.sold_out_at is None
