"""Undoing and booking anew: never below zero, never twice, points back where they came from."""

from datetime import date, timedelta

import pytest

from points.ledger import operations, queries
from points.ledger.models import Account, Asset, Code, LotUse, Transfer
from points.ledger.operations import debts
from points.ledger.queries import Expiring
from points.ledger.refusals import AlreadyReversed, NotEnough
from tests.points.ledger.book import NOON, a_person, a_source, earn, held, reconcile, spend

pytestmark = pytest.mark.django_db


def correct(transfer: Transfer, amount: int) -> None:
    operations.correct(
        transfer=transfer,
        amount=amount,
        source_kind="AWARD",
        source_id=a_source(),
        revision=2,
        at=NOON,
        reason="a reading was corrected",
    )


def debt() -> int:
    lender = Account.objects.filter(kind=Account.Kind.CLAWBACK).first()
    return debts.debt(lender) if lender else 0


def test_reverse_gives_back_what_was_spent() -> None:
    person = a_person()
    earn(person, 100)
    bought = spend(person, 40)
    back = operations.reverse(transfer=bought, at=NOON, code=Code.ITEM_RETURNED)
    assert held(person) == 100
    assert (back.reverses, back.code, back.amount) == (bought, "ITEM_RETURNED", 40)
    reconcile()


def test_reverse_happens_once() -> None:
    person = a_person()
    earn(person, 100)
    bought = spend(person, 40)
    operations.reverse(transfer=bought, at=NOON)
    with pytest.raises(AlreadyReversed):
        operations.reverse(transfer=bought, at=NOON)
    assert held(person) == 100


def test_reverse_of_a_credit_needs_the_points_to_be_there() -> None:
    person = a_person()
    earned = earn(person, 100)
    spend(person, 40)
    with pytest.raises(NotEnough) as refused:
        operations.reverse(transfer=earned, at=NOON)
    assert refused.value.facts["missing"] == 40
    assert held(person) == 60


def test_reverse_keeps_the_day_it_is_about() -> None:
    earned = earn(a_person(), 100)
    back = operations.reverse(transfer=earned, at=NOON + timedelta(days=3))
    assert back.effective_on == earned.effective_on
    assert back.posted_at == NOON + timedelta(days=3)


def test_correct_replaces_a_credit_in_one_event() -> None:
    person = a_person()
    earned = earn(person, 100)
    correct(earned, 60)
    assert held(person) == 60
    rows = Transfer.objects.filter(wallet__holder=person).order_by("wallet_version")
    assert list(rows.values_list("amount", "code", "wallet_balance")) == [
        (100, "SAVING", 100),
        (60, "SAVING", 160),
        (100, "CORRECTION", 60),
    ]
    assert rows[1].txn == rows[2].txn
    reconcile()


def test_correct_can_raise_a_credit() -> None:
    person = a_person()
    correct(earn(person, 100), 130)
    assert held(person) == 130
    assert debt() == 0


def test_correct_to_nothing_only_reverses() -> None:
    person = a_person()
    correct(earn(person, 100), 0)
    assert held(person) == 0
    assert Transfer.objects.count() == 2


def test_correct_happens_once() -> None:
    earned = earn(a_person(), 100)
    correct(earned, 60)
    with pytest.raises(AlreadyReversed):
        correct(earned, 50)


def test_what_a_wallet_cannot_cover_becomes_a_debt_and_the_balance_stays_at_zero() -> None:
    person = a_person()
    earned = earn(person, 100)
    spend(person, 90)
    correct(earned, 20)
    assert held(person) == 0
    assert debt() == 70
    reconcile()


def test_a_debt_is_repaid_from_at_most_half_of_each_later_credit() -> None:
    person = a_person()
    earned = earn(person, 100)
    spend(person, 100)
    correct(earned, 80)
    assert debt() == 20
    earn(person, 31)
    assert (held(person), debt()) == (16, 5)
    earn(person, 31)
    assert (held(person), debt()) == (16 + 26, 0)
    earn(person, 10)
    assert (held(person), debt()) == (52, 0)
    reconcile()


def test_a_refund_repays_no_debt() -> None:
    person = a_person()
    earned = earn(person, 100)
    bought = spend(person, 100)
    correct(earned, 0)
    operations.reverse(transfer=bought, at=NOON)
    assert (held(person), debt()) == (100, 100)


def test_a_debt_of_sunlight_is_not_repaid_in_carbon_points() -> None:
    person = a_person()
    earned = earn(person, 100, asset=Asset.SUN)
    spend(person, 100, asset=Asset.SUN)
    correct(earned, 0)
    earn(person, 50)
    assert queries.balances(holder=person) == {"CP": 50, "SUN": 0}
    assert debt() == 100


def test_points_come_from_what_expires_first_and_go_back_there() -> None:
    person = a_person()
    earn(person, 30, at=NOON)
    earn(person, 50, at=NOON + timedelta(days=31))
    bought = spend(person, 40, at=NOON + timedelta(days=32))
    march, april = date(2027, 3, 31), date(2027, 4, 30)
    assert queries.expiring(holder=person) == [Expiring(april, 40)]
    uses = LotUse.objects.filter(transfer=bought).order_by("expires_on")
    assert list(uses.values_list("expires_on", "amount")) == [(march, 30), (april, 10)]
    operations.reverse(transfer=bought, at=NOON + timedelta(days=33))
    assert queries.expiring(holder=person) == [Expiring(march, 30), Expiring(april, 50)]
    reconcile()


def test_points_refunded_after_their_last_day_get_fourteen_days_of_grace() -> None:
    person = a_person()
    earn(person, 30)
    bought = spend(person, 10)
    late = NOON + timedelta(days=400)
    operations.reverse(transfer=bought, at=late)
    grace = late.date() + timedelta(days=14)
    assert Expiring(grace, 10) in queries.expiring(holder=person)
    reconcile()


def test_a_corrected_credit_is_taken_from_the_lot_that_it_granted() -> None:
    person = a_person()
    earn(person, 30)
    wrong = earn(person, 50, at=NOON + timedelta(days=31))
    operations.reverse(transfer=wrong, at=NOON + timedelta(days=31))
    assert queries.expiring(holder=person) == [Expiring(date(2027, 3, 31), 30)]


def test_the_day_of_posting_is_the_campuss_own() -> None:
    """At 06:00 in Seoul it is still yesterday in Greenwich."""
    person = a_person()
    earn(person, 30, at=NOON.replace(month=3, day=31, hour=21))
    assert queries.expiring(holder=person) == [Expiring(date(2027, 4, 30), 30)]
