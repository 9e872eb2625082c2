"""The seal: every later touch of what was sealed is found."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from points.ledger import operations, queries, triggers
from points.ledger.encoding import NOTHING
from points.ledger.models import Account, Asset, Lot, LotUse, Seal, SealedBalance, Transfer, Txn
from tests.points.ledger.book import NOON, a_person, earn, spend

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """The data folder of one test."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def sealed() -> None:
    """Two seals over a few entries, and one entry that is not sealed yet."""
    first, second = a_person(), a_person()
    earn(first, 100)
    spend(first, 30)
    operations.seal(at=NOON)
    earn(second, 50)
    spend(first, 10)
    operations.seal(at=NOON)
    earn(second, 1)


@contextmanager
def as_owner() -> Iterator[None]:
    """What only the owner of the tables could do, and nothing of the product does."""
    _check_foreign_keys_now()
    with triggers.lifted(connection):
        yield
        _check_foreign_keys_now()


def _check_foreign_keys_now() -> None:
    """PostgreSQL alters no table while checks of its rows are pending."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def laws() -> set[str]:
    return {each.law for each in queries.findings(heads=operations.heads())}


def test_a_seal_covers_what_was_posted_since_the_last() -> None:
    person = a_person()
    one, two = earn(person, 10), earn(person, 20)
    first = operations.seal(at=NOON)
    three = earn(person, 30)
    second = operations.seal(at=NOON)
    assert first is not None
    assert second is not None
    assert (first.first_id, first.last_id, first.rows, first.total) == (one.pk, two.pk, 2, 30)
    assert (second.first_id, second.last_id, second.rows) == (three.pk, three.pk, 1)
    assert (first.previous, second.previous) == (NOTHING, first.hash)


def test_nothing_posted_is_nothing_to_seal() -> None:
    assert operations.seal(at=NOON) is None
    earn(a_person(), 1)
    assert operations.seal(at=NOON) is not None
    assert operations.seal(at=NOON) is None


def test_the_hashes_leave_the_database(sealed: None) -> None:
    told = [json.loads(line) for line in operations.heads().read_text().splitlines()]
    assert [line["hash"] for line in told] == list(
        Seal.objects.order_by("pk").values_list("hash", flat=True)
    )


def test_hashes_that_a_dead_night_did_not_leave_are_left_by_the_next(sealed: None) -> None:
    operations.heads().write_text("")
    operations.seal(at=NOON)
    assert len(operations.heads().read_text().splitlines()) == 3
    assert laws() == set()


def test_a_sealed_recording_account_keeps_its_balance(sealed: None) -> None:
    issuer = Account.objects.get(kind=Account.Kind.ISSUER, asset=Asset.CP)
    balances = SealedBalance.objects.filter(account=issuer).order_by("seal")
    assert list(balances.values_list("balance", flat=True)) == [-100, -150]
    assert queries.recorded_balance(account=issuer) == -151


def test_a_recording_account_without_a_seal_is_summed() -> None:
    person = a_person()
    earn(person, 100)
    game = spend(person, 30).credit
    assert queries.recorded_balance(account=game) == 30


def test_a_sound_book_is_found_sound(sealed: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert laws() == set()
    call_command("verify_ledger")
    told = capsys.readouterr().out
    assert "5 transfers, 2 seals, 1 not yet sealed" in told
    assert "The book is sound." in told


def _first() -> Transfer:
    return Transfer.objects.earliest("pk")


def _flip_a_code() -> None:
    Transfer.objects.filter(pk=_first().pk).update(code="AVERAGE")


def _change_an_instant() -> None:
    Transfer.objects.filter(pk=_first().pk).update(posted_at=NOON.replace(microsecond=1))


def _change_a_reason() -> None:
    Txn.objects.filter(pk=_first().txn_id).update(reason="for nothing")


def _move_a_purchase_to_another_event() -> None:
    Transfer.objects.filter(code="ITEM_BOUGHT").update(txn=_first().txn)


def _give_an_account_away() -> None:
    thief = a_person()
    Account.objects.filter(pk=_first().credit_id).update(holder=thief)


def _delete_the_last_of_a_stretch() -> None:
    last = Seal.objects.latest("pk").last_id
    LotUse.objects.filter(transfer=last).delete()
    Transfer.objects.filter(pk=last).delete()


def _insert_between() -> None:
    first = _first()
    Transfer.objects.filter(pk=first.pk).delete()
    first.pk, first.source_id = first.pk, "another"
    first.save(force_insert=True)


def _swap_two_days() -> None:
    one, two = Transfer.objects.order_by("pk")[:2]
    Transfer.objects.filter(pk=one.pk).update(effective_on=two.effective_on)
    Transfer.objects.filter(pk=two.pk).update(effective_on=one.effective_on)


def _note_another_lot() -> None:
    LotUse.objects.update(amount=1)


WAYS = (
    _flip_a_code,
    _change_an_instant,
    _change_a_reason,
    _move_a_purchase_to_another_event,
    _give_an_account_away,
    _delete_the_last_of_a_stretch,
    _insert_between,
    _swap_two_days,
    _note_another_lot,
)


@pytest.mark.parametrize("way", WAYS)
def test_whatever_an_owner_does_to_sealed_rows_is_found(
    sealed: None, way: Callable[[], None]
) -> None:
    with as_owner():
        way()
    assert "a seal fits the transfers it sealed" in laws()
    with pytest.raises(CommandError):
        call_command("verify_ledger")


def test_a_chain_that_was_forged_whole_is_found_by_the_hash_that_left(sealed: None) -> None:
    with as_owner():
        SealedBalance.objects.all().delete()
        Seal.objects.all().delete()
        Transfer.objects.filter(pk=_first().pk).update(code="AVERAGE")
    kept = operations.heads().read_text()
    operations.heads().unlink()
    operations.seal(at=NOON)
    operations.heads().write_text(kept)
    assert laws() == {"the seal is the one whose hash was kept"}


def test_a_changed_sealed_balance_is_found(sealed: None) -> None:
    with as_owner():
        SealedBalance.objects.update(balance=0)
    assert "a sealed balance is the sum of its transfers" in laws()


def test_a_changed_lot_is_found(sealed: None) -> None:
    Lot.objects.filter(used=0).update(expires_on="2030-01-31")
    assert laws() == {"a lot holds what it was granted"}


def test_a_changed_balance_is_found(sealed: None) -> None:
    Account.objects.filter(kind="WALLET", balance__gt=0).update(balance=1_000_000)
    assert laws() == {
        "a wallet holds what its newest entry says",
        "lots hold what the wallet holds",
    }


def test_the_digest_does_not_depend_on_ids() -> None:
    first = a_person()
    earn(first, 10, source="x")
    digest = queries.book().digest
    with as_owner():
        Transfer.objects.update(id=4711)
    assert queries.book().digest == digest
    earn(first, 10, source="y")
    assert queries.book().digest != digest
