"""What tests of the ledger say often."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count

import numpy as np

from campus.people.models import Holder
from points.ledger import operations
from points.ledger.models import Account, Asset, Code, Transfer
from points.ledger.moves import CreditBatch, Move
from tests import factories

NOON = datetime(2026, 3, 10, 3, tzinfo=UTC)  # noon in Seoul
DAY = date(2026, 3, 9)
_number = count(1)


def a_source() -> str:
    """The id of an event that nobody booked yet."""
    return f"test-{next(_number)}"


def a_person() -> Holder:
    """Somebody who may own points."""
    return Holder.objects.create(kind=Holder.Kind.PERSON, campus=factories.a_campus())


def earn(
    holder: Holder,
    amount: int,
    *,
    asset: str = Asset.CP,
    source: str | None = None,
    at: datetime = NOON,
) -> Transfer:
    """Give a person new points."""
    return operations.credit(
        holder=holder,
        asset=asset,
        amount=amount,
        code=Code.SAVING,
        source_kind="AWARD",
        source_id=source or a_source(),
        at=at,
        effective_on=at.date() - timedelta(days=1),
    )


def spend(
    holder: Holder,
    amount: int,
    *,
    asset: str = Asset.CP,
    source: str | None = None,
    at: datetime = NOON,
) -> Transfer:
    """Let a person buy something of their campus."""
    return operations.spend(
        holder=holder,
        asset=asset,
        amount=amount,
        to_kind=Account.Kind.GAME,
        to_holder=operations.campus_holder(campus=holder.campus),
        code=Code.ITEM_BOUGHT,
        source_kind="ITEM",
        source_id=source or a_source(),
        at=at,
        effective_on=at.date(),
    )


def a_move(holder: Holder, amount: int = 10, *, source: str | None = None) -> Move:
    """New points of the campus, not yet booked."""
    return Move(
        debit=operations.issuer(campus=holder.campus, asset=Asset.CP),
        credit=operations.wallet(holder=holder, asset=Asset.CP),
        amount=amount,
        code=Code.SAVING,
        source_kind="AWARD",
        source_id=source or a_source(),
        effective_on=DAY,
    )


def held(holder: Holder, asset: str = Asset.CP) -> int:
    """What the wallet row says."""
    return operations.wallet(holder=holder, asset=asset).balance


def reconcile() -> None:
    """The nightly proof."""
    operations.reconcile(campus=factories.a_campus(), at=NOON)


def a_batch(rows: Sequence[tuple[Holder, int]], *, source: str | None = None) -> CreditBatch:
    """A night's credits, one row a pair of holder and amount."""
    return CreditBatch(
        holder_id=np.array([holder.pk for holder, _amount in rows], np.int64),
        amount=np.array([amount for _holder, amount in rows], np.int64),
        source_id=[source or a_source() for _row in rows],
        revision=np.ones(len(rows), np.int64),
        effective_on=[DAY] * len(rows),
    )


def credit_many(batch: CreditBatch, *, asset: str = Asset.CP, at: datetime = NOON) -> None:
    """Book a night's credits."""
    operations.credit_many(
        campus=factories.a_campus(),
        asset=asset,
        rows=batch,
        code=Code.SAVING,
        source_kind="AWARD",
        at=at,
        run_id=1,
    )
