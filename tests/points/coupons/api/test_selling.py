"""Campaigns, offers and the budget as a manager of the campus meets them."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from points.coupons import operations
from points.coupons.models import Cafe, Campaign, Offer
from points.earning.models import Budget
from tests import factories
from tests.points.coupons import making as make
from tests.points.coupons.api.asking import post, signed_in

pytestmark = pytest.mark.django_db
CAMPAIGNS, OFFERS = "/api/v1/manage/campaigns/", "/api/v1/manage/offers/"
BUDGET = "/api/v1/manage/budget/"
NAME = {"en": "Spring", "ko": "봄"}
LUNCH = {"days": [1, 5], "from": "11:30", "to": "13:00"}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


@pytest.fixture
def cafe() -> Cafe:
    return make.a_cafe()


@pytest.fixture
def manager() -> APIClient:
    return signed_in(factories.a_manager())


@pytest.fixture
def stranger() -> APIClient:
    """A manager on another campus."""
    south = factories.a_campus(slug="south")
    return signed_in(factories.a_manager(residence=factories.a_residence(campus=south)))


def change(client: APIClient, url: str, **body: Any) -> Any:
    return client.patch(url, body, format="json")


def publish(client: APIClient, cafe: Cafe, **fields: Any) -> Any:
    usual = {"title": NAME, "icon": "cup", "price_cp": 150, "value_minor": 1500}
    return post(client, OFFERS, {"cafe": str(cafe.uid), **usual, **fields})


def set_budget(client: APIClient, rate: int = 1000, valid_from: str = "2026-03-03") -> Any:
    body = {"valid_from": valid_from, "money_minor": 50_000, "minor_per_100_cp": rate}
    return post(client, BUDGET, body)


def test_a_campaign_is_opened_once_and_told(manager: APIClient) -> None:
    body = {"name": NAME, "budget_minor": 90_000, "closes_at": "2026-06-22T00:00:00Z"}
    first, again = (post(manager, CAMPAIGNS, body, "campaign-1") for _each in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    campaign = Campaign.objects.get()
    assert manager.get(CAMPAIGNS).data == [first.data] == [again.data]
    assert first.data == {
        "uid": str(campaign.uid),
        "title": "Spring",
        "name": NAME,
        "state": "OPEN",
        "budget_minor": 90_000,
        "left_minor": 90_000,
        "currency": "KRW",
        "minor_digits": 0,
        "opens_at": "2026-03-03T05:00:10Z",
        "closes_at": "2026-06-22T00:00:00Z",
        "offers": 0,
    }


def test_the_money_of_a_campaign_never_falls_below_what_is_bound(manager: APIClient) -> None:
    campaign = make.a_campaign(budget_minor=9000)
    make.a_coupon(offer=make.an_offer(campaign=campaign))
    url = f"{CAMPAIGNS}{campaign.uid}/"
    refused = change(manager, url, budget_minor=2999)
    assert (refused.status_code, refused.data["code"]) == (409, "campaign_bound")
    assert refused.data["facts"] == {"least": "3000"}
    told = change(manager, url, budget_minor=4000, closes_at=None).data
    assert (told["budget_minor"], told["left_minor"], told["offers"]) == (4000, 1000, 1)


def test_an_offer_is_published_with_all_that_bounds_it(manager: APIClient, cafe: Cafe) -> None:
    campaign = make.a_campaign()
    told = publish(
        manager,
        cafe,
        campaign=str(campaign.uid),
        stock=40,
        per_person=2,
        valid_days=14,
        blackouts=[LUNCH],
        about={},
    )
    assert told.status_code == 201
    offer = Offer.objects.get()
    assert told.data == {
        "uid": str(offer.uid),
        "cafe": {"uid": str(cafe.uid), "name": "Café Haetsal"},
        "campaign": str(campaign.uid),
        "name": "Spring",
        "title": NAME,
        "about": {},
        "icon": "cup",
        "state": "OPEN",
        "price_cp": 150,
        "value_minor": 1500,
        "currency": "KRW",
        "minor_digits": 0,
        "stock": 40,
        "left": 40,
        "sold_out": False,
        "per_person": 2,
        "valid_days": 14,
        "blackouts": [LUNCH],
        "opens_at": "2026-03-03T05:00:10Z",
        "closes_at": None,
        "ready": 0,
        "used": 0,
    }


def test_a_changed_offer_leaves_issued_coupons_as_they_were(manager: APIClient) -> None:
    offer = make.an_offer(price_cp=300)
    coupon = make.a_coupon(offer=offer)
    told = change(manager, f"{OFFERS}{offer.uid}/", price_cp=400, sold_out=True, valid_days=7)
    assert (told.data["price_cp"], told.data["sold_out"], told.data["ready"]) == (400, True, 1)
    coupon.refresh_from_db()
    assert coupon.price_cp == 300
    again = change(manager, f"{OFFERS}{offer.uid}/", sold_out=False)
    assert (again.data["sold_out"], again.data["price_cp"]) == (False, 400)


def test_an_offer_dearer_than_the_budget_is_refused_and_told_its_price(
    manager: APIClient, cafe: Cafe
) -> None:
    set_budget(manager)
    refused = publish(manager, cafe, price_cp=149)
    assert (refused.status_code, refused.data["code"]) == (409, "dearer_than_budget")
    assert refused.data["facts"] == {"least": "150"}
    assert "at least 150 points" in refused.data["detail"]
    assert not Offer.objects.exists()
    offer = publish(manager, cafe, price_cp=150).data
    refused = change(manager, f"{OFFERS}{offer['uid']}/", value_minor=1501, stock=3)
    assert refused.data["facts"] == {"least": "151"}
    assert Offer.objects.get().left is None


def test_an_offer_must_also_fit_a_budget_that_begins_while_it_is_on_sale(
    manager: APIClient, cafe: Cafe
) -> None:
    set_budget(manager)
    set_budget(manager, rate=500, valid_from="2026-04-01")
    assert publish(manager, cafe).data["code"] == "dearer_than_budget"
    before = publish(manager, cafe, closes_at="2026-03-31T14:00:00Z")
    assert before.status_code == 201


def test_a_budget_below_what_is_on_sale_is_refused_by_the_names_of_the_offers(
    manager: APIClient, cafe: Cafe
) -> None:
    publish(manager, cafe)
    refused = set_budget(manager, rate=999)
    assert (refused.status_code, refused.data["code"]) == (409, "offers_dearer")
    assert refused.data["facts"] == {"offers": "Spring"}
    assert not Budget.objects.exists()


def test_the_budget_says_what_was_set_aside_and_what_can_still_be_spent(
    manager: APIClient, cafe: Cafe
) -> None:
    publish(manager, cafe)
    set_budget(manager)
    make.a_coupon(offer=Offer.objects.get(), student=make.a_saver(cp=1000))
    told = manager.get(BUDGET).data
    assert told["what_happens"]
    assert {name: told[name] for name in told if name != "what_happens"} == {
        "state": "OPEN",
        "valid_from": "2026-03-03",
        "points": 5000,
        "issued": 0,  # two days before it began
        "left": 5000,
        "share_left": 100,
        "money_minor": 50_000,
        "minor_per_100_cp": 1000,
        "currency": "KRW",
        "minor_digits": 0,
        "in_wallets": 850,
        "in_coupons": 150,
        "dearest_minor_per_100_cp": 1000,
        "budgets": [
            {
                "valid_from": "2026-03-03",
                "money_minor": 50_000,
                "minor_per_100_cp": 1000,
                "points": 5000,
            }
        ],
    }


@pytest.mark.parametrize(
    ("valid_from", "code"),
    [("2026-03-02", "budget_in_the_past"), ("2026-03-03", "budget_stands_already")],
)
def test_a_budget_begins_in_time_and_once_a_day(
    manager: APIClient, valid_from: str, code: str
) -> None:
    assert set_budget(manager).status_code == 201
    refused = set_budget(manager, valid_from=valid_from)
    assert (refused.status_code, refused.data["code"]) == (409, code)
    assert Budget.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": {"en": ""}}, "invalid"),
        ({"price_cp": 0}, "invalid"),
        ({"blackouts": [{"days": [1], "from": "25:00", "to": "26:00"}]}, "blackout_refused"),
        ({"closes_at": "2026-03-01T00:00:00Z"}, "closes_too_early"),
        ({"campaign": "019a0000-0000-7000-8000-000000000000"}, "not_found"),
    ],
)
def test_an_offer_that_makes_no_sense_is_refused(
    manager: APIClient, cafe: Cafe, fields: dict[str, Any], code: str
) -> None:
    assert publish(manager, cafe, **fields).data["code"] == code
    assert not Offer.objects.exists()


def test_a_manager_of_another_campus_finds_and_changes_nothing(
    stranger: APIClient, cafe: Cafe
) -> None:
    campaign, offer = make.a_campaign(), make.an_offer(cafe=cafe)
    assert stranger.get(CAMPAIGNS).data == stranger.get(OFFERS).data == []
    assert change(stranger, f"{CAMPAIGNS}{campaign.uid}/", budget_minor=1).status_code == 404
    assert change(stranger, f"{OFFERS}{offer.uid}/", price_cp=1).status_code == 404
    assert publish(stranger, cafe).status_code == 404
    assert Offer.objects.get().price_cp == 300


def test_a_new_price_counts_from_the_next_purchase_on(manager: APIClient) -> None:
    offer = make.an_offer(price_cp=300)
    student = make.a_saver(cp=1000)
    change(manager, f"{OFFERS}{offer.uid}/", price_cp=200, value_minor=2000)
    offer.refresh_from_db()
    coupon = operations.buy(holder=student.holder, offer=offer, at=make.AT)
    assert (coupon.price_cp, coupon.value_minor) == (200, 2000)
