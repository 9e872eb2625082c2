"""
The keys that sign passbooks: those of the settings, else one made once and kept beside the data.

A key has a short name (key id) that stands in each export. The first one signs, the public halves
of all are told: to rotate, put a new key first and keep the old ones.
"""

import base64
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FILE = "passbook_keys.json"
_NAME = re.compile(r"[0-9A-Za-z-]{1,16}")


@dataclass(frozen=True, slots=True)
class Keyring:
    """Private keys by key id; `signing` names the one for new exports."""

    signing: str
    keys: Mapping[str, Ed25519PrivateKey] = field(repr=False)

    def key(self) -> Ed25519PrivateKey:
        """The key that signs now."""
        return self.keys[self.signing]

    def public(self) -> Mapping[str, str]:
        """Key id -> public key, 32 bytes in base64."""
        return {name: _public(key) for name, key in self.keys.items()}


def keyring() -> Keyring:
    """
    The keys of this deployment.

    :raises ImproperlyConfigured: if a name or a key has a wrong form
    """
    return read(settings.PASSBOOK_KEYS or _kept(Path(settings.DATA_DIR) / FILE))


def read(named: Mapping[str, str]) -> Keyring:
    """
    Keys from their stored form {key id: 32 bytes in base64}, the signing one first.

    :raises ImproperlyConfigured: if a name or a key has a wrong form
    """
    try:
        keys = {
            name: Ed25519PrivateKey.from_private_bytes(base64.b64decode(text, validate=True))
            for name, text in named.items()
        }
    except (ValueError, TypeError, AttributeError):
        keys = {}
    if not keys or not all(_NAME.fullmatch(name) for name in keys):
        raise ImproperlyConfigured("Passbook keys are {key id: 32 bytes in base64}.")
    return Keyring(next(iter(keys)), keys)


def _public(key: Ed25519PrivateKey) -> str:
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def _kept(path: Path) -> Mapping[str, str]:
    """The keys of the file, made if there is none."""
    if not path.exists():
        _make(path)
    kept: Mapping[str, str] = json.loads(path.read_text())
    return kept


def _make(path: Path) -> None:
    """Write a new key for the owner alone; whoever comes first wins, nobody reads half a file."""
    name = secrets.token_hex(4)
    text = json.dumps({name: base64.b64encode(secrets.token_bytes(32)).decode()})
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
