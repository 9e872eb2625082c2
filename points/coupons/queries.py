"""Reading offers, coupons and what a counter did."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from campus import clock
from campus.errors import NotFound
from campus.people.models import Holder
from campus.people.queries import nicknames
from campus.places.models import Campus
from points.coupons import codes
from points.coupons.keys import Keyring
from points.coupons.models import Cafe, Coupon, Offer, Redemption

State = Coupon.State
T = TypeVar("T")


def on_sale(*, campus: Campus, holder: Holder, at: datetime) -> QuerySet[Offer]:
    """Open offers of a campus, each with `mine`: how many its limit counts for a holder."""
    mine = Count("coupons", filter=Q(coupons__holder=holder, coupons__place__isnull=False))
    return (
        Offer.objects.filter(_open(at), cafe__campus=campus)
        .select_related("cafe")
        .annotate(mine=mine)
        .order_by("cafe_id", "price_cp", "pk")
    )


def _open(at: datetime) -> Q:
    return Q(opens_at__lte=at) & (Q(closes_at=None) | Q(closes_at__gt=at))


def offer(*, campus: Campus, uid: str) -> Offer:
    """
    An offer of a campus, open or not.

    :raises NotFound: if the campus has none of this id
    """
    rows = Offer.objects.filter(uid=uid, cafe__campus=campus)
    return _found(rows.select_related("cafe__holder", "cafe__campus").first())


def coupons_of(*, holder: Holder) -> QuerySet[Coupon]:
    """A holder's coupons, newest first, each with `redeemed_at` if it is used."""
    uses = Redemption.objects.filter(coupon=OuterRef("pk"), generation=OuterRef("generation"))
    return (
        Coupon.objects.filter(holder=holder)
        .select_related("offer", "cafe__campus")
        .annotate(redeemed_at=Subquery(uses.values("redeemed_at")[:1]))
        .order_by("-pk")
    )


def coupon_of(*, holder: Holder, uid: str) -> Coupon:
    """
    One of a holder's own coupons, as in `coupons_of`.

    :raises NotFound: if it is somebody else's or does not exist
    """
    return _found(coupons_of(holder=holder).filter(uid=uid).first())


def usable_by(*, holder: Holder, at: datetime) -> int:
    """How many coupons a holder could use at an instant."""
    return Coupon.objects.filter(holder=holder, state=State.ISSUED, expires_at__gt=at).count()


def cafe_of(*, holder: Holder) -> Cafe:
    """
    The café behind a holder of the books.

    :raises NotFound: if the holder is no café
    """
    return _found(Cafe.objects.filter(holder=holder).select_related("campus", "holder").first())


def genuine(
    *, code: codes.Code | None, cafe: Cafe, keyring: Keyring, at: datetime
) -> Coupon | None:
    """
    The coupon that a code proves at an instant, of any café for a QR code, of this one if typed.

    Unknown, foreign and forged codes take the same path: something is always judged.
    """
    if code is None:
        return None
    found: Coupon | None = None
    candidates: list[Coupon | None] = [*_candidates(code, cafe)]
    for coupon in candidates or [None]:
        if codes.proves(code, _signer(coupon, keyring), at=at):
            found = coupon
    return found


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


def use_of(*, coupon: Coupon) -> Redemption | None:
    """The use of a coupon's present generation."""
    return Redemption.objects.filter(coupon=coupon, generation=coupon.generation).first()


def redemption_at(*, cafe: Cafe, uid: str) -> Redemption:
    """
    A use at a café.

    :raises NotFound: if it was at another one or never
    """
    rows = Redemption.objects.filter(cafe=cafe, uid=uid)
    return _found(rows.select_related("coupon", "cafe__campus").first())


@dataclass(frozen=True, slots=True)
class Use:
    """A use at the counter; `undone_at` is set where it was taken back. Money in minor units."""

    uid: str
    at: datetime
    title: dict[str, str]
    holder: str
    value_minor: int
    undone_at: datetime | None


def uses_of_day(*, cafe: Cafe, day: date) -> list[Use]:
    """What a café redeemed on a local day, newest first; the erased have an empty name."""
    zone = cafe.campus.zone
    rows = (
        Redemption.objects.filter(
            cafe=cafe,
            redeemed_at__gte=clock.day_starts(day, zone=zone),
            redeemed_at__lt=clock.day_starts(day + timedelta(days=1), zone=zone),
        )
        .select_related("coupon__offer", "undoing")
        .order_by("-redeemed_at", "-pk")
    )
    names = nicknames(holders=[row.coupon.holder_id for row in rows])
    return [_use(row, names.get(row.coupon.holder_id, "")) for row in rows]


def _use(row: Redemption, name: str) -> Use:
    undoing = getattr(row, "undoing", None)
    return Use(
        uid=str(row.uid),
        at=row.redeemed_at,
        title=row.coupon.offer.title,
        holder=name,
        value_minor=row.value_minor,
        undone_at=undoing.undone_at if undoing else None,
    )


def _found(row: T | None) -> T:
    if row is None:
        raise NotFound
    return row
