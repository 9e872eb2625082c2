"""Lots follow the transfers of carbon points: credits grant, debits use what expires soonest."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection
from django.db.models import F

from points.ledger import fifo
from points.ledger.models import Account, Lot, LotUse, Transfer
from points.ledger.refusals import BookDoesNotBalance

_GRANT = """
INSERT INTO points_lot (account_id, expires_on, granted, used) VALUES (%s, %s, %s, 0)
ON CONFLICT (account_id, expires_on) DO UPDATE SET granted = points_lot.granted + excluded.granted
"""


def follow(transfers: Sequence[Transfer]) -> None:
    """
    Keep the lots of the wallets in step with transfers of carbon points just written.

    Their wallets are locked by the same transaction, so the lots cannot move underneath.

    :raises BookDoesNotBalance: if the lots hold less than the wallet did
    """
    uses: list[LotUse] = []
    for transfer in transfers:
        if transfer.credit_id != transfer.wallet_id:
            uses += _take(transfer)
        elif transfer.reverses is not None and transfer.reverses.debit_id == transfer.wallet_id:
            uses += _give_back(transfer, transfer.reverses)
        else:
            _grant(transfer.credit, fifo.expires_on(_posted_on(transfer)), transfer.amount)
    LotUse.objects.bulk_create(uses)


def _posted_on(transfer: Transfer) -> date:
    """The local day on which it was posted."""
    account = transfer.wallet
    assert account is not None
    return transfer.posted_at.astimezone(account.holder.campus.zone).date()


def _grant(account: Account, expires_on: date, amount: int) -> None:
    day = connection.ops.adapt_datefield_value(expires_on)
    with connection.cursor() as cursor:
        cursor.execute(_GRANT, [account.pk, day, amount])


def _take(transfer: Transfer) -> Iterable[LotUse]:
    """Use lots for a debit; a reversed credit is taken from the lot that it granted, if it can."""
    rows = Lot.objects.filter(account=transfer.debit_id, granted__gt=F("used"))
    rests = [fifo.Rest(lot.expires_on, lot.granted - lot.used) for lot in rows]
    first = fifo.expires_on(_posted_on(transfer.reverses)) if transfer.reverses else None
    parts = fifo.taken(rests, amount=transfer.amount, first=first)
    if sum(parts.values()) != transfer.amount:
        raise BookDoesNotBalance(law="lots hold what the wallet holds", accounts=transfer.debit_id)
    for expires_on, part in parts.items():
        _use(transfer.debit_id, expires_on, part)
    return _uses(transfer, parts)


def _give_back(refund: Transfer, original: Transfer) -> Iterable[LotUse]:
    """Give points back to the lots they came from; what is past by now gets a grace."""
    on, parts = _posted_on(refund), dict[date, int]()
    for use in LotUse.objects.filter(transfer=original).order_by("expires_on"):
        lot = fifo.given_back_to(use.expires_on, on=on)
        parts[lot] = parts.get(lot, 0) + use.amount
        if lot == use.expires_on:
            _use(use.account_id, lot, -use.amount)
        else:
            _grant(refund.credit, lot, use.amount)
    return _uses(refund, parts)


def _use(account_id: int, expires_on: date, amount: int) -> None:
    lot = Lot.objects.filter(account=account_id, expires_on=expires_on)
    lot.update(used=F("used") + amount)


def _uses(transfer: Transfer, parts: dict[date, int]) -> list[LotUse]:
    return [
        LotUse(transfer=transfer, account=transfer.wallet, expires_on=day, amount=amount)
        for day, amount in parts.items()
    ]
