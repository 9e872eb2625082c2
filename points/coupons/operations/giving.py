"""A coupon handed to somebody who shares the room."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from campus.errors import NotFound
from points.coupons import queries
from points.coupons.keys import keyring
from points.coupons.models import Coupon, Gift
from points.coupons.operations import places
from points.coupons.refusals import LimitReached, NotGivable, RoomMateLimit
from points.ledger import operations as ledger
from points.ledger.models import Asset


@transaction.atomic
def give(*, coupon: Coupon, to: UUID, at: datetime, tonight: date) -> Gift:
    """
    Change the holder of an unused coupon. No points move, and it cannot be refunded by the new one.

    The coupon goes on in its next generation: codes on the giver's phone are worthless at once.

    :param to: uid of the user of a room-mate in the night of `tonight`

    :raises NotFound: if they do not share a room
    :raises NotGivable: if it was used, given back or given away, or has expired
    :raises RoomMateLimit: if the receiver has as many of the offer as one person may
    """
    mates = queries.room_mates(holder=coupon.holder, day=tonight)
    receiver = next((mate.holder for mate in mates if mate.user.uid == to), None)
    if receiver is None:
        raise NotFound
    # The receiver's purchases take the same lock, so that no two take one place of the limit.
    ledger.lock_wallets(holders=[receiver.pk], asset=Asset.CP)
    giver, generation = coupon.holder, coupon.generation + 1
    try:
        place = places.free(offer=coupon.offer, holder=receiver)
    except LimitReached:
        raise RoomMateLimit(limit=coupon.offer.per_person) from None
    unused = Coupon.objects.filter(
        pk=coupon.pk,
        holder=giver,
        state=Coupon.State.ISSUED,
        generation=coupon.generation,
        expires_at__gt=at,
    )
    changed = {"holder": receiver, "place": place, "generation": generation}
    if not unused.update(**changed, kid=keyring().signing):
        raise NotGivable
    return Gift.objects.create(
        coupon=coupon, generation=generation, giver=giver, receiver=receiver, given_at=at
    )
