"""Reading what is on sale."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from campus.people.models import Holder
from campus.places.models import Campus
from points.coupons.models import Cafe, Offer
from points.coupons.queries.found import found


def on_sale(*, campus: Campus, holder: Holder, at: datetime) -> QuerySet[Offer]:
    """Open offers of a campus, each with `mine`: how many its limit counts for a holder."""
    mine = Count("coupons", filter=Q(coupons__holder=holder, coupons__place__isnull=False))
    open_campaign = Q(campaign=None) | _open("campaign__", at)
    return (
        Offer.objects.filter(_open("", at), open_campaign, cafe__campus=campus)
        .select_related("cafe__campus", "campaign")
        .annotate(mine=mine)
        .order_by("cafe_id", "price_cp", "pk")
    )


def _open(whose: str, at: datetime) -> Q:
    begun = Q(**{f"{whose}opens_at__lte": at})
    return begun & (Q(**{f"{whose}closes_at": None}) | Q(**{f"{whose}closes_at__gt": at}))


def offer(*, campus: Campus, uid: str) -> Offer:
    """
    An offer of a campus, open or not.

    :raises NotFound: if the campus has none of this id
    """
    rows = Offer.objects.filter(uid=uid, cafe__campus=campus)
    return found(rows.select_related("cafe__holder", "cafe__campus", "campaign").first())


def offers_at(*, cafe: Cafe, at: datetime) -> list[Offer]:
    """What a café sells at an instant, also what is sold out."""
    rows = Offer.objects.filter(_open("", at), cafe=cafe).select_related("campaign")
    return list(rows.order_by("price_cp", "pk"))


def offer_at(*, cafe: Cafe, uid: str) -> Offer:
    """
    An offer of a café.

    :raises NotFound: if it is another café's or does not exist
    """
    return found(Offer.objects.filter(cafe=cafe, uid=uid).select_related("campaign").first())
