"""What is put on sale, out of which money, and what is sold out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from campus.places.models import Campus
from points.coupons import blackouts
from points.coupons.models import Cafe, Campaign, Offer
from points.coupons.refusals import ForeignCampaign


def open_campaign(
    *,
    campus: Campus,
    name: Mapping[str, str],
    budget_minor: int,
    opens_at: datetime,
    closes_at: datetime | None = None,
) -> Campaign:
    """Set money aside for offers, in minor units; they are on sale only while it is open."""
    return Campaign.objects.create(
        campus=campus,
        name=name,
        budget_minor=budget_minor,
        left_minor=budget_minor,
        opens_at=opens_at,
        closes_at=closes_at,
    )


def publish_offer(
    *,
    cafe: Cafe,
    title: Mapping[str, str],
    icon: str,
    price_cp: int,
    value_minor: int,
    opens_at: datetime,
    campaign: Campaign | None = None,
    blackout_hours: blackouts.Stored = (),
    **more: Any,
) -> Offer:
    """
    Put something on sale.

    :param value_minor: what the café is owed for each, in minor units
    :param blackout_hours: when it cannot be used, in the stored form of `blackouts`
    :param more: about, left, per_person, valid_days, closes_at as in the table

    :raises BlackoutRefused: if the hours cannot be read or leave no time
    :raises ForeignCampaign: if the campaign is another campus's
    """
    blackouts.read(blackout_hours)
    if campaign is not None and campaign.campus_id != cafe.campus_id:
        raise ForeignCampaign
    return Offer.objects.create(
        cafe=cafe,
        campaign=campaign,
        title=title,
        icon=icon,
        price_cp=price_cp,
        value_minor=value_minor,
        opens_at=opens_at,
        blackouts=list(blackout_hours),
        **more,
    )


def switch_sold_out(*, offer: Offer, sold_out: bool, at: datetime) -> Offer:
    """Let nobody buy an offer any more, or again; issued coupons are honoured all the same."""
    other = Offer.objects.filter(pk=offer.pk, sold_out_at__isnull=sold_out)
    other.update(sold_out_at=at if sold_out else None)
    offer.refresh_from_db(fields=["sold_out_at"])
    return offer
