"""
How a gateway proves that a request is its own: an HMAC over what it sends, when, and once. Pure.

The secret of a key is derived from the deployment's own key and the uid of the device key, so that
no table holds it.
"""

import hashlib
import hmac
import re
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

# Clocks of gateways drift; what is older has been seen, or was held back by somebody.
FRESH = timedelta(minutes=5)
_NONCE = re.compile(r"[0-9A-Za-z_.-]{16,64}")
_SALT = b"campus.readings.push/1:"


class Signed(NamedTuple):
    """The parts of a signed request, as its headers tell them."""

    timestamp: str
    nonce: str
    method: str
    path: str
    signature: str


def secret_of(*, uid: UUID, master: bytes) -> str:
    """The secret of a device key, in hex."""
    return hmac.new(master, _SALT + uid.bytes, hashlib.sha256).hexdigest()


def signature_of(*, secret: str, signed: Signed, body: bytes) -> str:
    """What the headers of a request must say for this body, in hex."""
    digest = hashlib.sha256(body).hexdigest()
    said = "\n".join((signed.timestamp, signed.nonce, signed.method, signed.path, digest))
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()


def is_well_formed(signed: Signed) -> bool:
    """Whether timestamp and nonce can be what they say."""
    return (
        bool(_NONCE.fullmatch(signed.nonce))
        and re.fullmatch(r"[0-9]{9,11}", signed.timestamp, re.ASCII) is not None
    )


def age(signed: Signed, *, at: datetime) -> timedelta:
    """How far from now, either way, a well-formed request was signed."""
    return timedelta(seconds=abs(at.timestamp() - int(signed.timestamp)))


def is_signed(*, secret: str, signed: Signed, body: bytes) -> bool:
    """Whether the signature is that of the key, compared in constant time."""
    return hmac.compare_digest(
        signature_of(secret=secret, signed=signed, body=body), signed.signature
    )
