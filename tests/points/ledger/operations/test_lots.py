"""Which lots a payment takes from, and that a refund gives back just these."""

from datetime import date, timedelta

import pytest

from points.ledger import operations
from points.ledger.models import Account, Code, Lot, LotUse, Transfer
from points.ledger.moves import Move
from tests.points.ledger.book import DAY, NOON, a_person, a_source, earn, reconcile, spend

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=40)
FIRST, SECOND = date(2027, 3, 31), date(2027, 4, 30)


def uses(transfer: Transfer) -> dict[date, int]:
    rows = LotUse.objects.filter(transfer=transfer)
    return dict(rows.values_list("expires_on", "amount"))


def test_a_lot_that_is_partly_used_gives_only_what_is_left_of_it() -> None:
    person = a_person()
    earn(person, 10)
    spend(person, 6)
    earn(person, 10, at=LATER)
    assert uses(spend(person, 8, at=LATER)) == {FIRST: 4, SECOND: 4}
    assert [*Lot.objects.order_by("expires_on").values_list("used", flat=True)] == [10, 4]
    reconcile()


def test_a_refund_gives_back_to_each_lot_what_came_from_it() -> None:
    person = a_person()
    earn(person, 4)
    earn(person, 10, at=LATER)
    paid = spend(person, 7, at=LATER)
    operations.reverse(transfer=paid, at=LATER)
    refund = Transfer.objects.get(reverses=paid)
    assert uses(paid) == uses(refund) == {FIRST: 4, SECOND: 3}
    assert [*Lot.objects.values_list("used", flat=True)] == [0, 0]
    reconcile()


def test_each_payment_of_one_event_writes_down_its_own_lots() -> None:
    people = [a_person() for _person in range(2)]
    for person in people:
        earn(person, 10)
    campus = operations.campus_holder(campus=people[0].campus)
    moves = [
        Move(
            debit=operations.wallet(holder=person, asset="CP"),
            credit=operations.account(holder=campus, kind=Account.Kind.GAME, asset="CP"),
            amount=amount,
            code=Code.ITEM_BOUGHT,
            source_kind="ITEM",
            source_id=a_source(),
            effective_on=DAY,
        )
        for person, amount in zip(people, (3, 5), strict=True)
    ]
    txn = operations.post(kind=Code.ITEM_BOUGHT, moves=moves, at=NOON)
    paid = txn.transfers.order_by("amount")
    assert [uses(transfer) for transfer in paid] == [{FIRST: 3}, {FIRST: 5}]
    reconcile()
