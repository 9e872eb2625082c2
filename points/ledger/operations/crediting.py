"""The night's credits: many at once, as a few statements in one short transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import IntegrityError, transaction

from campus.places.models import Campus
from points.ledger import fence, fifo, statements
from points.ledger.models import Account, Asset, Transfer
from points.ledger.moves import CreditBatch, Move
from points.ledger.operations import debts, posting
from points.ledger.operations.accounts import issuer
from points.ledger.refusals import AlreadyPosted


@dataclass(frozen=True, slots=True)
class _Same:
    """What all credits of a batch share."""

    campus: Campus
    issuer: Account
    code: str
    source_kind: str
    at: datetime
    run_id: int | None


def credit_many(
    *,
    campus: Campus,
    asset: str,
    rows: CreditBatch,
    code: str,
    source_kind: str,
    at: datetime,
    run_id: int | None,
) -> None:
    """
    Give new points of a campus to many holders: all rows of the batch, or none.

    Call it once a chunk, in the transaction that marks the chunk done. Holders who owe from an
    earlier correction are booked one by one, so that they repay.

    :raises AlreadyPosted: if one of the events stands in the book
    :raises RowsDisagree: if another number of rows was written than given
    """
    if not len(rows):
        return
    try:
        with transaction.atomic():
            fence.share()
            same = _Same(campus, issuer(campus=campus, asset=asset), code, source_kind, at, run_id)
            wallets = lock_wallets(holders=rows.holder_id.tolist(), asset=asset)
            owing = np.isin(rows.holder_id, debts.debtors(campus=campus, asset=asset))
            _post_set(same, rows.taking(~owing), wallets)
            _post_singly(same, rows.taking(owing), wallets)
    except IntegrityError:
        _refuse_repeats(source_kind, rows.source_id)
        raise


def lock_wallets(*, holders: Sequence[int], asset: str) -> Mapping[int, int]:
    """
    Holder id -> wallet id; made where missing and locked in the order of their ids.

    Must be called inside a transaction, which keeps the locks until it ends.
    """
    wanted = sorted(set(holders))
    statements.make_wallets(holders=wanted, asset=asset)
    return statements.lock_wallets(holders=wanted, asset=asset)


def _post_set(same: _Same, rows: CreditBatch, wallets: Mapping[int, int]) -> None:
    if not len(rows):
        return
    txn = posting.event(kind=same.code, at=same.at, actor=None, reason="", night_run=same.run_id)
    txn.save(force_insert=True)
    shared = statements.Posting(
        txn_id=txn.pk,
        other_id=same.issuer.pk,
        asset=same.issuer.asset,
        code=same.code,
        source_kind=same.source_kind,
        sign=+1,
        at=same.at,
    )
    batch = statements.Rows(
        account_id=[wallets[holder] for holder in rows.holder_id.tolist()],
        amount=rows.amount.tolist(),
        source_id=rows.source_id,
        revision=rows.revision.tolist(),
        effective_on=rows.effective_on,
    )
    statements.post(shared, batch)
    if same.issuer.asset == Asset.CP:
        day = fifo.expires_on(same.at.astimezone(same.campus.zone).date())
        granted = statements.grant_lots(txn_id=txn.pk, expires_on=day)
        statements.agree("one lot for each wallet", granted, len(set(batch.account_id)))


def _post_singly(same: _Same, rows: CreditBatch, wallets: Mapping[int, int]) -> None:
    for place, holder in enumerate(rows.holder_id.tolist()):
        move = Move(
            debit=same.issuer,
            credit=Account.objects.select_related("holder__campus").get(pk=wallets[holder]),
            amount=int(rows.amount[place]),
            code=same.code,
            source_kind=same.source_kind,
            source_id=rows.source_id[place],
            effective_on=rows.effective_on[place],
            revision=int(rows.revision[place]),
        )
        posting.post(kind=same.code, moves=[move], at=same.at, night_run=same.run_id)


def _refuse_repeats(source_kind: str, source_ids: Sequence[str]) -> None:
    """
    Tell a repeat from any other broken law.

    :raises AlreadyPosted: if one of the events stands in the book
    """
    at_once = 500  # fewer parameters than the oldest SQLite takes
    for start in range(0, len(source_ids), at_once):
        some = list(source_ids[start : start + at_once])
        if Transfer.objects.filter(source_kind=source_kind, source_id__in=some).exists():
            raise AlreadyPosted(source=source_kind)
