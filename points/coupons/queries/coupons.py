"""Reading a student's coupons, and what a code proves."""

from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from campus.people import queries as people
from campus.people.models import Holder, Profile
from points.coupons import blackouts, codes
from points.coupons.keys import Keyring
from points.coupons.models import Cafe, Coupon, Gift, Offer, Redemption
from points.coupons.queries.found import found

State = Coupon.State


def coupons_of(*, holder: Holder) -> QuerySet[Coupon]:
    """
    A holder's coupons, newest first.

    Each has `redeemed_at` if it is used, and `payer` if it has been given away: who gave it first.
    """
    uses = Redemption.objects.filter(coupon=OuterRef("pk"), generation=OuterRef("generation"))
    givers = Gift.objects.filter(coupon=OuterRef("pk")).order_by("generation")
    return (
        Coupon.objects.filter(holder=holder)
        .select_related("offer", "cafe__campus")
        .annotate(
            redeemed_at=Subquery(uses.values("redeemed_at")[:1]),
            payer=Subquery(givers.values("giver")[:1]),
        )
        .order_by("-pk")
    )


def payer_of(*, coupon: Coupon) -> int:
    """The holder id of who paid a coupon: who gave it away first, else who holds it."""
    first = Gift.objects.filter(coupon=coupon).order_by("generation").first()
    return first.giver_id if first else coupon.holder_id


def coupon_of(*, holder: Holder, uid: str) -> Coupon:
    """
    One of a holder's own coupons, as in `coupons_of`.

    :raises NotFound: if it is somebody else's or does not exist
    """
    return found(coupons_of(holder=holder).filter(uid=uid).first())


def usable_by(*, holder: Holder, at: datetime) -> int:
    """How many coupons a holder could use at an instant."""
    return Coupon.objects.filter(holder=holder, state=State.ISSUED, expires_at__gt=at).count()


def usable_from(*, what: Coupon | Offer, at: datetime) -> datetime | None:
    """The local moment when the blackout of a coupon or offer ends; None if it is in none."""
    zone = what.cafe.campus.zone
    local = at.astimezone(zone).replace(tzinfo=None)
    free = blackouts.until(blackouts.read(what.blackouts), local=local)
    return free.replace(tzinfo=zone) if free else None


def room_mates(*, holder: Holder, day: date) -> list[Profile]:
    """Who shares a holder's room in the night of `day`, by nickname; the erased are absent."""
    room = people.room_of(holder=holder, day=day)
    if room is None:
        return []
    later = Q(holder__residencies__ends_on=None) | Q(holder__residencies__ends_on__gt=day)
    present = Profile.objects.filter(
        later, holder__residencies__room=room, holder__residencies__starts_on__lte=day
    )
    others = present.exclude(holder=holder).select_related("user", "holder")
    return list(others.order_by("nickname", "pk"))


def genuine(
    *, code: codes.Code | None, cafe: Cafe, keyring: Keyring, at: datetime
) -> Coupon | None:
    """
    The coupon that a code proves at an instant, of any café for a QR code, of this one if typed.

    Unknown, foreign and forged codes take the same path: something is always judged.
    """
    if code is None:
        return None
    proven: Coupon | None = None
    candidates: list[Coupon | None] = [*_candidates(code, cafe)]
    for coupon in candidates or [None]:
        if codes.proves(code, _signer(coupon, keyring), at=at):
            proven = coupon
    return proven


def _candidates(code: codes.Code, cafe: Cafe) -> QuerySet[Coupon]:
    rows = Coupon.objects.select_related("offer", "cafe__campus", "cafe__holder", "holder")
    if isinstance(code, codes.Shown):
        return rows.filter(uid=code.coupon)
    return rows.filter(cafe=cafe, handle=code.handle).order_by("pk")


def _signer(coupon: Coupon | None, keyring: Keyring) -> codes.Signer:
    return (signer(coupon=coupon, keyring=keyring) if coupon else None) or codes.DECOY


def signer(*, coupon: Coupon, keyring: Keyring) -> codes.Signer | None:
    """What makes the codes of a coupon's present generation; None if its master key is lost."""
    return keyring.signer(
        kid=coupon.kid,
        coupon=coupon.uid,
        generation=coupon.generation,
        handle=coupon.handle,
    )


def needed_keys() -> dict[str, int]:
    """Kid -> how many unused coupons are proven by it."""
    rows = Coupon.objects.filter(state=State.ISSUED).values_list("kid")
    return dict(rows.annotate(coupons=Count("pk")))
