"""The money of campaigns: guarded like a stock, and free again when a coupon was not used."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import F

from points.coupons.models import Campaign, Coupon
from points.coupons.refusals import BudgetSpent


def take(coupon: Coupon) -> None:
    """
    Set aside what the café will be owed for a coupon, in one guarded update.

    :raises BudgetSpent: if the campaign has less left
    """
    if coupon.campaign_id is None:
        return
    enough = Campaign.objects.filter(pk=coupon.campaign_id, left_minor__gte=coupon.value_minor)
    if not enough.update(left_minor=F("left_minor") - coupon.value_minor):
        raise BudgetSpent


def give_back(coupons: Iterable[Coupon]) -> None:
    """What was set aside for coupons that will not be used is free again."""
    freed: Counter[int] = Counter()
    for coupon in coupons:
        if coupon.campaign_id is not None:
            freed[coupon.campaign_id] += coupon.value_minor
    # In the order of ids, so that two nights that free the same campaigns cannot wait in a ring.
    for campaign, minor in sorted(freed.items()):
        Campaign.objects.filter(pk=campaign).update(left_minor=F("left_minor") + minor)
