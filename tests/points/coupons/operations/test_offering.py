"""What is put on sale, out of which money, and what is sold out."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from points.coupons import operations, queries
from points.coupons.blackouts import BlackoutRefused
from points.coupons.models import Campaign, Coupon, Offer
from points.coupons.refusals import BudgetSpent, ForeignCampaign, OfferClosed, SoldOut
from tests import factories
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT
NAME = {"en": "Spring"}


def left() -> int:
    return Campaign.objects.get().left_minor


def on_campaign(budget: int, **fields: Any) -> Offer:
    """An americano worth 3,000 won out of a budget."""
    return make.an_offer(campaign=make.a_campaign(budget_minor=budget), **fields)


def test_each_purchase_sets_aside_what_the_cafe_will_be_owed() -> None:
    offer = on_campaign(10_000)
    coupon = make.a_coupon(offer=offer)
    assert left() == 7000
    assert coupon.campaign == offer.campaign


def test_buy_refuses_what_the_money_does_not_cover_and_leaves_no_trace() -> None:
    offer = on_campaign(5999, left=9)
    make.a_coupon(offer=offer)
    before = make.book()
    buyer = make.a_saver()
    with pytest.raises(BudgetSpent):
        operations.buy(holder=buyer.holder, offer=offer, at=AT)
    assert left() == 2999
    assert Offer.objects.get().left == 8
    assert Coupon.objects.count() == 1
    assert make.book()["COUPON_LIABILITY"] == before["COUPON_LIABILITY"]


def test_offers_of_one_campaign_share_its_money() -> None:
    first = on_campaign(6000)
    second = make.an_offer(cafe=first.cafe, campaign=first.campaign, value_minor=4000)
    make.a_coupon(offer=second)
    with pytest.raises(BudgetSpent):
        make.a_coupon(offer=first)
    assert left() == 2000


def test_money_of_what_is_given_back_or_expires_is_free_again() -> None:
    offer = on_campaign(6000)
    back, lapses = (make.a_coupon(offer=offer) for _each in range(2))
    assert left() == 0
    operations.give_back(coupon=back, at=AT)
    assert left() == 3000
    Campaign.objects.update(opens_at=AT)  # whatever becomes of the campaign meanwhile
    operations.expire_due(campus=offer.cafe.campus, at=lapses.expires_at)
    assert left() == 6000


def test_money_of_what_was_used_stays_spent() -> None:
    offer = on_campaign(6000)
    coupon = make.a_coupon(offer=offer)
    till = make.a_till(offer.cafe)
    operations.redeem(code=make.qr_of(coupon), cafe=offer.cafe, till=till, at=AT)
    operations.expire_due(campus=offer.cafe.campus, at=coupon.expires_at)
    assert left() == 3000


def test_freed_money_goes_to_the_campaign_that_paid() -> None:
    offer = on_campaign(3000)
    coupon = make.a_coupon(offer=offer)
    other = make.a_campaign(budget_minor=9000)
    Offer.objects.update(campaign=other)
    operations.give_back(coupon=coupon, at=AT)
    assert Campaign.objects.get(pk=coupon.campaign_id).left_minor == 3000
    assert Campaign.objects.get(pk=other.pk).left_minor == 9000


@pytest.mark.parametrize("left_minor", [-1, 10_001])
def test_the_database_keeps_money_within_its_budget(left_minor: int) -> None:
    make.a_campaign(budget_minor=10_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.update(left_minor=left_minor)


def test_an_offer_is_open_only_while_its_campaign_is() -> None:
    campaign = make.a_campaign(opens_at=AT - timedelta(hours=1), closes_at=AT)
    offer = make.an_offer(campaign=campaign)
    student = make.a_saver(campus=offer.cafe.campus)
    early = AT - timedelta(minutes=1)
    on_sale = [
        list(queries.on_sale(campus=offer.cafe.campus, holder=student.holder, at=at))
        for at in (early, AT)
    ]
    assert on_sale == [[offer], []]
    operations.buy(holder=student.holder, offer=offer, at=early)
    with pytest.raises(OfferClosed):
        operations.buy(holder=student.holder, offer=offer, at=AT)


@pytest.mark.parametrize(
    ("stock", "budget", "available"),
    [(None, None, None), (4, None, 4), (None, 10_000, 3), (2, 10_000, 2), (9, 2999, 0)],
)
def test_what_is_left_counts_stock_and_money(
    stock: int | None, budget: int | None, available: int | None
) -> None:
    campaign = make.a_campaign(budget_minor=budget) if budget else None
    offer = make.an_offer(left=stock, campaign=campaign)
    assert offer.available() == available
    assert offer.is_sold_out() == (available == 0)


def test_what_costs_the_campus_nothing_is_not_limited_by_its_money() -> None:
    offer = on_campaign(0, value_minor=0)
    assert offer.available() is None
    make.a_coupon(offer=offer)


def test_one_tap_ends_the_sale_and_issued_coupons_are_honoured() -> None:
    coupon = make.a_coupon()
    offer = operations.switch_sold_out(offer=coupon.offer, sold_out=True, at=AT)
    assert offer.is_sold_out()
    with pytest.raises(SoldOut):
        operations.buy(holder=make.a_saver().holder, offer=offer, at=AT)
    till = make.a_till(coupon.cafe)
    operations.redeem(code=make.qr_of(coupon), cafe=coupon.cafe, till=till, at=AT)
    assert make.book()["CAFE"] == 300


def test_another_tap_opens_the_sale_again_and_two_taps_are_one() -> None:
    offer = make.an_offer()
    for minutes in (0, 5):
        at = AT + timedelta(minutes=minutes)
        offer = operations.switch_sold_out(offer=offer, sold_out=True, at=at)
    assert offer.sold_out_at == AT
    offer = operations.switch_sold_out(offer=offer, sold_out=False, at=AT)
    assert not offer.is_sold_out()
    make.a_coupon(offer=offer)


def publish(**fields: Any) -> Offer:
    cafe = fields.pop("cafe", None) or make.a_cafe()
    usual = {"title": NAME, "icon": "cup", "price_cp": 300, "value_minor": 3000, "opens_at": AT}
    return operations.publish_offer(cafe=cafe, at=AT, **usual | fields)


def test_an_offer_is_published_with_its_hours_and_campaign() -> None:
    cafe = make.a_cafe()
    campaign = operations.open_campaign(
        campus=cafe.campus, name=NAME, budget_minor=9000, opens_at=AT
    )
    hours = [{"days": [1], "from": "11:30", "to": "13:00"}]
    offer = publish(cafe=cafe, campaign=campaign, blackouts=hours, left=5, per_person=2)
    offer.refresh_from_db()
    assert (offer.blackouts, offer.left, offer.per_person) == (hours, 5, 2)
    assert (campaign.left_minor, offer.campaign) == (9000, campaign)


def test_an_offer_with_hours_that_cannot_be_read_is_not_published() -> None:
    with pytest.raises(BlackoutRefused):
        publish(blackouts=[{"days": [9], "from": "11:30", "to": "13:00"}])
    assert not Offer.objects.exists()


def test_an_offer_cannot_spend_the_money_of_another_campus() -> None:
    campaign = make.a_campaign(campus=factories.a_campus(slug="south"))
    with pytest.raises(ForeignCampaign):
        publish(campaign=campaign)
    assert not Offer.objects.exists()
