"""
The master keys of coupons: those of the settings, else one made once and kept beside the data.

A key has a short name (kid) that stands in each QR code. The first one signs new coupons, the
others still open old ones: to rotate, put a new key first.
"""

import base64
import binascii
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from points.coupons import codes

FILE = "coupon_keys.json"
_KID = re.compile(r"[0-9A-Z]{1,4}")
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keyring:
    """Master keys by kid; `signing` names the one for new coupons."""

    signing: str
    masters: Mapping[str, bytes] = field(repr=False)

    def signer(
        self, *, kid: str, coupon: UUID, generation: int, handle: str
    ) -> codes.Signer | None:
        """What signs a coupon's generation, or None if its master key is lost."""
        master = self.masters.get(kid)
        if master is None:
            return None
        return codes.signer(
            master=master, kid=kid, coupon=coupon, generation=generation, handle=handle
        )


def keyring() -> Keyring:
    """
    The keys of this deployment.

    :raises ImproperlyConfigured: if a kid or a key has a wrong form
    """
    return read(settings.COUPON_KEYS or _kept(Path(settings.DATA_DIR) / FILE))


def read(named: Mapping[str, str]) -> Keyring:
    """
    Keys from their stored form {kid: 32 bytes in base64}, the signing one first.

    :raises ImproperlyConfigured: if a kid or a key has a wrong form
    """
    masters = {kid: _bytes(text) for kid, text in named.items()}
    wrong = [kid for kid, key in masters.items() if not _KID.fullmatch(kid) or key is None]
    if wrong or not masters:
        raise ImproperlyConfigured(
            f"Coupon keys are {{kid: 32 bytes in base64}}, kid 1 to 4 of 0-9 A-Z. Wrong: {wrong}."
        )
    return Keyring(next(iter(masters)), {kid: key for kid, key in masters.items() if key})


def _bytes(text: str) -> bytes | None:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == _KEY_BYTES else None


def _kept(path: Path) -> Mapping[str, str]:
    """The keys of the file, made if there is none."""
    if not path.exists():
        _make(path)
    kept: Mapping[str, str] = json.loads(path.read_text())
    return kept


def _make(path: Path) -> None:
    """Write a new key for the owner alone; whoever comes first wins, nobody reads half a file."""
    # A random name: a key made after a loss must not pass for the lost one.
    kid = codes.new_handle()
    text = json.dumps({kid: base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()})
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
