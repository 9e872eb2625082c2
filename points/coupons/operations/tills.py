"""Registered devices of a café, and the PIN of its staff."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When

from campus.errors import Fault
from campus.people.models import StaffRole, User
from points.coupons.models import Cafe, Till
from points.coupons.refusals import (
    PasswordTooWeak,
    PinLocked,
    PinNotSet,
    PinTooWeak,
    TillRetired,
    UsernameTaken,
    WrongPin,
)

TRIES = 5
LOCKED = timedelta(minutes=15)
DIGITS = range(4, 9)


@transaction.atomic
def register_till(*, cafe: Cafe, user: User, name: str, at: datetime) -> Till:
    """Let a sign-in be a device of a café; it has no PIN yet."""
    StaffRole.objects.get_or_create(user=user, kind=StaffRole.Kind.TILL, cafe=cafe.holder)
    return Till.objects.create(cafe=cafe, user=user, name=name, registered_at=at)


@transaction.atomic
def equip(*, cafe: Cafe, name: str, username: str, password: str, at: datetime) -> Till:
    """
    Register a device of a café with a new sign-in of its own.

    :raises UsernameTaken: if somebody signs in by that name
    :raises PasswordTooWeak: if the password is short or well known
    """
    if User.objects.filter(username=username).exists():
        raise UsernameTaken
    try:
        validate_password(password)
    except ValidationError as weak:
        faults = [Fault("password", "too_weak", words) for words in weak.messages]
        raise PasswordTooWeak(faults=faults) from None
    user = User.objects.create_user(username=username, password=password)
    return register_till(cafe=cafe, user=user, name=name, at=at)


@transaction.atomic
def retire_till(*, till: Till, at: datetime) -> None:
    """End a device, as when a tablet was lost; what it did stays."""
    Till.objects.filter(pk=till.pk, retired_at=None).update(retired_at=at, pin="")
    StaffRole.objects.filter(user=till.user, kind=StaffRole.Kind.TILL).delete()


def set_pin(*, till: Till, pin: str) -> None:
    """
    Give a till the PIN of its staff. Only a slow, salted hash of it is kept.

    :raises PinTooWeak: if it is not 4 to 8 digits, or the same digit again and again
    :raises TillRetired: if the device was ended
    """
    if till.retired_at is not None:
        raise TillRetired
    if not (pin.isascii() and pin.isdigit()) or len(pin) not in DIGITS or len(set(pin)) == 1:
        raise PinTooWeak(least=DIGITS.start, most=DIGITS.stop - 1)
    hashed = make_password(pin)
    Till.objects.filter(pk=till.pk).update(pin=hashed, pin_tries=0, pin_tried_at=None)


def prove_pin(*, till: Till, pin: str, at: datetime) -> None:
    """
    Let staff show that they know the PIN. A wrong one is remembered, so call it outside of any
    transaction that a refusal would roll back.

    :raises PinNotSet: if the till has none
    :raises PinLocked: after five wrong ones in a row, for a quarter of an hour
    :raises WrongPin: if it is another one
    """
    # The try is taken before it is judged: many at once get no more tries than one by one.
    if not _tries(at).filter(pk=till.pk).update(pin_tries=_one_more(at), pin_tried_at=at):
        raise PinLocked(minutes=LOCKED // timedelta(minutes=1))
    till.refresh_from_db()
    if not till.pin:
        raise PinNotSet
    if not check_password(pin, till.pin):
        raise WrongPin(left=max(0, TRIES - till.pin_tries))
    Till.objects.filter(pk=till.pk).update(pin_tries=0)


def _tries(at: datetime) -> QuerySet[Till]:
    return Till.objects.filter(Q(pin_tries__lt=TRIES) | Q(pin_tried_at__lte=at - LOCKED))


def _one_more(at: datetime) -> Case:
    """The count goes on, or begins again when the last try is long ago."""
    long_ago = When(pin_tried_at__lte=at - LOCKED, then=Value(1))
    return Case(long_ago, default=F("pin_tries") + 1)
