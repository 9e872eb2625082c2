"""Reading cafés, their devices, and who buys from them."""

from django.db.models import Prefetch, QuerySet

from campus.places.models import Campus
from points.coupons.models import Cafe, SettlementTerms, Till
from points.coupons.queries.found import found


def cafes_of(*, campuses: QuerySet[Campus]) -> list[Cafe]:
    """Every café of some campuses."""
    rows = Cafe.objects.filter(campus__in=campuses).select_related("campus", "holder")
    return list(rows.order_by("pk"))


def cafe_on(*, campuses: QuerySet[Campus], uid: str) -> Cafe:
    """
    A café of one of some campuses.

    :raises NotFound: if it is elsewhere or does not exist
    """
    rows = Cafe.objects.filter(campus__in=campuses, uid=uid)
    return found(rows.select_related("campus", "holder").first())


def equipped_cafes(*, campus: Campus) -> list[Cafe]:
    """Every café of a campus, each with `devices`: its tills, the newest first."""
    tills = Till.objects.select_related("user").order_by("-pk")
    rows = Cafe.objects.filter(campus=campus)
    return list(rows.prefetch_related(Prefetch("tills", tills, to_attr="devices")).order_by("pk"))


def till_on(*, campuses: QuerySet[Campus], uid: str) -> Till:
    """
    A device, also a retired one, of a café on one of some campuses.

    :raises NotFound: if it is elsewhere or does not exist
    """
    rows = Till.objects.filter(cafe__campus__in=campuses, uid=uid)
    return found(rows.select_related("user", "cafe").first())


def buyer_of(*, campus: Campus) -> SettlementTerms | None:
    """The buyer on the statements of a campus, if it was entered."""
    return SettlementTerms.objects.filter(campus=campus).first()
