"""The key pair is made once, for its owner alone, and can be rotated."""

import base64
import json
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from points.passbook import keys

SEED = base64.b64encode(bytes(range(32))).decode()


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR, settings.PASSBOOK_KEYS = tmp_path, {}
    first, again = keys.keyring(), keys.keyring()
    assert first.public() == again.public()
    [file] = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(json.loads(file.read_text())) == [first.signing]


def test_the_first_key_of_the_settings_signs_and_the_others_stay_known() -> None:
    ring = keys.read({"new": SEED, "old": base64.b64encode(bytes(32)).decode()})
    assert ring.signing == "new"
    assert list(ring.public()) == ["new", "old"]


def test_a_keyring_shows_no_private_key() -> None:
    assert SEED not in repr(keys.read({"k": SEED}))


@pytest.mark.parametrize("named", [{}, {"k": "short"}, {"k": SEED[:-4]}, {"bad name": SEED}])
def test_keys_of_a_wrong_form_are_refused(named: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        keys.read(named)
