"""What is put on sale, at which price against the café budget, and what is sold out."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from campus.api.texts import told
from campus.places.models import Campus
from points.coupons import blackouts, queries
from points.coupons.models import Cafe, Offer
from points.coupons.refusals import (
    BudgetInThePast,
    ClosesTooEarly,
    DearerThanBudget,
    ForeignCampaign,
    OffersDearer,
)
from points.earning import operations as earning
from points.earning.models import Budget

UNLIKE_AN_OFFER = {"uid", "cafe", "sold_out_at"}


@transaction.atomic
def publish_offer(*, cafe: Cafe, at: datetime, **fields: Any) -> Offer:
    """
    Put something on sale.

    :param fields: those of the table: title, icon, price_cp, value_minor and opens_at at least

    :raises BlackoutRefused: if its hours cannot be read or leave no time
    :raises ClosesTooEarly: if it closes before it opens
    :raises ForeignCampaign: if the campaign is another campus's
    :raises DearerThanBudget: if a point would cost the café money more than was set aside for it
    """
    offer = Offer(cafe=cafe, **fields)
    _look_over(offer, at)
    offer.save(force_insert=True)
    return offer


@transaction.atomic
def change_offer(*, offer: Offer, at: datetime, **changes: Any) -> Offer:
    """
    Change what is on sale. Coupons already issued keep the terms on which they were bought.

    :param changes: fields of the table with their new values
    :raises BlackoutRefused, ClosesTooEarly, ForeignCampaign, DearerThanBudget: as for a new one
    """
    _one_at_a_time(offer.cafe.campus)
    offer = queries.locked_offer(pk=offer.pk)
    for name, value in changes.items():
        assert name not in UNLIKE_AN_OFFER, name
        setattr(offer, name, value)
    _look_over(offer, at)
    offer.save(update_fields=list(changes))
    return offer


def switch_sold_out(*, offer: Offer, sold_out: bool, at: datetime) -> Offer:
    """Let nobody buy an offer any more, or again; issued coupons are honoured all the same."""
    other = Offer.objects.filter(pk=offer.pk, sold_out_at__isnull=sold_out)
    other.update(sold_out_at=at if sold_out else None)
    offer.refresh_from_db(fields=["sold_out_at"])
    return offer


@transaction.atomic
def set_budget(
    *, campus: Campus, valid_from: date, money_minor: int, minor_per_100_cp: int, at: datetime
) -> Budget:
    """
    Set money aside for the points issued from a day on, where every offer keeps to its price.

    :raises BudgetInThePast: if it would begin before the local day of `at`
    :raises BudgetStandsAlready: if one begins on that day
    :raises OffersDearer: if something on sale then costs more a point
    """
    _one_at_a_time(campus)
    if valid_from < at.astimezone(campus.zone).date():
        raise BudgetInThePast
    dearer = [
        offer
        for offer in queries.sold_after(campus=campus, day=valid_from)
        if offer.costs_more_than(minor_per_100_cp=minor_per_100_cp)
    ]
    if dearer:
        raise OffersDearer(offers=", ".join(told(offer.title) for offer in dearer))
    return earning.set_budget(
        campus=campus,
        valid_from=valid_from,
        money_minor=money_minor,
        minor_per_100_cp=minor_per_100_cp,
    )


def _look_over(offer: Offer, at: datetime) -> None:
    campus = offer.cafe.campus
    blackouts.read(offer.blackouts)
    if offer.closes_at is not None and offer.closes_at <= offer.opens_at:
        raise ClosesTooEarly
    if offer.campaign is not None and offer.campaign.campus_id != campus.pk:
        raise ForeignCampaign
    _one_at_a_time(campus)
    rate = queries.least_set_aside(offer=offer, at=at)
    if rate is not None and offer.costs_more_than(minor_per_100_cp=rate):
        raise DearerThanBudget(least=-(-offer.value_minor * 100 // rate))


def _one_at_a_time(campus: Campus) -> None:
    """New prices and budgets of a campus follow one another, so that each sees the other."""
    Campus.objects.select_for_update(no_key=True).get(pk=campus.pk)
