"""Master keys: given, or made once and kept for the owner alone."""

import base64
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from points.coupons import keys

OLD, NEW = (base64.b64encode(bytes([each]) * 32).decode() for each in (1, 2))
COUPON = UUID(int=5)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.COUPON_KEYS, settings.DATA_DIR = {}, tmp_path
    return tmp_path


def test_without_any_key_one_is_made_and_kept(folder: Path) -> None:
    first, again = keys.keyring(), keys.keyring()
    assert first == again
    assert [len(key) for key in first.masters.values()] == [32]
    assert [file.name for file in folder.iterdir()] == [keys.FILE]


def test_only_the_owner_may_read_the_kept_key(folder: Path) -> None:
    keys.keyring()
    assert stat.S_IMODE((folder / keys.FILE).stat().st_mode) == 0o600


def test_processes_that_start_at_once_agree_on_one_key(folder: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        rings = list(pool.map(lambda _each: keys.keyring(), range(16)))
    assert len({ring.signing for ring in rings}) == 1
    assert len(list(folder.iterdir())) == 1


def test_keys_of_the_settings_go_first_and_none_is_kept(folder: Path, settings: Settings) -> None:
    settings.COUPON_KEYS = {"B2": NEW, "A1": OLD}
    ring = keys.keyring()
    assert ring.signing == "B2"
    assert set(ring.masters) == {"A1", "B2"}
    assert not list(folder.iterdir())


def test_after_a_rotation_the_old_key_still_opens_its_coupons() -> None:
    before, after = keys.read({"A1": OLD}), keys.read({"B2": NEW, "A1": OLD})
    wanted = {"kid": "A1", "coupon": COUPON, "generation": 1, "handle": "AAAA"}
    assert before.signer(**wanted) == after.signer(**wanted)
    assert after.signing == "B2"


def test_a_coupon_whose_key_is_lost_has_no_signer() -> None:
    ring = keys.read({"B2": NEW})
    assert ring.signer(kid="A1", coupon=COUPON, generation=1, handle="AAAA") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"k1": OLD},
        {"TOOLONG": OLD},
        {"A.": OLD},
        {"A1": "no base64!"},
        {"A1": base64.b64encode(b"short").decode()},
    ],
)
def test_keys_of_a_wrong_form_are_refused_at_start(wrong: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        keys.read(wrong)


def test_keys_are_not_shown_in_a_log() -> None:
    assert "masters" not in repr(keys.read({"A1": OLD}))


def test_a_kept_file_can_be_moved_into_the_settings(folder: Path, settings: Settings) -> None:
    ring = keys.keyring()
    settings.COUPON_KEYS = json.loads((folder / keys.FILE).read_text())
    assert keys.keyring() == ring
