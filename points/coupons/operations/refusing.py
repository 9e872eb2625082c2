"""What was refused at a counter is written down, without anything that leads to a person."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from campus.errors import CampusError
from campus.places.models import Campus
from points.coupons import codes, queries
from points.coupons.keys import keyring
from points.coupons.models import Coupon, RefusedScan, Till

REMEMBERED = timedelta(days=90)
AT_ONCE = timedelta(minutes=1)  # what is told later than this had been kept by its till
How = RefusedScan.How


def note_refused_scan(
    *,
    till: Till,
    text: str,
    refusal: CampusError,
    at: datetime,
    scanned_at: datetime | None = None,
) -> RefusedScan:
    """
    Write a refused scan down. Call it after the refusal's own transaction has ended.

    :param text: what the scanner or a hand entered; not kept
    :param scanned_at: when the till read it; a conflict if that is more than a minute ago
    """
    code = codes.read(text)
    known = _genuine(code, till, [at, scanned_at or at])
    named = code.coupon if isinstance(code, codes.Shown) else known.uid if known else None
    return RefusedScan.objects.create(
        cafe_id=till.cafe_id,
        till=till,
        verdict=refusal.code,
        facts={name: str(value) for name, value in refusal.facts.items()},
        how=_how(code),
        mark=salted_hmac("points.coupons.refused", named.hex).hexdigest()[:16] if named else "",
        offer_id=known.offer_id if known else None,
        scanned_at=scanned_at if scanned_at and scanned_at < at - AT_ONCE else None,
        told_at=at,
    )


def note_refused_pin(*, till: Till, refusal: CampusError, at: datetime) -> RefusedScan:
    """Write a wrong PIN down."""
    return RefusedScan.objects.create(
        cafe_id=till.cafe_id, till=till, verdict=refusal.code, how=How.PIN, told_at=at
    )


def forget_refused(*, campus: Campus, at: datetime) -> int:
    """Remove what was written down long ago; returns how many rows."""
    old = RefusedScan.objects.filter(cafe__campus=campus, told_at__lt=at - REMEMBERED)
    return old.delete()[0]


def _genuine(code: codes.Code | None, till: Till, moments: Sequence[datetime]) -> Coupon | None:
    """The coupon of a code that was refused for another reason than being forged."""
    found = (queries.genuine(code=code, cafe=till.cafe, keyring=keyring(), at=at) for at in moments)
    return next((coupon for coupon in found if coupon), None)


def _how(code: codes.Code | None) -> str:
    if code is None:
        return How.OTHER
    return How.QR if isinstance(code, codes.Shown) else How.TYPED
