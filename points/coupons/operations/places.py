"""Places under the limit per person of an offer; a unique row guards each."""

from campus.people.models import Holder
from points.coupons.models import Coupon, Offer
from points.coupons.refusals import LimitReached


def free(*, offer: Offer, holder: Holder) -> int | None:
    """
    The lowest place that a holder has free; None if the offer has no limit.

    Hold the lock of the holder's wallet, so that nobody else takes it meanwhile.

    :raises LimitReached: if none is free
    """
    limit = offer.per_person
    if limit is None:
        return None
    own = Coupon.objects.filter(offer=offer, holder=holder, place__isnull=False)
    taken = set(own.values_list("place", flat=True))
    found = next((place for place in range(1, limit + 1) if place not in taken), None)
    if found is None:
        raise LimitReached(limit=limit)
    return found
