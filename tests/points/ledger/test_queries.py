"""Reading the book."""

from datetime import timedelta

import pytest

from campus.errors import NotFound
from points.ledger import operations, queries
from points.ledger.models import Asset
from tests.points.ledger.book import NOON, a_person, earn, reconcile, spend

pytestmark = pytest.mark.django_db


def test_balance_at_tells_what_was_true_then() -> None:
    person = a_person()
    for hours, amount in enumerate([10, 20, 30]):
        earn(person, amount, at=NOON + timedelta(hours=hours))

    def then(hours: float) -> int:
        at = NOON + timedelta(hours=hours)
        return queries.balance_at(holder=person, asset=Asset.CP, at=at)

    assert [then(-1), then(0), then(0.5), then(1), then(9)] == [0, 10, 10, 30, 60]


def test_entry_tells_one_line_of_the_holders_own_wallet() -> None:
    person = a_person()
    earn(person, 10)
    transfer = spend(person, 4)
    entry = queries.entry(holder=person, entry_id="CP-2")
    assert (entry.amount, entry.balance, entry.transfer_id) == (-4, 6, transfer.pk)


@pytest.mark.parametrize("entry_id", ["CP-2", "SUN-1", "CP", "", "-1", "CP--1", "CP-1x", "CP-१"])
def test_entry_of_another_name_is_not_found(entry_id: str) -> None:
    person = a_person()
    earn(person, 10)
    with pytest.raises(NotFound):
        queries.entry(holder=person, entry_id=entry_id)


def test_entry_of_another_holder_is_not_found() -> None:
    earn(a_person(), 10)
    with pytest.raises(NotFound):
        queries.entry(holder=a_person(), entry_id="CP-1")


def test_transfers_of_an_event_are_found_by_its_source() -> None:
    person = a_person()
    transfer = earn(person, 10, source="known")
    assert queries.transfers_of(source_kind="AWARD", source_id="known") == [transfer]


def test_entry_carries_the_reason_of_its_event() -> None:
    person = a_person()
    operations.reverse(transfer=earn(person, 10), at=NOON, reason="a reading was corrected")
    assert queries.entry(holder=person, entry_id="CP-2").reason == "a reading was corrected"
    reconcile()
