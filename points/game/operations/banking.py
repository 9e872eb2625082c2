"""Drops that nobody touched for a week are posted by themselves, at their full value."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from campus.places.models import Campus
from points.game import statements
from points.game.operations.writing import DROP, code_of
from points.game.rules import book as rules_book
from points.game.statements import Taken
from points.ledger import operations as ledger
from points.ledger.models import Asset
from points.ledger.moves import CreditBatch

AT_ONCE = 10_000


def bank_untouched(*, campus: Campus, at: datetime) -> int:
    """Post every drop that was ripe for a week at its full value; returns how many there were."""
    before = at - timedelta(days=rules_book.current().drops.bank_after_days)
    banked = 0
    while some := _bank(campus, before=before, at=at):
        banked += some
    return banked


@transaction.atomic
def _bank(campus: Campus, *, before: datetime, at: datetime) -> int:
    taken = statements.take_ripe(campus_id=campus.pk, before=before, at=at, most=AT_ONCE)
    for kind in sorted({row.kind for row in taken}):
        ledger.credit_many(
            campus=campus,
            asset=Asset.SUN,
            rows=_credits([row for row in taken if row.kind == kind]),
            code=code_of(kind=kind),
            source_kind=DROP,
            at=at,
            run_id=None,
        )
    return len(taken)


def _credits(rows: Sequence[Taken]) -> CreditBatch:
    return CreditBatch(
        holder_id=np.array([row.holder_id for row in rows], dtype=np.int64),
        amount=np.array([row.amount for row in rows], dtype=np.int64),
        source_id=[str(row.uid) for row in rows],
        revision=np.ones(len(rows), dtype=np.int64),
        effective_on=[row.effective_on for row in rows],
    )
