"""Buying a coupon, and giving back one that was not used."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from campus import clock
from campus.people.models import Holder
from points.coupons import codes, queries
from points.coupons.keys import keyring
from points.coupons.models import Coupon, Offer
from points.coupons.operations import booking, money, places
from points.coupons.refusals import NotRefundable, OfferClosed, SoldOut
from points.ledger.refusals import AlreadyReversed


@transaction.atomic
def buy(*, holder: Holder, offer: Offer, at: datetime) -> Coupon:
    """
    Pay for an offer and hold the right to it, or leave everything as it was.

    :raises OfferClosed: if it is not on sale at `at`
    :raises SoldOut: if its stock is used up, or the counter said so
    :raises BudgetSpent: if the money of its campaign is used up
    :raises LimitReached: if the holder has as many as one person may
    :raises NotEnough: if the wallet holds less than the price
    """
    if not offer.is_open(at):
        raise OfferClosed
    if offer.sold_out_at is not None:
        raise SoldOut
    coupon = _new(holder, offer, at)
    # The wallet is locked from here on, so that a person's own purchases follow one another.
    booking.bought(coupon=coupon, at=at)
    coupon.place = places.free(offer=offer, holder=holder)
    coupon.save(force_insert=True)
    _take_from_stock(offer)
    money.take(coupon)
    return coupon


def _new(holder: Holder, offer: Offer, at: datetime) -> Coupon:
    return Coupon(
        offer=offer,
        cafe=offer.cafe,
        campaign=offer.campaign,
        holder=holder,
        kid=keyring().signing,
        handle=codes.new_handle(),
        price_cp=offer.price_cp,
        value_minor=offer.value_minor,
        blackouts=offer.blackouts,
        bought_at=at,
        expires_at=_expires_at(offer, at),
    )


def _expires_at(offer: Offer, at: datetime) -> datetime:
    """Midnight after the last of `valid_days` days that follow the local day of purchase."""
    zone = offer.cafe.campus.zone
    last = localtime(at, zone).date() + timedelta(days=offer.valid_days)
    return clock.day_starts(last + timedelta(days=1), zone=zone)


def _take_from_stock(offer: Offer) -> None:
    """One guarded update, last of all, so that the busy row is held for the shortest time."""
    if offer.left is None:
        return
    if not Offer.objects.filter(pk=offer.pk, left__gte=1).update(left=F("left") - 1):
        raise SoldOut


@transaction.atomic
def give_back(*, coupon: Coupon, at: datetime) -> Coupon:
    """
    Cancel an unused coupon for the points that were paid, to the lots they came from.

    Who received it as a gift cannot: points never go from one person to another.

    :raises NotRefundable: if it was used, given back, received, or has expired
    """
    own = queries.payer_of(coupon=coupon) == coupon.holder_id
    if not own or coupon.state_at(at) != Coupon.State.ISSUED:
        raise NotRefundable
    try:
        booking.given_back(coupon=coupon, at=at)
    except AlreadyReversed:
        raise NotRefundable from None
    unused = Coupon.objects.filter(
        pk=coupon.pk, holder=coupon.holder, state=Coupon.State.ISSUED, expires_at__gt=at
    )
    if not unused.update(state=Coupon.State.CANCELLED, place=None):
        raise NotRefundable  # a till or a gift was faster; the points stay where they were
    Offer.objects.filter(pk=coupon.offer_id, left__isnull=False).update(left=F("left") + 1)
    money.give_back([coupon])
    coupon.refresh_from_db()
    return coupon
