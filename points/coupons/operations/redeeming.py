"""
The use of a coupon at a counter, exactly once.

Three guards stand in one transaction, each enough alone: the conditional change of state, the
unique (coupon, generation) of a redemption, and the unique source of the transfer.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from campus.errors import CampusError
from points.coupons import codes, queries
from points.coupons.keys import keyring
from points.coupons.models import Cafe, Coupon, Redemption, Till
from points.coupons.operations import booking
from points.coupons.refusals import (
    AlreadyRedeemed,
    BlackedOut,
    CouponCancelled,
    CouponExpired,
    NotReadable,
    WrongCafe,
)

LATE = timedelta(hours=12)
State = Coupon.State
log = structlog.get_logger(__name__)


def redeem(
    *, code: str, cafe: Cafe, till: Till, at: datetime, scanned_at: datetime | None = None
) -> Redemption:
    """
    Use the coupon that a scanned or typed code proves. Every refusal is logged.

    It is judged in this order: genuine, of this café, valid, not used.

    :param scanned_at: when the till read the code, up to half a day ago, if the line was down: a
        code that is out of date now is then judged, and recorded, as of that moment

    :raises NotReadable: if the code is unknown, foreign, forged or out of date
    :raises WrongCafe: if a genuine code belongs to another café
    :raises CouponCancelled: if it was given back
    :raises CouponExpired: if its last day is over
    :raises BlackedOut: if it cannot be used at this hour
    :raises AlreadyRedeemed: if it was used before
    """
    try:
        return _redeem(codes.read(code), cafe, till, _moments(at, scanned_at))
    except CampusError as refusal:
        # Neither the code nor whose it is: a log is no place to look people up.
        log.warning("scan_refused", verdict=refusal.code, cafe=str(cafe.uid), till=str(till.uid))
        raise


def _moments(at: datetime, scanned_at: datetime | None) -> list[datetime]:
    """Now, and the moment of the scan if it is told and believable: a till's clock may be wrong."""
    kept = scanned_at is not None and at - LATE <= scanned_at < at
    return [at, scanned_at] if scanned_at and kept else [at]


@transaction.atomic
def _redeem(
    code: codes.Code | None, cafe: Cafe, till: Till, moments: Sequence[datetime]
) -> Redemption:
    coupon, at = _proven(code, cafe, moments)
    _judge(coupon, cafe, till, at)
    if not _use(coupon, cafe, at):
        coupon.refresh_from_db(fields=["state", "generation"])
        _judge(coupon, cafe, till, at)
        raise NotReadable  # used and undone in this very moment: its code is another now
    redemption = Redemption.objects.create(
        coupon=coupon,
        generation=coupon.generation,
        cafe=cafe,
        till=till,
        value_minor=coupon.value_minor,
        redeemed_at=at,
        recorded_at=moments[0],
    )
    booking.used(redemption=redemption)
    return redemption


def _proven(
    code: codes.Code | None, cafe: Cafe, moments: Sequence[datetime]
) -> tuple[Coupon, datetime]:
    """The coupon that a code proves, and the first of the moments at which it does."""
    for at in moments:
        coupon = queries.genuine(code=code, cafe=cafe, keyring=keyring(), at=at)
        if coupon is not None:
            return coupon, at
    raise NotReadable


def _judge(coupon: Coupon, cafe: Cafe, till: Till, at: datetime) -> None:
    """Refuse what cannot be used here and now, validity before use."""
    if coupon.cafe_id != cafe.pk:
        raise WrongCafe
    if coupon.state == State.CANCELLED:
        raise CouponCancelled
    if coupon.state == State.EXPIRED or coupon.expires_at <= at:
        last = coupon.expires_at - timedelta(seconds=1)
        raise CouponExpired(on=booking.day(coupon, last))
    free = queries.usable_from(what=coupon, at=at)
    if free is not None:
        raise BlackedOut(until=_near(free, at.astimezone(cafe.campus.zone)))
    use = queries.use_of(coupon=coupon)
    if use is not None:
        raise _already(use, cafe, till, at)


def _already(use: Redemption, cafe: Cafe, till: Till, at: datetime) -> AlreadyRedeemed:
    zone = cafe.campus.zone
    return AlreadyRedeemed(
        time=_near(use.redeemed_at.astimezone(zone), at.astimezone(zone)),
        at=use.redeemed_at.isoformat(),
        here="true" if use.till_id == till.pk else "false",
    )


def _near(then: datetime, now: datetime) -> str:
    """A local time, with its day if that is not today."""
    return f"{then:%H:%M}" if then.date() == now.date() else f"{then:%Y-%m-%d %H:%M}"


def _use(coupon: Coupon, cafe: Cafe, at: datetime) -> bool:
    """The conditional change of state; False if somebody else was faster."""
    ready = Coupon.objects.filter(
        pk=coupon.pk,
        state=State.ISSUED,
        expires_at__gt=at,
        cafe=cafe,
        generation=coupon.generation,
    )
    return ready.update(state=State.REDEEMED) == 1
