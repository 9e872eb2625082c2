"""
A use taken back: at once by its till, for some minutes with the PIN, later by a manager.

The use itself stays in the book; the coupon goes on in its next generation, whose secret is
another and is derived from the key that signs now.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from points.coupons.keys import keyring
from points.coupons.models import Coupon, Redemption, Till, Undoing
from points.coupons.operations import booking
from points.coupons.refusals import AlreadyUndone, UndoTooLate, VoidTooLate
from points.coupons.taking_back import UNDO_SECONDS, VOID_MINUTES, undo_until, void_until

How = Undoing.How


def undo(*, redemption: Redemption, till: Till, at: datetime) -> Undoing:
    """
    Take back a use shortly after it, at the same till.

    :raises UndoTooLate: if it was at another till or longer ago than a minute
    :raises AlreadyUndone: if it was undone before
    """
    if redemption.till_id != till.pk or at > undo_until(redeemed_at=redemption.redeemed_at):
        raise UndoTooLate(seconds=UNDO_SECONDS)
    return _take_back(redemption, How.UNDO, by=till.uid, at=at, reason="")


def void(*, redemption: Redemption, till: Till, at: datetime) -> Undoing:
    """
    Take back a use at the same till within minutes; call it when staff have proven their PIN.

    :raises VoidTooLate: if it was at another till or longer ago than ten minutes
    :raises AlreadyUndone: if it was undone before
    """
    if redemption.till_id != till.pk or at > void_until(recorded_at=redemption.recorded_at):
        raise VoidTooLate(minutes=VOID_MINUTES)
    return _take_back(redemption, How.PIN, by=till.uid, at=at, reason="")


def void_by_manager(*, redemption: Redemption, by: UUID, reason: str, at: datetime) -> Undoing:
    """
    Take back a use of any age and till.

    :param by: uid of the manager's user
    :raises AlreadyUndone: if it was undone before
    """
    return _take_back(redemption, How.MANAGER, by=by, at=at, reason=reason)


@transaction.atomic
def _take_back(redemption: Redemption, how: str, *, by: UUID, at: datetime, reason: str) -> Undoing:
    used = Coupon.objects.filter(
        pk=redemption.coupon_id, state=Coupon.State.REDEEMED, generation=redemption.generation
    )
    # The next generation has another secret: a code seen before the undoing is worthless.
    renewed = {"generation": F("generation") + 1, "kid": keyring().signing}
    if not used.update(state=Coupon.State.ISSUED, **renewed):
        raise AlreadyUndone
    undoing = Undoing.objects.create(
        redemption=redemption, how=how, by=by, reason=reason, undone_at=at
    )
    booking.undone(redemption=redemption, at=at, reason=reason)
    return undoing
