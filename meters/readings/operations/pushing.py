"""Keys of gateways, and taking in what they push."""

import io
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError, NotFound
from campus.people.models import User
from campus.places.models import Campus
from meters.readings import intake, signing
from meters.readings.models import Delivery, DeviceKey, PushNonce
from meters.readings.signing import Signed

LARGEST_BODY = 512 * 1024
MOST_KEYS = 200


class NotSigned(CampusError):
    """The request does not prove which gateway sent it; nothing more is told to a stranger."""

    code, status = "not_signed", 401
    detail = _(
        "The request is not signed by a key that is in use here. Check the key and its secret, "
        "that all four headers are there, and that path and body are signed as they are sent."
    )


class ClockOff(CampusError):
    """Signed rightly, but not just now: the gateway's clock is wrong, or the request was held."""

    code, status = "clock_off", 401
    detail = _(
        "The request was signed %(seconds)s seconds from now; at most %(most)s are allowed. Here "
        "it is %(now)s: set the gateway's clock and sign again."
    )


class Replayed(CampusError):
    """A signed request came twice."""

    code, status = "replayed", 409
    detail = _("This nonce was used before; sign each request with a new one.")


class TooManyKeys(CampusError):
    """A campus has as many keys in use as it may."""

    code, status = "too_many_keys", 409
    detail = _("This campus has %(most)s keys in use; revoke one first.")


def issue_key(*, campus: Campus, name: str, by: User, at: datetime) -> DeviceKey:
    """
    A new key for a gateway of a campus.

    :raises TooManyKeys: nothing was stored
    """
    if DeviceKey.objects.filter(campus=campus, revoked_at=None).count() >= MOST_KEYS:
        raise TooManyKeys(most=MOST_KEYS)
    return DeviceKey.objects.create(campus=campus, name=name, issued_at=at, issued_by=by)


def secret_of(*, key: DeviceKey) -> str:
    """What a gateway signs with; derived, so that it can be shown where the key is issued."""
    return signing.secret_of(uid=key.uid, master=settings.SECRET_KEY.encode())


def revoke_key(*, campus: Campus, uid: UUID, at: datetime) -> DeviceKey:
    """
    A key that nobody can push with any more; revoking it again changes nothing.

    :raises NotFound: the campus has no such key
    """
    DeviceKey.objects.filter(campus=campus, uid=uid, revoked_at=None).update(revoked_at=at)
    found = DeviceKey.objects.filter(campus=campus, uid=uid).first()
    if found is None:
        raise NotFound
    return found


def take_push(*, uid: str, signed: Signed, body: bytes, at: datetime) -> Delivery:
    """
    Take in the readings of a signed request; the same readings again are duplicates.

    :raises NotSigned: unknown or revoked key, or wrong signature
    :raises ClockOff: signed by the key, but not just now
    :raises Replayed: the nonce was used
    """
    key = _key(uid)
    if key is None or not signing.is_well_formed(signed):
        raise NotSigned
    if not signing.is_signed(secret=secret_of(key=key), signed=signed, body=body):
        raise NotSigned
    if (away := signing.age(signed, at=at)) > signing.FRESH:
        seconds, most = round(away.total_seconds()), int(signing.FRESH.total_seconds())
        raise ClockOff(seconds=seconds, most=most, now=f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    _use_nonce(key, signed.nonce, at)
    return intake.take_in(
        campus=key.campus,
        name=f"{key.name} {at:%Y-%m-%d %H%M%S}.json",
        stream=io.BytesIO(body),
        way=Delivery.Way.PUSH,
        by=None,
        at=at,
        limit_bytes=LARGEST_BODY,
    )


def _key(uid: str) -> DeviceKey | None:
    try:
        wanted = UUID(uid)
    except ValueError:
        return None
    keys = DeviceKey.objects.select_related("campus")
    return keys.filter(uid=wanted, revoked_at=None).first()


def _use_nonce(key: DeviceKey, nonce: str, at: datetime) -> None:
    """Remember a nonce for as long as its request would pass as fresh."""
    PushNonce.objects.filter(key=key, seen_at__lt=at - 3 * signing.FRESH).delete()
    try:
        with transaction.atomic():
            PushNonce.objects.create(key=key, nonce=nonce, seen_at=at)
            DeviceKey.objects.filter(pk=key.pk).update(last_used_at=at)
    except IntegrityError:
        raise Replayed from None
