"""Reading what a café's tills did."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from campus import clock
from campus.people.models import User
from campus.people.queries import nicknames
from campus.places.models import Campus
from points.coupons import taking_back
from points.coupons.models import Cafe, Coupon, Gift, Redemption, Till
from points.coupons.queries.found import found


def till_of(*, user: User) -> Till:
    """
    The registered device that a user is.

    :raises NotFound: if the user is none, or the device was retired
    """
    rows = Till.objects.filter(user=user, retired_at=None)
    return found(rows.select_related("cafe__campus", "cafe__holder", "user").first())


def use_of(*, coupon: Coupon) -> Redemption | None:
    """The use of a coupon's present generation."""
    return Redemption.objects.filter(coupon=coupon, generation=coupon.generation).first()


def redemption_at(*, cafe: Cafe, uid: str) -> Redemption:
    """
    A use at a café.

    :raises NotFound: if it was at another one or never
    """
    rows = Redemption.objects.filter(cafe=cafe, uid=uid)
    return found(rows.select_related("coupon", "cafe__campus").first())


def redemption_on(*, campuses: QuerySet[Campus], uid: str) -> Redemption:
    """
    A use at any café of some campuses.

    :raises NotFound: if it was elsewhere or never
    """
    rows = Redemption.objects.filter(cafe__campus__in=campuses, uid=uid)
    return found(rows.select_related("coupon", "cafe__campus").first())


@dataclass(frozen=True, slots=True)
class Use:
    """A use at the counter; `undone_at` is set where it was taken back. Money in minor units."""

    uid: str
    at: datetime
    recorded_at: datetime
    title: dict[str, str]
    cafe: dict[str, str]
    till_id: int
    till: str
    holder: str
    value_minor: int
    undone_at: datetime | None
    undone_how: str | None
    reason: str

    @property
    def undo_until(self) -> datetime:
        return taking_back.undo_until(redeemed_at=self.at)

    @property
    def void_until(self) -> datetime:
        return taking_back.void_until(recorded_at=self.recorded_at)


def uses_of_day(*, cafe: Cafe, day: date) -> list[Use]:
    """
    What a café redeemed on a local day, newest first.

    Each names whoever held the coupon then, also when it was given on later; the erased have an
    empty name.
    """
    rows = _of_day(cafe.campus, day).filter(cafe=cafe)
    used_by = _with_holders(rows)
    names = nicknames(holders=[holder for _row, holder in used_by])
    return [_use(row, names.get(holder, "")) for row, holder in used_by]


def uses_on_campus(*, campus: Campus, day: date) -> list[Use]:
    """What all cafés of a campus redeemed on a local day, newest first, without names."""
    return [_use(row, "") for row in _of_day(campus, day).filter(cafe__campus=campus)]


def _of_day(campus: Campus, day: date) -> QuerySet[Redemption]:
    starts_at = clock.day_starts(day, zone=campus.zone)
    ends_at = clock.day_starts(day + timedelta(days=1), zone=campus.zone)
    return (
        Redemption.objects.filter(redeemed_at__gte=starts_at, redeemed_at__lt=ends_at)
        .select_related("coupon__offer", "cafe", "till", "undoing")
        .order_by("-redeemed_at", "-pk")
    )


def _with_holders(rows: QuerySet[Redemption]) -> list[tuple[Redemption, int]]:
    """Each use with the id of the holder in whose hands the coupon was."""
    later = Gift.objects.filter(coupon=OuterRef("coupon"), generation__gt=OuterRef("generation"))
    giver = Subquery(later.order_by("generation").values("giver")[:1])
    holder = Coalesce(giver, "coupon__holder_id", output_field=BigIntegerField())
    found = rows.annotate(held_by=holder)
    return [(row, row.held_by) for row in found]


def _use(row: Redemption, name: str) -> Use:
    undoing = getattr(row, "undoing", None)
    return Use(
        uid=str(row.uid),
        at=row.redeemed_at,
        recorded_at=row.recorded_at,
        title=row.coupon.offer.title,
        cafe=row.cafe.name,
        till_id=row.till_id,
        till=row.till.name,
        holder=name,
        value_minor=row.value_minor,
        undone_at=undoing.undone_at if undoing else None,
        undone_how=undoing.how if undoing else None,
        reason=undoing.reason if undoing else "",
    )
