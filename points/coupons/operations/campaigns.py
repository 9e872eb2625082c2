"""Money set aside for offers: opened, and changed within what is bound already."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from campus.places.models import Campus
from points.coupons.models import Campaign
from points.coupons.refusals import CampaignBound, ClosesTooEarly


def open_campaign(
    *,
    campus: Campus,
    name: Mapping[str, str],
    budget_minor: int,
    opens_at: datetime,
    closes_at: datetime | None = None,
) -> Campaign:
    """
    Set money aside for offers, in minor units; they are on sale only while it is open.

    :raises ClosesTooEarly: if it closes before it opens
    """
    _look_over(opens_at, closes_at)
    return Campaign.objects.create(
        campus=campus,
        name=name,
        budget_minor=budget_minor,
        left_minor=budget_minor,
        opens_at=opens_at,
        closes_at=closes_at,
    )


@transaction.atomic
def change_campaign(
    *, campaign: Campaign, budget_minor: int | None = None, **changes: Any
) -> Campaign:
    """
    Change the money, the name or the time of a campaign. Coupons already issued stay good.

    :param changes: name, opens_at, closes_at
    :raises CampaignBound: if the money would no longer cover what was bought out of it
    :raises ClosesTooEarly: if it closes before it opens
    """
    campaign = Campaign.objects.select_for_update().select_related("campus").get(pk=campaign.pk)
    for name, value in changes.items():
        setattr(campaign, name, value)
    _look_over(campaign.opens_at, campaign.closes_at)
    if budget_minor is not None:
        bound = campaign.budget_minor - campaign.left_minor
        if budget_minor < bound:
            raise CampaignBound(least=bound)
        campaign.left_minor, campaign.budget_minor = budget_minor - bound, budget_minor
    campaign.save(update_fields=["budget_minor", "left_minor", *changes])
    return campaign


def _look_over(opens_at: datetime, closes_at: datetime | None) -> None:
    if closes_at is not None and closes_at <= opens_at:
        raise ClosesTooEarly
