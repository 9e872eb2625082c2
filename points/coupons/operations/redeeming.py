"""
The use of a coupon at a counter, exactly once, and its undoing.

Three guards stand in one transaction, each enough alone: the conditional change of state, the
unique (coupon, generation) of a redemption, and the unique source of the transfer.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F

from campus.errors import CampusError
from campus.people.models import User
from points.coupons import codes, queries
from points.coupons.keys import keyring
from points.coupons.models import Cafe, Coupon, Redemption, Undoing
from points.coupons.operations import booking
from points.coupons.refusals import (
    AlreadyRedeemed,
    AlreadyUndone,
    CouponCancelled,
    CouponExpired,
    NotReadable,
    UndoTooLate,
    WrongCafe,
)

UNDO_SECONDS = 60
LATE = timedelta(hours=12)
State = Coupon.State
log = structlog.get_logger(__name__)


def redeem(
    *, code: str, cafe: Cafe, till: User, at: datetime, scanned_at: datetime | None = None
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
    code: codes.Code | None, cafe: Cafe, till: User, moments: Sequence[datetime]
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


def _judge(coupon: Coupon, cafe: Cafe, till: User, at: datetime) -> None:
    """Refuse what cannot be used here and now, validity before use."""
    if coupon.cafe_id != cafe.pk:
        raise WrongCafe
    if coupon.state == State.CANCELLED:
        raise CouponCancelled
    if coupon.state == State.EXPIRED or coupon.expires_at <= at:
        last = coupon.expires_at - timedelta(seconds=1)
        raise CouponExpired(on=booking.day(coupon, last))
    use = queries.use_of(coupon=coupon)
    if use is not None:
        raise _already(use, cafe, till, at)


def _already(use: Redemption, cafe: Cafe, till: User, at: datetime) -> AlreadyRedeemed:
    zone = cafe.campus.zone
    then = use.redeemed_at.astimezone(zone)
    same_day = then.date() == at.astimezone(zone).date()
    return AlreadyRedeemed(
        time=f"{then:%H:%M}" if same_day else f"{then:%Y-%m-%d %H:%M}",
        at=use.redeemed_at.isoformat(),
        here="true" if use.till_id == till.pk else "false",
    )


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


def undo_until(*, redemption: Redemption) -> datetime:
    """Up to when the same till may take a use back."""
    return redemption.redeemed_at + timedelta(seconds=UNDO_SECONDS)


@transaction.atomic
def undo(*, redemption: Redemption, till: User, at: datetime) -> Undoing:
    """
    Take back a use shortly after it, at the same till; the coupon goes on in its next generation.

    :raises UndoTooLate: if it was at another till or longer ago than a minute
    :raises AlreadyUndone: if it was undone before
    """
    if redemption.till_id != till.pk or at > undo_until(redemption=redemption):
        raise UndoTooLate(seconds=UNDO_SECONDS)
    used = Coupon.objects.filter(
        pk=redemption.coupon_id, state=State.REDEEMED, generation=redemption.generation
    )
    # The next generation has another secret: a code seen before the undoing is worthless.
    if not used.update(state=State.ISSUED, generation=F("generation") + 1):
        raise AlreadyUndone
    undoing = Undoing.objects.create(redemption=redemption, till=till, undone_at=at)
    booking.undone(redemption=redemption, at=at)
    return undoing
