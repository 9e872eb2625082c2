"""The drill: master keys are rotated, backed up in two shares, lost, and restored."""

import json
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from points.coupons import keys, operations
from points.coupons.keys import keyring
from points.coupons.models import Coupon
from points.coupons.refusals import NotReadable
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A deployment whose keys lie beside its data."""
    settings.COUPON_KEYS, settings.DATA_DIR = {}, tmp_path / "data"
    settings.DATA_DIR.mkdir()
    return tmp_path


def run(*words: str | Path) -> str:
    out = StringIO()
    call_command("coupon_keys", *map(str, words), stdout=out)
    return out.getvalue()


def lose_the_keys(folder: Path) -> None:
    (folder / "data" / keys.FILE).unlink()


def redeem(coupon: Coupon, code: str) -> None:
    coupon.refresh_from_db()
    till = make.a_till(coupon.cafe)
    operations.redeem(code=code, cafe=coupon.cafe, till=till, at=AT)


def test_a_lost_key_comes_back_and_every_coupon_with_it(folder: Path) -> None:
    """Two generations of keys, a coupon of each, a fire, and nobody's coffee is lost."""
    old = make.a_coupon()
    run("rotate")
    new = make.a_coupon(offer=old.offer)
    codes = {coupon: make.qr_of(coupon) for coupon in (old, new)}
    one, other = folder / "safe", folder / "bank"
    run("back_up", one, other)
    lose_the_keys(folder)
    for coupon, code in codes.items():
        with pytest.raises(NotReadable):
            redeem(coupon, code)
    meanwhile = make.a_coupon(offer=old.offer)
    assert "LOST" in run("show")
    assert run("restore", other, one).startswith("Restored: ")
    assert "LOST" not in run("show")
    assert keyring().signing == meanwhile.kid
    for coupon, code in [*codes.items(), (meanwhile, make.qr_of(meanwhile))]:
        redeem(coupon, code)
    assert Coupon.objects.filter(state="REDEEMED").count() == 3


def test_a_backup_brings_an_empty_house_its_own_signing_key(folder: Path) -> None:
    before = keyring()
    run("rotate")
    after = keyring()
    run("back_up", folder / "a", folder / "b")
    lose_the_keys(folder)
    run("restore", folder / "a", folder / "b")
    assert keyring() == after
    assert (before.signing, after.signing) == tuple(reversed(list(after.masters)))
    assert "nothing was missing" in run("restore", folder / "a", folder / "b")


def test_a_rotation_signs_new_coupons_and_what_is_undone(folder: Path) -> None:
    coupon = make.a_coupon()
    first = coupon.kid
    till = make.a_till(coupon.cafe)
    use = operations.redeem(code=make.qr_of(coupon), cafe=coupon.cafe, till=till, at=AT)
    assert "signs from now on" in run("rotate")
    assert make.a_coupon(offer=coupon.offer).kid == keyring().signing != first
    operations.undo(redemption=use, till=till, at=AT)
    coupon.refresh_from_db()
    assert coupon.kid == keyring().signing


def test_keys_that_no_unused_coupon_needs_are_dropped(folder: Path) -> None:
    kept = make.a_coupon()
    run("rotate")
    idle = keyring().signing
    run("rotate")
    shown = run("drop")
    assert idle not in shown
    assert set(keyring().masters) == {kept.kid, keyring().signing}
    assert f"{kept.kid}  1 unused coupons" in shown
    operations.give_back(coupon=kept, at=AT)
    run("drop")
    assert set(keyring().masters) == {keyring().signing}


def test_shares_are_for_their_keepers_alone_and_never_overwritten(folder: Path) -> None:
    one, other = folder / "one", folder / "other"
    run("back_up", one, other)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (one, other)} == {0o600}
    before = one.read_text()
    with pytest.raises(CommandError):
        run("back_up", one, folder / "third")
    assert one.read_text() == before


def test_no_share_holds_a_key(folder: Path) -> None:
    run("back_up", folder / "one", folder / "other")
    named = json.loads((folder / "data" / keys.FILE).read_text())
    for path in (folder / "one", folder / "other"):
        assert not any(key in path.read_text() for key in named.values())


def test_shares_of_another_backup_restore_nothing(folder: Path) -> None:
    for name in "ab":
        run("back_up", folder / f"{name}1", folder / f"{name}2")
    lose_the_keys(folder)
    with pytest.raises(CommandError, match="not the two shares"):
        run("restore", folder / "a1", folder / "b2")
    assert not (folder / "data" / keys.FILE).exists()


def test_a_backup_with_another_key_of_the_same_name_restores_nothing(folder: Path) -> None:
    keyring()
    run("back_up", folder / "one", folder / "other")
    file = folder / "data" / keys.FILE
    named = json.loads(file.read_text())
    other = {kid: keys.base64.b64encode(bytes(32)).decode() for kid in named}
    file.write_text(json.dumps(other))
    with pytest.raises(CommandError, match="Another key is named"):
        run("restore", folder / "one", folder / "other")
    assert json.loads(file.read_text()) == other


def test_a_file_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run("restore", folder / "one", folder / "other")


@pytest.mark.parametrize("way", ["rotate", "drop", "restore"])
def test_keys_of_the_settings_are_changed_in_the_settings(
    way: str, folder: Path, settings: Settings
) -> None:
    settings.COUPON_KEYS = {"K1": keys.base64.b64encode(bytes(32)).decode()}
    files = (folder / "one", folder / "other")
    run("back_up", *files)
    with pytest.raises(CommandError, match="CAMPUS_COUPON_KEYS"):
        run(way, *(files if way == "restore" else ()))
    assert not (folder / "data" / keys.FILE).exists()
