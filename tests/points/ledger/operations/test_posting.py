"""Posting a few transfers: all of an event or none, once, and never below zero."""

from dataclasses import replace

import pytest
import structlog

from points.ledger import operations, queries
from points.ledger.models import Account, Asset, Code, Transfer, Txn
from points.ledger.operations import posting
from points.ledger.refusals import AccountFrozen, AlreadyPosted, NotEnough
from tests.points.ledger.book import (
    DAY,
    NOON,
    a_move,
    a_person,
    a_source,
    earn,
    held,
    reconcile,
    spend,
)

pytestmark = pytest.mark.django_db


def test_credit_moves_points_from_the_issuer_to_the_wallet() -> None:
    person = a_person()
    transfer = earn(person, 100)
    assert transfer.debit == operations.issuer(campus=person.campus, asset=Asset.CP)
    assert transfer.credit == operations.wallet(holder=person, asset=Asset.CP)
    assert (transfer.wallet_version, transfer.wallet_balance) == (1, 100)
    assert queries.balances(holder=person) == {"CP": 100, "SUN": 0}


def test_spend_takes_from_the_wallet_and_tells_what_is_left() -> None:
    person = a_person()
    earn(person, 100)
    transfer = spend(person, 30)
    assert (transfer.wallet_version, transfer.wallet_balance) == (2, 70)
    assert held(person) == 70
    reconcile()


def test_the_last_point_can_be_spent() -> None:
    person = a_person()
    earn(person, 30)
    spend(person, 30)
    assert held(person) == 0


def test_spend_refuses_what_the_wallet_does_not_hold_and_leaves_no_trace() -> None:
    person = a_person()
    earn(person, 29)
    with pytest.raises(NotEnough) as refused:
        spend(person, 30)
    assert refused.value.facts == {"asset": "CP", "missing": 1}
    assert held(person) == 29
    assert Transfer.objects.count() == Txn.objects.count() == 1


def test_assets_do_not_pay_for_one_another() -> None:
    person = a_person()
    earn(person, 100, asset=Asset.SUN)
    with pytest.raises(NotEnough):
        spend(person, 1)
    assert queries.balances(holder=person) == {"CP": 0, "SUN": 100}


def test_an_event_is_booked_once() -> None:
    person = a_person()
    earn(person, 100, source="same")
    with pytest.raises(AlreadyPosted):
        earn(person, 100, source="same")
    assert held(person) == 100


def test_a_repeated_spend_is_a_repeat_even_when_the_wallet_is_empty_by_now() -> None:
    person = a_person()
    earn(person, 100)
    spend(person, 100, source="same")
    with pytest.raises(AlreadyPosted):
        spend(person, 100, source="same")
    assert held(person) == 0


def test_post_books_all_moves_of_an_event_or_none() -> None:
    rich, poor = a_person(), a_person()
    earn(rich, 50)
    game = operations.account(
        holder=operations.campus_holder(campus=rich.campus),
        kind=Account.Kind.GAME,
        asset=Asset.CP,
    )
    moves = [
        replace(a_move(person), debit=operations.wallet(holder=person, asset="CP"), credit=game)
        for person in (rich, poor)
    ]
    with pytest.raises(NotEnough):
        operations.post(kind="TEST", moves=moves, at=NOON)
    assert (held(rich), held(poor)) == (50, 0)
    assert Transfer.objects.count() == 1


def test_within_an_event_credits_come_before_debits() -> None:
    person = a_person()
    gift = a_move(person, 40)
    take = replace(gift, debit=gift.credit, credit=gift.debit, amount=30, source_id=a_source())
    operations.post(kind="TEST", moves=[take, gift], at=NOON)
    rows = Transfer.objects.order_by("wallet_version")
    assert list(rows.values_list("amount", "wallet_balance")) == [(40, 40), (30, 10)]
    assert held(person) == 10
    reconcile()


def test_post_keeps_who_asked_and_why() -> None:
    person = a_person()
    move = a_move(person)
    txn = operations.post(
        kind="TEST", moves=[move], at=NOON, actor=person, reason="because", night_run=7
    )
    txn.refresh_from_db()
    assert (txn.kind, txn.actor, txn.reason, txn.night_run) == ("TEST", person, "because", 7)
    assert txn.posted_at == NOON


def test_an_event_between_recording_accounts_changes_no_wallet() -> None:
    cafe = operations.campus_holder(campus=a_person().campus)
    liability, owed = (
        operations.account(holder=cafe, kind=kind, asset=Asset.CP)
        for kind in (Account.Kind.COUPON_LIABILITY, Account.Kind.CAFE)
    )
    move = replace(a_move(a_person()), debit=liability, credit=owed, code=Code.COUPON_REDEEMED)
    txn = operations.post(kind="TEST", moves=[move], at=NOON)
    assert txn.transfers.get().wallet is None
    reconcile()


@pytest.mark.parametrize("amount", [0, -1])
def test_post_refuses_an_amount_that_moves_nothing(amount: int) -> None:
    with pytest.raises(ValueError, match="not a movement"):
        operations.post(kind="TEST", moves=[a_move(a_person(), amount)], at=NOON)


def test_post_refuses_to_turn_sunlight_into_carbon_points() -> None:
    person = a_person()
    move = replace(a_move(person), debit=operations.issuer(campus=person.campus, asset="SUN"))
    with pytest.raises(ValueError, match="one asset"):
        operations.post(kind="TEST", moves=[move], at=NOON)


def test_post_refuses_a_gift_from_wallet_to_wallet() -> None:
    giver, taker = a_person(), a_person()
    earn(giver, 10)
    move = replace(a_move(taker, 5), debit=operations.wallet(holder=giver, asset=Asset.CP))
    with pytest.raises(ValueError, match="not a movement"):
        operations.post(kind="TEST", moves=[move], at=NOON)


def test_a_frozen_wallet_receives_but_does_not_spend() -> None:
    person = a_person()
    wallet = operations.wallet(holder=person, asset=Asset.CP)
    operations.freeze(account=wallet)
    earn(person, 10)
    with pytest.raises(AccountFrozen):
        spend(person, 5)
    operations.thaw(account=wallet)
    spend(person, 5)
    assert held(person) == 5


def test_a_refused_event_does_not_spoil_the_transaction_around_it() -> None:
    from django.db import transaction

    person = a_person()
    with transaction.atomic():
        earn(person, 10)
        with pytest.raises(NotEnough):
            spend(person, 11)
        spend(person, 4)
    assert held(person) == 6


def test_transfers_carry_the_day_they_are_about_and_the_instant_of_posting() -> None:
    person = a_person()
    operations.post(kind="TEST", moves=[a_move(person)], at=NOON)
    transfer = Transfer.objects.get()
    assert (transfer.effective_on, transfer.posted_at) == (DAY, NOON)


def test_nothing_is_said_that_nobody_said() -> None:
    person = a_person()
    first, second = earn(person, 100), spend(person, 30)
    third = operations.post(kind=Code.SAVING, moves=[a_move(person)], at=NOON)
    said = {(txn.reason, txn.request_id) for txn in (first.txn, second.txn, third)}
    assert said == {("", "")}
    assert (first.revision, second.revision) == (1, 1)


def test_an_event_keeps_the_id_of_the_request_that_asked_for_it() -> None:
    with structlog.contextvars.bound_contextvars(request_id="r" * 80):
        txn = earn(a_person(), 5).txn
    assert txn.request_id == "r" * 64


def test_points_that_come_while_it_is_refused_make_no_wallet_look_frozen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person, honest = a_person(), posting._refuse

    def overtaken(wallet_id: int, needed: int) -> None:
        earn(person, 100)
        honest(wallet_id, needed)

    monkeypatch.setattr(posting, "_refuse", overtaken)
    with pytest.raises(NotEnough) as refusal:
        spend(person, 20)
    assert refusal.value.facts["missing"] == 1


def test_a_frozen_wallet_that_holds_just_enough_is_told_to_be_frozen() -> None:
    person = a_person()
    earn(person, 10)
    Account.objects.filter(holder=person).update(status=Account.Status.FROZEN)
    with pytest.raises(AccountFrozen):
        spend(person, 10)
    with pytest.raises(NotEnough) as refusal:
        spend(person, 11)
    assert refusal.value.facts == {"asset": "CP", "missing": 1}


def test_a_second_posting_is_told_what_was_posted_before() -> None:
    person = a_person()
    earn(person, 10, source="award-1")
    with pytest.raises(AlreadyPosted) as refusal:
        earn(person, 10, source="award-1")
    assert refusal.value.facts == {"source": "AWARD award-1"}
