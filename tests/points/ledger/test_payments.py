"""A payment as one call does what the plain way does; whatever is not usual goes the plain way."""

from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campus.people.models import Holder
from points.ledger import operations, payments
from points.ledger.models import Account, Asset, Lot, LotUse, Transfer, Txn
from points.ledger.operations import posting
from points.ledger.refusals import AccountFrozen, AlreadyPosted, NotEnough
from tests.points.ledger.book import NOON, a_person, earn, held, reconcile, spend

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LATER = NOON + timedelta(days=40)


@pytest.fixture
def person() -> Holder:
    """Somebody with two lots, for whom everything a payment needs exists."""
    person = a_person()
    earn(person, 10)
    spend(person, 1)
    earn(person, 10, at=LATER)
    earn(person, 10, asset=Asset.SUN)
    spend(person, 1, asset=Asset.SUN)
    return person


def written(transfer: Transfer) -> list[object]:
    """All that a payment wrote, but for its ids."""
    row = Transfer.objects.filter(pk=transfer.pk)
    hidden = {"id", "txn_id", "source_id", "wallet_version", "wallet_balance"}
    fields = {name: value for name, value in row.values()[0].items() if name not in hidden}
    event = Txn.objects.values("kind", "actor", "reason", "night_run", "request_id", "posted_at")
    uses = LotUse.objects.filter(transfer=transfer).order_by("expires_on")
    return [fields, event.get(pk=transfer.txn_id), [*uses.values_list("expires_on", "amount")]]


@pytest.mark.parametrize("asset", Asset.values)
def test_one_call_writes_what_the_plain_way_writes(
    asset: str, person: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = spend(person, 3, asset=asset, at=LATER)
    monkeypatch.setattr(posting, "pay", lambda payment, txn: None)
    assert written(quick) == written(spend(person, 3, asset=asset, at=LATER))
    reconcile()


def test_one_call_takes_from_several_lots_and_tells_what_stands_in_the_book(person: Holder) -> None:
    paid = spend(person, 12, at=LATER)
    assert [*LotUse.objects.filter(transfer=paid).values_list("amount", flat=True)] == [9, 3]
    assert [*Lot.objects.order_by("expires_on").values_list("used", flat=True)] == [10, 3]
    assert paid.wallet_balance == held(person) == 7
    found = Transfer.objects.get(pk=paid.pk)
    names = [field.attname for field in Transfer._meta.concrete_fields]
    assert [getattr(paid, name) for name in names] == [getattr(found, name) for name in names]
    reconcile()


def test_a_payment_costs_one_statement_besides_its_savepoint(person: Holder) -> None:
    with CaptureQueriesContext(connection) as asked:
        spend(person, 3)
    _whom_to_pay, *payment = [each["sql"].split()[0] for each in asked]
    assert payment == ["SAVEPOINT", "SELECT", "RELEASE"]


def test_what_is_refused_is_refused_by_name_and_leaves_no_trace(person: Holder) -> None:
    spend(person, 3, source="once")
    before = [held(person), Transfer.objects.count(), Txn.objects.count(), LotUse.objects.count()]
    with pytest.raises(AlreadyPosted):
        spend(person, 3, source="once")
    with pytest.raises(NotEnough) as refusal:
        spend(person, 20)
    assert refusal.value.facts["missing"] == 4
    with pytest.raises(ValueError, match="not a movement"):
        spend(person, -3)
    operations.freeze(account=operations.wallet(holder=person, asset=Asset.CP))
    with pytest.raises(AccountFrozen):
        spend(person, 3)
    after = [held(person), Transfer.objects.count(), Txn.objects.count(), LotUse.objects.count()]
    assert after == before


def test_the_first_payment_opens_the_account_it_goes_to() -> None:
    person = a_person()
    earn(person, 10)
    assert not Account.objects.filter(kind=Account.Kind.GAME).exists()
    spend(person, 3)
    assert Account.objects.filter(kind=Account.Kind.GAME).exists()
    reconcile()


def test_a_lost_function_fails_the_system_check_until_migrate() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP FUNCTION {payments.FUNCTION}")
    [found] = run_checks(tags=["database"], databases=["default"])
    assert found.id == "points.E001"
    assert payments.FUNCTION in found.msg
    call_command("migrate", verbosity=0, skip_checks=True)
    assert payments.missing(connection) == []
