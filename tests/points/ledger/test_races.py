"""
The book under many hands at once, on PostgreSQL, where hands really meet.

Each proof first shows, with the guards off, that the harness can see the fault.
"""

import random
from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction
from django.db.models import Sum

from campus.nights.models import NightRun
from campus.people.models import Holder
from points.ledger import operations, queries
from points.ledger.models import Account, Asset, Lot, Seal, Transfer
from points.ledger.moves import Move
from points.ledger.operations import posting
from points.ledger.refusals import NotEnough
from tests import factories
from tests.points.ledger.book import (
    NOON,
    a_batch,
    a_person,
    a_source,
    credit_many,
    earn,
    held,
    reconcile,
    spend,
)
from tests.points.races import race
from tests.tiers import tier

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = range(tier(quick=3, full=25))


def kinds(answers: list[object]) -> dict[str, int]:
    """How often each kind of answer was given."""
    names = [type(answer).__name__ for answer in answers]
    return {name: names.count(name) for name in sorted(set(names))}


@pytest.mark.parametrize("_round", ROUNDS)
def test_calibration_without_the_guard_points_are_spent_twice(
    _round: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read, think, write: what most shops do."""

    def naive(wallet_id: int, moves: list[object]) -> tuple[int, int]:
        wallet = Account.objects.get(pk=wallet_id)
        net = sum(move.change() for move in moves)  # type: ignore[attr-defined]
        if wallet.balance + net < 0:
            raise NotEnough(asset=wallet.asset, missing=-net - wallet.balance)
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.02)")
        Account.objects.filter(pk=wallet_id).update(balance=wallet.balance + net)
        return wallet.balance, random.randrange(1, 2**60)

    person = a_person()
    earn(person, 10, asset=Asset.SUN)
    monkeypatch.setattr(posting, "_change", naive)
    monkeypatch.setattr(posting, "pay", lambda payment, txn: None)
    answers = race([lambda: spend(person, 10, asset=Asset.SUN)] * 16)
    assert kinds(answers)["Transfer"] > 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_sixty_four_spenders_spend_what_is_there_and_no_more(_round: int) -> None:
    person = a_person()
    earn(person, 100)
    answers = race([lambda: spend(person, 10)] * 64)
    assert kinds(answers) == {"NotEnough": 54, "Transfer": 10}
    assert held(person) == 0
    reconcile()


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_same_event_sent_many_times_at_once_is_booked_once(_round: int) -> None:
    person = a_person()
    source = a_source()
    answers = race([lambda: earn(person, 10, source=source)] * 32)
    assert kinds(answers) == {"AlreadyPosted": 31, "Transfer": 1}
    assert held(person) == 10


def test_the_same_purchase_sent_many_times_at_once_is_booked_once() -> None:
    person = a_person()
    earn(person, 15)
    source = a_source()
    answers = race([lambda: spend(person, 10, source=source)] * 32)
    assert kinds(answers) == {"AlreadyPosted": 31, "Transfer": 1}
    assert held(person) == 5


def test_a_purchase_is_refunded_once_however_many_ask() -> None:
    person = a_person()
    earn(person, 10)
    bought = spend(person, 10)
    answers = race([lambda: operations.reverse(transfer=bought, at=NOON)] * 32)
    assert kinds(answers) == {"AlreadyReversed": 31, "Transfer": 1}
    assert held(person) == 10
    reconcile()


def test_credits_at_once_repay_a_debt_once() -> None:
    person = a_person()
    earned = earn(person, 100)
    spend(person, 100)
    operations.correct(
        transfer=earned, amount=0, source_kind="AWARD", source_id="c", revision=2, at=NOON
    )
    answers = race([lambda: earn(person, 20)] * 32)
    assert kinds(answers) == {"Transfer": 32}
    assert held(person) == 32 * 20 - 100
    lender = Account.objects.get(kind=Account.Kind.CLAWBACK)
    assert queries.recorded_balance(account=lender) == 0
    reconcile()


def test_a_correction_and_purchases_at_once_never_go_below_zero() -> None:
    person = a_person()
    earned = earn(person, 100)
    acts: list[Callable[[], object]] = [lambda: spend(person, 10)] * 15
    acts.append(
        lambda: operations.correct(
            transfer=earned, amount=50, source_kind="AWARD", source_id="c", revision=2, at=NOON
        )
    )
    answers = race(acts)
    assert set(kinds(answers)) == {"NotEnough", "Transfer", "Txn"}
    owed = Account.objects.filter(kind=Account.Kind.CLAWBACK).first()
    debt = -queries.recorded_balance(account=owed) if owed else 0
    bought = kinds(answers)["Transfer"] * 10
    assert held(person) == 50 - bought + debt >= 0
    reconcile()


def test_a_new_wallet_named_by_many_at_once_is_one() -> None:
    person = a_person()
    answers = race([lambda: operations.wallet(holder=person, asset=Asset.CP)] * 32)
    assert len({answer.pk for answer in answers}) == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_same_nights_credits_delivered_at_once_are_booked_once(_round: int) -> None:
    people = [a_person() for _each in range(50)]
    batch = a_batch([(person, 7) for person in people])
    answers = race([lambda: credit_many(batch)] * 8)
    assert kinds(answers) == {"AlreadyPosted": 7, "NoneType": 1}
    assert [held(person) for person in people] == [7] * 50
    assert Transfer.objects.count() == 50
    reconcile()


def test_expiry_and_purchases_at_once_take_each_point_once() -> None:
    people = [a_person() for _each in range(20)]
    for person in people:
        earn(person, 10)
    last = Lot.objects.earliest("expires_on").expires_on
    run = NightRun.objects.create(campus=factories.a_campus(), day=last, started_at=NOON)

    def expire() -> int:
        campus = factories.a_campus()
        return operations.expire(campus=campus, day=last, at=NOON, run_id=run.pk)

    answers = race([expire, expire, *[lambda who=who: spend(who, 10) for who in people]])
    assert set(kinds(answers)) <= {"int", "NotEnough", "Transfer"}
    gone = Transfer.objects.exclude(code="SAVING").aggregate(total=Sum("amount"))["total"]
    assert gone == 200
    assert [held(person) for person in people] == [0] * 20
    reconcile()


def test_every_reader_sees_one_total_while_writers_move_points() -> None:
    """The bank test: eight writers, four readers in one snapshot each, no deadlock."""
    people = [a_person() for _each in range(6)]
    for person in people:
        earn(person, 100, asset=Asset.SUN)
    chance = random.Random(7)

    def moves(seed: int) -> Callable[[], None]:
        own = random.Random(seed)

        def write() -> None:
            for _each in range(tier(quick=15, full=300)):
                one, other = own.sample(people, 2)
                _swap(one, other, own.randrange(1, 20))

        return write

    def read() -> list[int]:
        return [_total() for _each in range(tier(quick=20, full=400))]

    answers = race([*[moves(chance.random()) for _each in range(8)], *[read] * 4])
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert {total for totals in answers[8:] for total in totals} == {0}
    reconcile()


def _swap(one: Holder, other: Holder, amount: int) -> None:
    """One gives to the game what the other earns, in one event over two wallets."""
    game = operations.account(
        holder=operations.campus_holder(campus=one.campus), kind="GAME", asset=Asset.SUN
    )
    issuer = operations.issuer(campus=one.campus, asset=Asset.SUN)
    source = a_source()
    wallets = [operations.wallet(holder=each, asset=Asset.SUN) for each in (one, other)]
    about = {"amount": amount, "code": "SAVING", "source_kind": "SWAP", "source_id": source}
    day = NOON.date()
    give = Move(debit=wallets[0], credit=game, leg=0, effective_on=day, **about)
    take = Move(debit=issuer, credit=wallets[1], leg=1, effective_on=day, **about)
    try:
        operations.post(kind="SWAP", moves=[give, take], at=NOON)
    except NotEnough:
        return


def _total() -> int:
    """All accounts together, as one reader sees them in one snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT COALESCE(SUM(balance), 0) FROM points_account")
        held = int(cursor.fetchone()[0])
        cursor.execute(
            "SELECT COALESCE(SUM(CASE WHEN credit_id = wallet_id THEN -amount ELSE amount END), 0)"
            " FROM points_transfer WHERE wallet_id IS NOT NULL"
        )
        return held + int(cursor.fetchone()[0])


def test_the_seal_waits_for_a_writer_who_holds_a_lower_id() -> None:
    """A transfer that commits late, with an id below others, is neither skipped nor unsealed."""
    slow, quick = a_person(), a_person()
    earn(slow, 5)
    earn(quick, 5)
    posted, go_on = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic():
                earn(slow, 1)
                posted.set()
                go_on.wait(30)
        finally:
            connections.close_all()

    def seal() -> None:
        try:
            operations.seal(at=NOON)
        finally:
            connections.close_all()

    writer = Thread(target=write)
    writer.start()
    assert posted.wait(30)
    earn(quick, 1)  # commits first, with the higher id
    sealer = Thread(target=seal)
    sealer.start()
    sealer.join(0.5)
    assert not Seal.objects.exists()
    go_on.set()
    writer.join()
    sealer.join()
    assert Seal.objects.get().rows == 4
    assert list(queries.findings()) == []
