"""Reading the book: balances, entries of a wallet, what was true then."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from campus.errors import NotFound
from campus.people.models import Holder
from points.ledger.models import Account, Asset, Lot, Transfer

WALLET = Account.Kind.WALLET


def balances(*, holder: Holder) -> Mapping[str, int]:
    """Asset -> balance of the holder's wallet; 0 where nothing was ever posted."""
    rows = Account.objects.filter(holder=holder, kind=WALLET)
    return dict.fromkeys(Asset.values, 0) | dict(rows.values_list("asset", "balance"))


def balance_at(*, holder: Holder, asset: str, at: datetime) -> int:
    """What the wallet held at an instant, by the time of posting."""
    entries = Transfer.objects.filter(
        wallet__holder=holder, wallet__asset=asset, posted_at__lte=at
    ).order_by("-wallet_version")
    return entries.values_list("wallet_balance", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One line of a wallet's statement. `id` is its asset and running number, like `CP-17`.

    `amount` is negative where the wallet gave; `balance` is what it held after. `reverses` and
    `corrected_by` name other lines of the same wallet.
    """

    id: str
    asset: str
    amount: int
    balance: int
    code: str
    effective_on: date
    posted_at: datetime
    reverses: str | None
    corrected_by: str | None
    source_kind: str
    source_id: str
    revision: int
    reason: str
    transfer_id: int


def entries(*, holder: Holder, asset: str | None = None) -> QuerySet[Transfer]:
    """The lines of a holder's wallets, newest first; told as :class:`Entry` by `told`."""
    wallets = Account.objects.filter(holder=holder, kind=WALLET)
    if asset:
        wallets = wallets.filter(asset=asset)
    rows = Transfer.objects.filter(wallet__in=list(wallets.values_list("pk", flat=True)))
    return rows.select_related("txn", "reverses", "reversed_by").order_by("-pk")


def told(transfer: Transfer) -> Entry:
    """A transfer of :func:`entries` as a line of its wallet's statement."""
    balance = transfer.wallet_balance
    assert balance is not None
    undone = getattr(transfer, "reversed_by", None)
    return Entry(
        id=_number(transfer),
        asset=transfer.asset,
        amount=transfer.amount if transfer.credit_id == transfer.wallet_id else -transfer.amount,
        balance=balance,
        code=transfer.code,
        effective_on=transfer.effective_on,
        posted_at=transfer.posted_at,
        reverses=_number(transfer.reverses) if transfer.reverses else None,
        corrected_by=_number(undone) if undone else None,
        source_kind=transfer.source_kind,
        source_id=transfer.source_id,
        revision=transfer.revision,
        reason=transfer.txn.reason,
        transfer_id=transfer.pk,
    )


def _number(transfer: Transfer) -> str:
    return f"{transfer.asset}-{transfer.wallet_version}"


def entry(*, holder: Holder, entry_id: str) -> Entry:
    """
    One line of a holder's own statement.

    :raises NotFound: if the holder has no such line
    """
    asset, _dash, version = entry_id.partition("-")
    number = int(version) if re.fullmatch(r"[0-9]{1,18}", version) else 0
    found = entries(holder=holder, asset=asset or "?").filter(wallet_version=number).first()
    if found is None:
        raise NotFound
    return told(found)


def transfers_of(*, source_kind: str, source_id: str) -> list[Transfer]:
    """What a business event booked, by revision and leg."""
    rows = Transfer.objects.filter(source_kind=source_kind, source_id=source_id)
    return list(rows.order_by("revision", "leg"))


@dataclass(frozen=True, slots=True)
class Expiring:
    """Carbon points that can be spent up to and including `expires_on`."""

    expires_on: date
    amount: int


def expiring(*, holder: Holder) -> list[Expiring]:
    """What is left of each lot of the holder's carbon points, what expires first in front."""
    rows = Lot.objects.filter(account__holder=holder, granted__gt=F("used")).order_by("expires_on")
    return [Expiring(row.expires_on, row.granted - row.used) for row in rows]
