"""The night's credits: few statements, the same book as one by one."""

import numpy as np
import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from points.ledger import operations, queries
from points.ledger.models import Account, Asset, Lot, Transfer, Txn
from points.ledger.refusals import AlreadyPosted
from tests.points.ledger.book import (
    DAY,
    NOON,
    a_batch,
    a_person,
    credit_many,
    earn,
    held,
    reconcile,
    spend,
)

pytestmark = pytest.mark.django_db


def test_credit_many_gives_each_row_to_its_holder() -> None:
    old, new = a_person(), a_person()
    earn(old, 5)
    spend(old, 2)
    credit_many(a_batch([(old, 10), (new, 20), (old, 7)]))
    assert (held(old), held(new)) == (20, 20)
    rows = Transfer.objects.filter(wallet__holder=old).order_by("wallet_version")
    assert list(rows.values_list("wallet_version", "wallet_balance")) == [
        (1, 5),
        (2, 3),
        (3, 13),
        (4, 20),
    ]
    reconcile()


def test_credit_many_is_one_event_of_its_night() -> None:
    people = [a_person() for _each in range(3)]
    credit_many(a_batch([(person, 1) for person in people]))
    txn = Txn.objects.get()
    assert (txn.kind, txn.night_run, txn.posted_at) == ("SAVING", 1, NOON)
    assert set(txn.transfers.values_list("effective_on", "posted_at")) == {(DAY, NOON)}


def test_credit_many_books_nothing_of_a_batch_that_repeats_an_event() -> None:
    first, second = a_person(), a_person()
    batch = a_batch([(first, 10)])
    credit_many(batch)
    both = a_batch([(second, 5), (first, 10)])
    both.source_id[1] = batch.source_id[0]  # type: ignore[index]
    with pytest.raises(AlreadyPosted):
        credit_many(both)
    assert (held(first), held(second)) == (10, 0)
    assert Transfer.objects.count() == 1


def test_credit_many_refuses_an_amount_that_moves_nothing() -> None:
    with pytest.raises(IntegrityError):
        credit_many(a_batch([(a_person(), 0)]))


def test_credit_many_of_nothing_writes_nothing() -> None:
    credit_many(a_batch([]))
    assert not Txn.objects.exists()


def test_credit_many_asks_as_much_for_many_as_for_few() -> None:
    def statements(people: int) -> int:
        batch = a_batch([(a_person(), 5) for _each in range(people)])
        with CaptureQueriesContext(connection) as seen:
            credit_many(batch)
        return len(seen)

    statements(1)  # opens the issuer's account
    assert statements(60) == statements(3)


def test_credit_many_of_sunlight_grants_no_lots() -> None:
    person = a_person()
    credit_many(a_batch([(person, 5)]), asset=Asset.SUN)
    assert queries.balances(holder=person) == {"CP": 0, "SUN": 5}
    assert not Lot.objects.exists()


def test_credit_many_lets_those_who_owe_repay_half() -> None:
    owing, free = a_person(), a_person()
    paid = earn(owing, 100)
    spend(owing, 100)
    operations.correct(
        transfer=paid, amount=0, source_kind="AWARD", source_id="corrected", revision=2, at=NOON
    )
    credit_many(a_batch([(owing, 31), (free, 31), (owing, 10)]))
    assert (held(owing), held(free)) == (16 + 5, 31)
    lender = Account.objects.get(kind=Account.Kind.CLAWBACK)
    repaid = Transfer.objects.filter(credit=lender).order_by("pk")
    assert list(repaid.values_list("amount", flat=True)) == [15, 5]
    reconcile()


class SetBasedEqualsOneByOne(TestCase):
    """The vector form and its oracle."""

    @given(rows=some.lists(some.tuples(some.integers(0, 3), some.integers(1, 999)), max_size=12))
    def test_credit_many_leaves_the_same_book_as_single_credits(
        self, rows: list[tuple[int, int]]
    ) -> None:
        together, singly = ([a_person() for _each in range(4)] for _book in range(2))
        credit_many(a_batch([(together[who], amount) for who, amount in rows]))
        for who, amount in rows:
            earn(singly[who], amount)
        for left, right in zip(together, singly, strict=True):
            assert _lines(left) == _lines(right)
        reconcile()


def _lines(holder: object) -> list[tuple[int, int, int]]:
    rows = Transfer.objects.filter(wallet__holder=holder).order_by("wallet_version")
    return list(rows.values_list("wallet_version", "amount", "wallet_balance"))


def test_a_batch_keeps_chosen_rows() -> None:
    batch = a_batch([(a_person(), 1), (a_person(), 2), (a_person(), 3)])
    kept = batch.taking(np.array([True, False, True]))
    assert kept.amount.tolist() == [1, 3]
    assert kept.source_id == [batch.source_id[0], batch.source_id[2]]
