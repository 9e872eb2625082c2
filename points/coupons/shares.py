"""
A secret in two shares, each worthless alone. Pure: bytes in, lines of text out.

The first share is random and as long as the secret, the second is their exclusive or. What is
shared begins with a digest of the secret, so that shares of different sets, or misread ones, are
told apart from a key. A share is one line of characters that survive paper and a telephone:
`CK1-<set>-<1 or 2>-<base32>`.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError

_SHARE = re.compile(r"CK1-([A-Z2-7]{8})-([12])-([A-Z2-7]+)")
_DIGEST_BYTES = 32


class SharesDoNotFit(CampusError):
    """One of the two is no share, or they are not the two shares of one secret."""

    code, status = "shares_do_not_fit", 422
    detail = _("These are not the two shares of one backup.")


def split(secret: bytes) -> tuple[str, str]:
    """Two shares of a secret; both are needed to have it back."""
    whole = hashlib.sha256(secret).digest() + secret
    first = secrets.token_bytes(len(whole))
    group = _base32(secrets.token_bytes(5))
    parts = (first, _xor(first, whole))
    one, two = (f"CK1-{group}-{number}-{_base32(part)}" for number, part in enumerate(parts, 1))
    return one, two


def join(one: str, other: str) -> bytes:
    """
    The secret of two shares, in any order.

    :raises SharesDoNotFit: if they are not the two of one set
    """
    found = [_SHARE.fullmatch("".join(text.split()).upper()) for text in (one, other)]
    parts = {match[2]: _bytes(match[3]) for match in found if match}
    groups = {match[1] for match in found if match}
    if set(parts) != {"1", "2"} or len(groups) != 1 or len(parts["1"]) != len(parts["2"]):
        raise SharesDoNotFit
    whole = _xor(parts["1"], parts["2"])
    digest, secret = whole[:_DIGEST_BYTES], whole[_DIGEST_BYTES:]
    if not hmac.compare_digest(digest, hashlib.sha256(secret).digest()):
        raise SharesDoNotFit
    return secret


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _base32(value: bytes) -> str:
    return base64.b32encode(value).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        return base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        raise SharesDoNotFit from None
