"""
The master keys of coupons: those of the settings, else one made once and kept beside the data.

A key has a short name (kid) that stands in each QR code. The first one signs new coupons, the
others still open old ones. To rotate, a new key is put first; to back up, the keys are split in
two shares of which each is worthless alone (`shares.py`); a restore adds what was lost.
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
from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError
from points.coupons import codes, shares

FILE = "coupon_keys.json"
_KID = re.compile(r"[0-9A-Z]{1,4}")
_KEY_BYTES = 32

Named = Mapping[str, str]


class KeysDiffer(CampusError):
    """A backup holds another key under a name that is in use. Facts: kid."""

    code, status = "keys_differ", 409
    detail = _("Another key is named %(kid)s here. Nothing was restored.")


class KeysElsewhere(CampusError):
    """The keys stand in the settings, which this process cannot write."""

    code, status = "keys_elsewhere", 409
    detail = _("The keys stand in CAMPUS_COUPON_KEYS: change them there.")


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
    return read(_named())


def read(named: Named) -> Keyring:
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


def rotate() -> str:
    """
    Let a new key sign from now on; the old ones stay for their coupons. Returns its kid.

    :raises KeysElsewhere: if the keys stand in the settings
    """
    named = _own()
    fresh = _fresh(taken=named)
    _write(_path(), {**fresh, **named})
    return next(iter(fresh))


def drop(*, kids: set[str]) -> None:
    """
    Forget keys that no coupon needs any more; the signing one always stays.

    :raises KeysElsewhere: if the keys stand in the settings
    """
    named = _own()
    signing = next(iter(named))
    _write(_path(), {k: text for k, text in named.items() if k == signing or k not in kids})


def back_up() -> tuple[str, str]:
    """The keys as two shares, to be kept by two people in two places."""
    return shares.split(json.dumps(dict(_named())).encode())


def restore(*, one: str, other: str) -> list[str]:
    """
    Have the keys of two shares again, beside those that are here; returns the kids that came back.

    The key that signs here goes on signing. Where there is no file, the backup's own one does.

    :raises SharesDoNotFit: if they are not the two shares of one backup
    :raises KeysDiffer: if a key here has the name of another one there
    :raises KeysElsewhere: if the keys stand in the settings
    """
    backed: Named = json.loads(shares.join(one, other))
    read(backed)
    here = _own() if _path().exists() or settings.COUPON_KEYS else {}
    differing = [kid for kid in backed if here.get(kid, backed[kid]) != backed[kid]]
    if differing:
        raise KeysDiffer(kid=differing[0])
    _write(_path(), {**here, **backed})
    return [kid for kid in backed if kid not in here]


def _named() -> Named:
    given: Named = settings.COUPON_KEYS
    return given or _kept(_path())


def _own() -> Named:
    if settings.COUPON_KEYS:
        raise KeysElsewhere
    return _kept(_path())


def _path() -> Path:
    return Path(settings.DATA_DIR) / FILE


def _bytes(text: str) -> bytes | None:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == _KEY_BYTES else None


def _kept(path: Path) -> Named:
    """The keys of the file, made if there is none."""
    if not path.exists():
        _make(path)
    kept: Named = json.loads(path.read_text())
    return kept


def _fresh(*, taken: Named) -> dict[str, str]:
    """A new key. Its name is random: one made after a loss must not pass for the lost one."""
    kid = codes.new_handle()
    while kid in taken:
        kid = codes.new_handle()
    return {kid: base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()}


def _make(path: Path) -> None:
    """Write a first key; whoever comes first wins."""
    draft = _draft(path, _fresh(taken={}))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _write(path: Path, named: Named) -> None:
    """Put other keys in place of the file at once."""
    _draft(path, named).replace(path)


def _draft(path: Path, named: Named) -> Path:
    """Keys written for the owner alone, so that nobody reads half a file."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(json.dumps(dict(named)))
        file.flush()
        os.fsync(file.fileno())
    return draft
