"""Reading what is on sale."""

from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from campus import clock
from campus.people.models import Holder
from campus.places.models import Campus
from points.coupons.models import Cafe, Campaign, Coupon, Offer
from points.coupons.queries.found import found
from points.earning import queries as earning


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


def managed_offers(*, campuses: QuerySet[Campus]) -> QuerySet[Offer]:
    """
    Every offer of the cafés of some campuses, also closed ones, the newest first.

    Each with `ready` and `used`: how many coupons of it can be used, and were.
    """
    states = Coupon.State
    return (
        Offer.objects.filter(cafe__campus__in=campuses)
        .select_related("cafe__campus", "campaign")
        .annotate(
            ready=Count("coupons", filter=Q(coupons__state=states.ISSUED)),
            used=Count("coupons", filter=Q(coupons__state=states.REDEEMED)),
        )
        .order_by("-pk")
    )


def managed_offer(*, campuses: QuerySet[Campus], uid: str) -> Offer:
    """
    An offer on one of some campuses, as in :func:`managed_offers`.

    :raises NotFound: if it is elsewhere or does not exist
    """
    return found(managed_offers(campuses=campuses).filter(uid=uid).first())


def locked_offer(*, pk: int) -> Offer:
    """An offer that nobody else changes until the transaction ends."""
    rows = Offer.objects.select_for_update(of=("self",)).select_related("cafe__campus", "campaign")
    return rows.get(pk=pk)


def campaigns_of(*, campuses: QuerySet[Campus]) -> QuerySet[Campaign]:
    """The campaigns of some campuses, newest first, each with `bears`: how many offers."""
    rows = Campaign.objects.filter(campus__in=campuses).select_related("campus")
    return rows.annotate(bears=Count("offers")).order_by("-pk")


def campaign_of(*, campuses: QuerySet[Campus], uid: str) -> Campaign:
    """
    A campaign of one of some campuses, as in :func:`campaigns_of`.

    :raises NotFound: if it is elsewhere or does not exist
    """
    return found(campaigns_of(campuses=campuses).filter(uid=uid).first())


def sold_after(*, campus: Campus, day: date) -> list[Offer]:
    """What is or will be on sale at the start of a local day, or after it."""
    starts = clock.day_starts(day, zone=campus.zone)
    rows = Offer.objects.filter(cafe__campus=campus)
    return list(rows.filter(Q(closes_at=None) | Q(closes_at__gt=starts)).order_by("pk"))


def least_set_aside(*, offer: Offer, at: datetime) -> int | None:
    """
    The least, in minor units for 100 points, that any budget sets aside while an offer is on sale.

    :returns: None if no budget is in force then
    """
    zone = offer.cafe.campus.zone
    since = max(at, offer.opens_at).astimezone(zone).date()
    until = offer.closes_at.astimezone(zone).date() if offer.closes_at else None
    budgets = earning.budgets_from(campus=offer.cafe.campus, day=since)
    rates = [row.minor_per_100_cp for row in budgets if not until or row.valid_from <= until]
    return min(rates, default=None)


def dearest(*, campus: Campus, day: date) -> int | None:
    """The most, in minor units for 100 points, that anything on sale from a day on costs."""
    rates = [
        -(-offer.value_minor * 100 // offer.price_cp)
        for offer in sold_after(campus=campus, day=day)
    ]
    return max(rates, default=None)
