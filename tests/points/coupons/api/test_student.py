"""Offers and coupons as a student meets them."""

import base64
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from rest_framework.test import APIClient

from points.coupons import codes, operations
from points.coupons.models import Coupon, Offer
from tests import factories
from tests.points.coupons import making as make
from tests.points.coupons.api.asking import signed_in

pytestmark = pytest.mark.django_db
AT = make.AT
OFFERS, COUPONS = "/api/v1/offers/", "/api/v1/coupons/"


@pytest.fixture(autouse=True)
def _clock() -> object:
    with time_machine.travel(AT, tick=False):
        yield


def key(text: str = "key-00001") -> dict[str, str]:
    return {"Idempotency-Key": text}


def buy(client: APIClient, offer: Offer, keyed: str = "key-00001") -> object:
    return client.post(f"{OFFERS}{offer.uid}/buy/", headers=key(keyed))


def test_offers_are_told_in_the_language_of_the_asker() -> None:
    make.an_offer()
    user = make.a_saver().user
    said = {
        language: signed_in(user, language).get(OFFERS).data[0]["title"]
        for language in ("ko", "en", "zh-hans")
    }
    assert said == {"ko": "아메리카노", "en": "Americano", "zh-hans": "美式咖啡"}


def test_offers_show_what_is_open_on_the_own_campus() -> None:
    offer = make.an_offer(left=4, per_person=2)
    make.an_offer(cafe=offer.cafe, opens_at=AT + timedelta(hours=1))
    make.an_offer(cafe=offer.cafe, closes_at=AT)
    make.an_offer(cafe=make.a_cafe(campus=factories.a_campus(slug="south")))
    student = make.a_saver()
    make.a_coupon(offer=offer, student=student)
    [row] = signed_in(student.user).get(OFFERS).data
    cafe = {"uid": str(offer.cafe.uid), "name": "Café Haetsal"}
    assert row == {
        "uid": str(offer.uid),
        "title": "Americano",
        "about": "",
        "icon": "cup",
        "price_cp": 300,
        "cafe": cafe,
        "left": 3,
        "closes_at": None,
        "valid_days": 30,
        "per_person": 2,
        "mine": 1,
        "sold_out": False,
        "blackouts": [],
        "usable_now": True,
    }


def test_buying_answers_the_coupon() -> None:
    offer = make.an_offer()
    answer = buy(signed_in(make.a_saver().user), offer)
    assert answer.status_code == 201
    assert answer.data["state"] == "ISSUED"
    assert answer.data["price_cp"] == 300
    assert answer.data["uid"] == str(Coupon.objects.get().uid)
    assert "secret" not in answer.data


def test_buying_again_with_the_same_key_answers_the_same_coupon() -> None:
    offer, client = make.an_offer(), signed_in(make.a_saver().user)
    first, again = buy(client, offer), buy(client, offer)
    assert (again.status_code, again.data) == (201, first.data)
    assert Coupon.objects.count() == 1
    buy(client, offer, "key-00002")
    assert Coupon.objects.count() == 2


def test_buying_without_a_key_is_refused() -> None:
    offer = make.an_offer()
    answer = signed_in(make.a_saver().user).post(f"{OFFERS}{offer.uid}/buy/")
    assert (answer.status_code, answer.data["code"]) == (400, "idempotency_key_missing")
    assert not Coupon.objects.exists()


def test_buying_with_too_little_tells_how_much_is_missing() -> None:
    answer = buy(signed_in(make.a_saver(cp=100).user), make.an_offer())
    assert (answer.status_code, answer.data["code"]) == (409, "not_enough")
    assert answer.data["facts"]["missing"] == "200"


def test_an_offer_of_another_campus_does_not_exist() -> None:
    foreign = make.an_offer(cafe=make.a_cafe(campus=factories.a_campus(slug="south")))
    answer = buy(signed_in(make.a_saver().user), foreign)
    assert (answer.status_code, answer.data["code"]) == (404, "not_found")


def test_coupons_are_the_own_ones_newest_first() -> None:
    student, offer = make.a_saver(), make.an_offer()
    first = make.a_coupon(offer=offer, student=student)
    second = make.a_coupon(offer=offer, student=student)
    make.a_coupon(offer=offer)
    operations.redeem(code=make.qr_of(first), cafe=offer.cafe, till=make.a_till(offer.cafe), at=AT)
    page = signed_in(student.user).get(COUPONS).data
    found = [(row["uid"], row["state"], row["redeemed_at"]) for row in page["results"]]
    used_at = AT.isoformat().replace("+00:00", "Z")
    assert found == [(str(second.uid), "ISSUED", None), (str(first.uid), "REDEEMED", used_at)]
    assert page["results"][0]["cafe"]["name"] == "Café Haetsal"


def test_a_coupon_brings_what_the_phone_makes_codes_from() -> None:
    coupon = make.a_coupon()
    answer = signed_in(coupon.holder.profile.user).get(f"{COUPONS}{coupon.uid}/")
    told = answer.data
    phone = codes.Signer(
        kid=told["kid"],
        coupon=coupon.uid,
        generation=told["generation"],
        handle=told["handle"],
        secret=base64.b64decode(told["secret"]),
    )
    code = phone.qr_text(codes.step_at(AT))
    operations.redeem(code=code, cafe=coupon.cafe, till=make.a_till(coupon.cafe), at=AT)
    assert told["step_seconds"] == 30
    assert told["server_time"] == AT.isoformat().replace("+00:00", "Z")
    assert answer["Cache-Control"] == "no-store"


def test_a_coupon_that_cannot_be_used_brings_no_secret() -> None:
    coupon = make.a_coupon()
    client = signed_in(coupon.holder.profile.user)
    with time_machine.travel(coupon.expires_at, tick=False):
        told = client.get(f"{COUPONS}{coupon.uid}/").data
    assert told["state"] == "EXPIRED"
    assert not {"secret", "handle", "kid"} & set(told)


@pytest.mark.parametrize("path", ["", "give-back/"])
def test_somebody_elses_coupon_does_not_exist(path: str) -> None:
    coupon, client = make.a_coupon(), signed_in(make.a_saver().user)
    answers = [
        client.generic("POST" if path else "GET", f"{COUPONS}{uid}/{path}", headers=key(str(uid)))
        for uid in (coupon.uid, uuid4())
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json()["code"] == answers[1].json()["code"] == "not_found"
    assert Coupon.objects.get().state == "ISSUED"


def test_an_unused_coupon_can_be_given_back_once() -> None:
    coupon = make.a_coupon()
    client = signed_in(coupon.holder.profile.user)
    url = f"{COUPONS}{coupon.uid}/give-back/"
    first, same = (client.post(url, headers=key()) for _each in range(2))
    assert (first.status_code, first.data["state"]) == (200, "CANCELLED")
    assert (same.status_code, same.data) == (200, first.data)
    later = client.post(url, headers=key("key-00002"))
    assert (later.status_code, later.data["code"]) == (409, "not_refundable")
    assert make.book() == {"ISSUER": -1000, "WALLET": 1000}


def test_an_own_coupon_can_be_refunded_until_it_is_used() -> None:
    coupon = make.a_coupon()
    client = signed_in(coupon.holder.profile.user)
    told = client.get(f"{COUPONS}{coupon.uid}/").data
    assert (told["received"], told["refundable"]) == (False, True)
    till = make.a_till(coupon.cafe)
    operations.redeem(code=make.qr_of(coupon), cafe=coupon.cafe, till=till, at=AT)
    assert client.get(f"{COUPONS}{coupon.uid}/").data["refundable"] is False


def test_hours_are_told_before_and_after_buying() -> None:
    # Tuesday 14:00 in Seoul.
    hours = [{"days": [2], "from": "13:30", "to": "15:00"}]
    offer = make.an_offer(blackouts=hours)
    client = signed_in(make.a_saver().user)
    [row] = client.get(OFFERS).data
    assert (row["blackouts"], row["usable_now"]) == (hours, False)
    bought = buy(client, offer).data
    assert (bought["blackouts"], bought["usable_now"]) == (hours, False)
    Offer.objects.update(blackouts=[])
    later = AT + timedelta(hours=1)
    with time_machine.travel(later, tick=False):
        told = client.get(f"{COUPONS}{bought['uid']}/").data
    assert (told["blackouts"], told["usable_now"]) == (hours, True)


def test_what_a_campaign_cannot_pay_any_more_is_told_as_sold_out() -> None:
    offer = make.an_offer(campaign=make.a_campaign(budget_minor=3000))
    client = signed_in(make.a_saver().user)
    before = client.get(OFFERS).data[0]
    buy(client, offer)
    after = client.get(OFFERS).data[0]
    assert [(row["left"], row["sold_out"]) for row in (before, after)] == [(1, False), (0, True)]
    refused = buy(client, offer, "key-00002")
    assert (refused.status_code, refused.data["code"]) == (409, "budget_spent")


@pytest.mark.parametrize("path", [OFFERS, COUPONS, f"{COUPONS}{UUID(int=7)}/"])
def test_students_pages_are_for_students(path: str) -> None:
    till = make.a_till(make.a_cafe()).user
    assert APIClient().get(path).status_code == 401
    assert signed_in(till).get(path).status_code == 404
