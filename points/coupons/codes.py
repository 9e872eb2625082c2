"""
The rotating codes by which a coupon is shown at a counter. Pure: bytes and time come in.

A coupon's secret is derived (HKDF-SHA256, RFC 5869) from a master key, the coupon's id and its
generation, and never stored. The holder's phone knows it and makes, for each step of 30 seconds,

- the QR text `C1.<kid>.<id>.<step>.<tag>`: id and tag in base32 (RFC 4648) without padding, the tag
  being HMAC-SHA256(secret, "C1|kid|id in hex|generation|step") cut to 80 bits;
- the typed code: the coupon's handle of 4 characters and 6 characters of Crockford's base32, the
  first 30 bits of HMAC-SHA256(secret, "T1|id in hex|generation|step").

The present step and its two neighbours are accepted, so a copied code is worthless after 90 s.
"""

import base64
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STEP_SECONDS = 30
WINDOW = (-1, 0, 1)
HANDLE_CHARS = 4
TYPED_CHARS = 10
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_QR = re.compile(r"C1\.([0-9A-Z]{1,4})\.([A-Z2-7]{26})\.([1-9][0-9]{0,11})\.[A-Z2-7]{16}")
_TYPED = re.compile(f"[{CROCKFORD}]{{{TYPED_CHARS}}}")
_MISREAD = str.maketrans("OIL", "011", " -")  # what people type for 0 and 1, and how they group
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Shown:
    """A QR text that has the right form; whether it is genuine is not known yet."""

    text: str
    coupon: UUID
    step: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed code that has the right form; whether it is genuine is not known yet."""

    text: str

    @property
    def handle(self) -> str:
        return self.text[:HANDLE_CHARS]


Code = Shown | Typed


@dataclass(frozen=True, slots=True)
class Signer:
    """What the codes of one coupon are made from."""

    kid: str
    coupon: UUID
    generation: int
    handle: str
    secret: bytes = field(repr=False)

    def qr_text(self, step: int) -> str:
        """The QR text of a step."""
        said = f"C1|{self.kid}|{self.coupon.hex}|{self.generation}|{step}"
        tag = _base32(self._hmac(said)[:10])
        return f"C1.{self.kid}.{_base32(self.coupon.bytes)}.{step}.{tag}"

    def typed_code(self, step: int) -> str:
        """The typed code of a step."""
        tag = self._hmac(f"T1|{self.coupon.hex}|{self.generation}|{step}")
        bits = int.from_bytes(tag[:4], "big") >> 2
        return self.handle + "".join(CROCKFORD[bits >> shift & 31] for shift in range(25, -1, -5))

    def _hmac(self, said: str) -> bytes:
        return hmac.digest(self.secret, said.encode(), "sha256")


def signer(*, master: bytes, kid: str, coupon: UUID, generation: int, handle: str) -> Signer:
    """Derive the secret of a coupon's generation from a master key of 32 bytes."""
    info = b"low-carbon-campus coupon 1" + coupon.bytes + generation.to_bytes(4, "big")
    secret = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(master)
    return Signer(kid=kid, coupon=coupon, generation=generation, handle=handle, secret=secret)


def new_handle() -> str:
    """Four random characters by which a typed code finds its coupon. They need not be unique."""
    return "".join(secrets.choice(CROCKFORD) for _char in range(HANDLE_CHARS))


def step_at(at: datetime) -> int:
    """The step of 30 seconds that holds an instant, counted from 1970."""
    return int(at.timestamp()) // STEP_SECONDS


def read(text: str) -> Code | None:
    """
    What a scanner or a hand entered, if it has the form of a code.

    Letter case does not matter, nor do the spaces and hyphens of a typed code.
    """
    if len(text) > _LONGEST or not text.isascii():
        return None
    upper = text.strip().upper()
    found = _QR.fullmatch(upper)
    if found:
        _kid, coupon, step = found.groups()
        return Shown(upper, UUID(bytes=base64.b32decode(coupon + "======")), int(step))
    plain = upper.translate(_MISREAD)
    return Typed(plain) if _TYPED.fullmatch(plain) else None


def proves(code: Code, signer: Signer, *, at: datetime) -> bool:
    """
    Whether a code was made from this signer for the present step or a neighbour of it.

    The whole text is made anew and compared in constant time, so that nothing in it is malleable.
    """
    steps = [step_at(at) + near for near in WINDOW]
    if isinstance(code, Shown):
        same = hmac.compare_digest(code.text, signer.qr_text(code.step))
        return same and code.step in steps
    # Each step is compared, whichever fits: the answer takes as long.
    return sum(hmac.compare_digest(code.text, signer.typed_code(step)) for step in steps) > 0


def _base32(value: bytes) -> str:
    return base64.b32encode(value).decode().rstrip("=")


# Judged in place of a coupon that does not exist, so that the answer takes as long.
DECOY = signer(
    master=secrets.token_bytes(32), kid="0000", coupon=UUID(int=0), generation=0, handle="0000"
)
