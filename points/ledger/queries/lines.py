"""Reading the transfers of the book as lines to be hashed or replayed."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from points.ledger.encoding import Line
from points.ledger.models import LotUse, Transfer

_AT_ONCE = 2000
_COLUMNS = (
    "id",
    "txn__uid",
    "txn__kind",
    "txn__actor_id",
    "txn__reason",
    "txn__night_run",
    "txn__request_id",
    "debit_id",
    "debit__holder_id",
    "debit__kind",
    "credit_id",
    "credit__holder_id",
    "credit__kind",
    "asset",
    "amount",
    "code",
    "source_kind",
    "source_id",
    "revision",
    "leg",
    "reverses_id",
    "effective_on",
    "posted_at",
    "wallet_id",
    "wallet_version",
    "wallet_balance",
)


def lines(*, after: int = 0, through: int | None = None) -> Iterator[Line]:
    """The transfers with ids above `after`, up to `through`, in the order of ids."""
    while True:
        rows = Transfer.objects.filter(pk__gt=after).order_by("pk")
        rows = rows if through is None else rows.filter(pk__lte=through)
        page: list[tuple[Any, ...]] = list(rows.values_list(*_COLUMNS)[:_AT_ONCE])
        if not page:
            return
        uses = _uses(page[0][0], page[-1][0])
        for row in page:
            yield Line(*(*row, tuple(uses.get(row[0], ()))))
        after = page[-1][0]


def _uses(first: int, last: int) -> dict[int, list[tuple[date, int]]]:
    """Transfer id -> what it took from lots or gave back, by last day."""
    rows = LotUse.objects.filter(transfer__gte=first, transfer__lte=last).order_by("expires_on")
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for transfer, expires_on, amount in rows.values_list("transfer_id", "expires_on", "amount"):
        found[transfer].append((expires_on, amount))
    return found
