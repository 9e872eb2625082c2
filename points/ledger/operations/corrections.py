"""Undoing: a posted transfer stands for ever; what was wrong is reversed, and booked anew."""

from datetime import datetime

from django.db import IntegrityError, transaction

from campus.people.models import Holder
from points.ledger import fence
from points.ledger.models import Account, Code, Transfer, Txn
from points.ledger.moves import Move
from points.ledger.operations import debts, posting
from points.ledger.operations.accounts import account

KIND = "REVERSAL"  # source kind of every reversal; its source is the transfer it undoes


def reverse(
    *,
    transfer: Transfer,
    at: datetime,
    code: str = Code.CORRECTION,
    actor: Holder | None = None,
    reason: str = "",
) -> Transfer:
    """
    Undo a transfer, whole and at most once; a refund goes back to the lots it came from.

    :raises AlreadyReversed: if it was undone before
    :raises NotEnough: if a wallet would have to give back more than it holds
    """
    moves = [_undo(transfer, code)]
    txn = posting.post(kind=code, moves=moves, at=at, actor=actor, reason=reason)
    return txn.transfers.get(reverses=transfer)


def correct(
    *,
    transfer: Transfer,
    amount: int,
    source_kind: str,
    source_id: str,
    revision: int,
    at: datetime,
    actor: Holder | None = None,
    reason: str = "",
    night_run: int | None = None,
) -> Txn:
    """
    Replace a credit by another of `amount`, which may be 0, in one event.

    What the wallet cannot cover is lent by its holder's CLAWBACK account and repaid from at most
    half of each later credit.

    :param transfer: a credit of a wallet
    :param source_kind: with id and revision, the event that says so now
    :raises AlreadyReversed: if it was undone before
    :raises AlreadyPosted: if the new event stands in the book
    """
    moves = [_undo(transfer, Code.CORRECTION)]
    if amount:
        moves.append(_anew(transfer, amount, source_kind, source_id, revision))
    txn = posting.event(
        kind=Code.CORRECTION, at=at, actor=actor, reason=reason, night_run=night_run
    )
    try:
        with transaction.atomic():
            fence.share()
            posting.write(txn, [*moves, *_loan(moves)])
    except IntegrityError:
        posting.refuse_repeats(moves)
        raise
    return txn


def _undo(transfer: Transfer, code: str) -> Move:
    return Move(
        debit=transfer.credit,
        credit=transfer.debit,
        amount=transfer.amount,
        code=code,
        source_kind=KIND,
        source_id=str(transfer.pk),
        effective_on=transfer.effective_on,
        reverses=transfer,
    )


def _anew(transfer: Transfer, amount: int, source_kind: str, source_id: str, revision: int) -> Move:
    return Move(
        debit=transfer.debit,
        credit=transfer.credit,
        amount=amount,
        code=transfer.code,
        source_kind=source_kind,
        source_id=source_id,
        effective_on=transfer.effective_on,
        revision=revision,
    )


def _loan(moves: list[Move]) -> list[Move]:
    """What the wallet lacks for a correction, from its holder's CLAWBACK account."""
    undo = moves[0]
    wallet = undo.debit
    held = debts.lock([wallet.pk])[wallet.pk]
    short = -(held + sum(move.change() for move in moves))
    if short <= 0:
        return []
    lender = account(holder=wallet.holder, kind=Account.Kind.CLAWBACK, asset=wallet.asset)
    loan = Move(
        debit=lender,
        credit=wallet,
        amount=short,
        code=Code.DEBT_TAKEN,
        source_kind=KIND,
        source_id=undo.source_id,
        effective_on=undo.effective_on,
        leg=debts.LEG,
    )
    return [loan]
