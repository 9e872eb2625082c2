"""Coupons whose last day is over: the right ends, the points with it, and its money is free."""

from datetime import datetime

from django.db import transaction

from campus.places.models import Campus
from points.coupons.models import Coupon
from points.coupons.operations import booking, money
from points.ledger import operations as ledger
from points.ledger.models import Code

CHUNK = 500


def expire_due(*, campus: Campus, at: datetime, night_run: int | None = None) -> int:
    """Expire unused coupons of a campus that are past `at`; returns how many. Safe to repeat."""
    total = 0
    while done := _expire_some(campus, at, night_run):
        total += done
    return total


@transaction.atomic
def _expire_some(campus: Campus, at: datetime, night_run: int | None) -> int:
    """One short transaction."""
    due = Coupon.objects.filter(
        state=Coupon.State.ISSUED, expires_at__lte=at, cafe__campus=campus
    ).order_by("pk")
    # Locked, so that a till which judges by an earlier instant waits and then finds them expired.
    rows = list(due.select_for_update(of=("self",)).select_related("cafe__campus")[:CHUNK])
    if not rows:
        return 0
    moves = [booking.expired(coupon=coupon) for coupon in rows]
    ledger.post(kind=Code.EXPIRED, moves=moves, at=at, night_run=night_run)
    Coupon.objects.filter(pk__in=[row.pk for row in rows]).update(state=Coupon.State.EXPIRED)
    money.give_back(rows)
    return len(rows)
