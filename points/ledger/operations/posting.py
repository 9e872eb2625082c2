"""
Posting: the one way by which transfers come into the book, a few at a time.

Each wallet is changed by one guarded UPDATE with no read before it; accounts are locked in the
order of their ids, so that two posters can never wait for each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import structlog
from django.db import IntegrityError, connection, transaction

from campus.people.models import Holder
from points.ledger import fence
from points.ledger.models import Account, Asset, Transfer, Txn
from points.ledger.moves import Move
from points.ledger.operations import debts, lots
from points.ledger.operations.accounts import account, issuer, wallet
from points.ledger.payments import Payment, pay
from points.ledger.refusals import AccountFrozen, AlreadyPosted, AlreadyReversed, NotEnough


def post(
    *,
    kind: str,
    moves: Sequence[Move],
    at: datetime,
    actor: Holder | None = None,
    reason: str = "",
    night_run: int | None = None,
) -> Txn:
    """
    Book one business event: all its moves, or none.

    New points first repay what their holder owes from earlier corrections, with at most half.

    :raises NotEnough: if a wallet holds less than the event takes
    :raises AccountFrozen: if a frozen wallet would spend
    :raises AlreadyPosted: if the event stands in the book
    :raises AlreadyReversed: if what a move reverses was reversed before
    """
    txn = event(kind=kind, at=at, actor=actor, reason=reason, night_run=night_run)
    _book(txn, moves)
    return txn


def event(
    *, kind: str, at: datetime, actor: Holder | None, reason: str, night_run: int | None
) -> Txn:
    """A business event that is about to be written. For operations of this room."""
    return Txn(
        kind=kind,
        actor=actor,
        reason=reason,
        night_run=night_run,
        request_id=_request_id(),
        posted_at=at,
    )


def _book(txn: Txn, moves: Sequence[Move]) -> list[Transfer]:
    try:
        with transaction.atomic():
            fence.share()
            return write(txn, [*moves, *debts.repayments(moves)])
    except (IntegrityError, NotEnough):
        # Asked only now: in the usual case nobody asks twice.
        refuse_repeats(moves)
        raise


def spend(
    *,
    holder: Holder,
    asset: str,
    amount: int,
    to_kind: str,
    to_holder: Holder,
    code: str,
    source_kind: str,
    source_id: str,
    at: datetime,
    effective_on: date,
) -> Transfer:
    """
    Take `amount` from a holder's wallet, to an account of the campus or of a café.

    :raises NotEnough: if the wallet holds less
    :raises AccountFrozen: if the wallet is frozen
    :raises AlreadyPosted: if this event stands in the book
    """
    txn = event(kind=code, at=at, actor=holder, reason="", night_run=None)
    payment = Payment(
        holder_id=holder.pk,
        to_holder_id=to_holder.pk,
        to_kind=to_kind,
        asset=asset,
        amount=amount,
        code=code,
        source_kind=source_kind,
        source_id=source_id,
        effective_on=effective_on,
    )
    return pay(payment, txn) or _book(txn, [_spent(payment, holder, to_holder)])[0]


def _spent(payment: Payment, holder: Holder, to_holder: Holder) -> Move:
    return Move(
        debit=wallet(holder=holder, asset=payment.asset),
        credit=account(holder=to_holder, kind=payment.to_kind, asset=payment.asset),
        amount=payment.amount,
        code=payment.code,
        source_kind=payment.source_kind,
        source_id=payment.source_id,
        effective_on=payment.effective_on,
    )


def credit(
    *,
    holder: Holder,
    asset: str,
    amount: int,
    code: str,
    source_kind: str,
    source_id: str,
    at: datetime,
    effective_on: date,
    revision: int = 1,
    night_run: int | None = None,
) -> Transfer:
    """
    Give a holder new points of their campus.

    :raises AlreadyPosted: if this event stands in the book
    """
    move = Move(
        debit=issuer(campus=holder.campus, asset=asset),
        credit=wallet(holder=holder, asset=asset),
        amount=amount,
        code=code,
        source_kind=source_kind,
        source_id=source_id,
        effective_on=effective_on,
        revision=revision,
    )
    txn = event(kind=code, at=at, actor=None, reason="", night_run=night_run)
    return _book(txn, [move])[0]  # repayments, if any, follow it


def write(txn: Txn, moves: Sequence[Move]) -> list[Transfer]:
    """
    Write an event inside a transaction that has passed the fence. For operations of this room.

    Credits of wallets come before debits, so that only the net must be covered.
    """
    for move in moves:
        _sound(move)
    ordered = sorted(moves, key=lambda move: move.change() < 0)
    ends = {wallet_id: _change(wallet_id, own) for wallet_id, own in _by_wallet(ordered)}
    txn.save(force_insert=True)
    transfers = Transfer.objects.bulk_create(_entries(txn, ordered, ends))
    lots.follow([each for each in transfers if each.asset == Asset.CP and each.wallet_id])
    return transfers


def _sound(move: Move) -> None:
    """What no caller may ask; the database would refuse most of it, later and less plainly."""
    wallets = [side for side in (move.debit, move.credit) if side.kind == Account.Kind.WALLET]
    if move.amount <= 0 or len(wallets) > 1 or move.debit.asset != move.credit.asset:
        message = f"not a movement between two accounts of one asset: {move}"
        raise ValueError(message)


def _by_wallet(moves: Sequence[Move]) -> Iterable[tuple[int, list[Move]]]:
    """Wallet id -> its moves, in the order in which the wallets are locked."""
    groups: dict[int, list[Move]] = defaultdict(list)
    for move in moves:
        side = move.wallet()
        if side is not None:
            groups[side.pk].append(move)
    # By id, so that two events over the same wallets cannot wait for each other.
    return sorted(groups.items())


_GUARDED = """
UPDATE points_account SET balance = balance + %s, version = version + %s
WHERE id = %s AND balance >= %s AND (status = 'OPEN' OR %s)
RETURNING balance, version
"""


def _change(wallet_id: int, moves: Sequence[Move]) -> tuple[int, int]:
    """Change a wallet by its moves; returns its balance and version before them."""
    net = sum(move.change() for move in moves)
    needed = max(0, -net)
    only_receives = not any(_spends(move) for move in moves)
    with connection.cursor() as cursor:
        cursor.execute(_GUARDED, [net, len(moves), wallet_id, needed, only_receives])
        rows = cursor.fetchall()
    if len(rows) != 1:
        _refuse(wallet_id, needed)
    balance, version = rows[0]
    return balance - net, version - len(moves)


def _spends(move: Move) -> bool:
    """Whether the holder chose it; a frozen wallet still expires, is corrected and repays."""
    forced = (Account.Kind.BREAKAGE, Account.Kind.CLAWBACK)
    return move.change() < 0 and move.reverses is None and move.credit.kind not in forced


def _refuse(wallet_id: int, needed: int) -> None:
    """
    Say why the guard let nothing pass.

    :raises NotEnough: because the balance was too small
    :raises AccountFrozen: because the wallet is frozen
    """
    found = Account.objects.get(pk=wallet_id)
    if found.balance >= needed and found.status == Account.Status.FROZEN:
        raise AccountFrozen(asset=found.asset)
    # Points may have come since the guard looked: they were missing then.
    raise NotEnough(asset=found.asset, missing=max(needed - found.balance, 1))


def _entries(
    txn: Txn, moves: Sequence[Move], starts: dict[int, tuple[int, int]]
) -> Iterable[Transfer]:
    """The transfers of an event, each with the running balance and version of its wallet."""
    running = dict(starts)
    for move in moves:
        side = move.wallet()
        if side is not None:
            balance, version = running[side.pk]
            running[side.pk] = (balance + move.change(), version + 1)
        yield _entry(txn, move, side, running)


def _entry(
    txn: Txn, move: Move, side: Account | None, running: dict[int, tuple[int, int]]
) -> Transfer:
    balance, version = running[side.pk] if side else (None, None)
    return Transfer(
        txn=txn,
        debit=move.debit,
        credit=move.credit,
        asset=move.debit.asset,
        amount=move.amount,
        code=move.code,
        source_kind=move.source_kind,
        source_id=move.source_id,
        revision=move.revision,
        leg=move.leg,
        reverses=move.reverses,
        effective_on=move.effective_on,
        posted_at=txn.posted_at,
        wallet=side,
        wallet_version=version,
        wallet_balance=balance,
    )


def refuse_repeats(moves: Sequence[Move]) -> None:
    """
    Tell a repeat from any other broken law.

    :raises AlreadyPosted: if one of the moves stands in the book
    :raises AlreadyReversed: if one reverses what was reversed before
    """
    for move in moves:
        same = Transfer.objects.filter(
            source_kind=move.source_kind,
            source_id=move.source_id,
            revision=move.revision,
            leg=move.leg,
        )
        if move.reverses and Transfer.objects.filter(reverses=move.reverses).exists():
            raise AlreadyReversed(entry=move.reverses.pk)
        if same.exists():
            raise AlreadyPosted(source=f"{move.source_kind} {move.source_id}")


def _request_id() -> str:
    """The id under which the log knows the request that asked, if one did."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))[:64]
