"""
The set-based SQL of the book, for SQLite >= 3.35 and PostgreSQL.

A batch travels as one parameter (JSON on SQLite, arrays on PostgreSQL) and is read as a table
`r(account_id, amount, source_id, revision, effective_on, place)`. Versions and balances are
computed in the SELECT; the callers hold the wallets' locks and compare the row counts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from points.ledger.refusals import RowsDisagree

Parameters = Mapping[str, Any]

_COLUMNS = ("account_id", "amount", "source_id", "revision", "effective_on")
_JSON = ", ".join(
    f"json_extract(value, '$[{place}]') AS {name}" for place, name in enumerate(_COLUMNS)
)
_ROWS = {
    # Only names and places of our own columns are put together here.
    "sqlite": f"(SELECT {_JSON}, key AS place FROM json_each(%(batch)s)) AS r",  # noqa: S608
    "postgresql": (
        "unnest(%(account_id)s::bigint[], %(amount)s::bigint[], %(source_id)s::text[],"
        " %(revision)s::int[], %(effective_on)s::date[])"
        f" WITH ORDINALITY AS r({', '.join(_COLUMNS)}, place)"
    ),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """A batch of movements between wallets and one other account."""

    account_id: Sequence[int]
    amount: Sequence[int]
    source_id: Sequence[str]
    revision: Sequence[int]
    effective_on: Sequence[date]

    def parameters(self) -> Parameters:
        """The batch as parameters of a statement on this engine."""
        columns = {name: getattr(self, name) for name in _COLUMNS}
        if connection.vendor == "postgresql":
            return {name: list(column) for name, column in columns.items()}
        days = [day.isoformat() for day in self.effective_on]
        columns["effective_on"] = days
        return {"batch": json.dumps(list(zip(*columns.values(), strict=True)))}


@dataclass(frozen=True, slots=True)
class Posting:
    """What all transfers of a set-based posting share. `sign` is +1 for credits of wallets."""

    txn_id: int
    other_id: int
    asset: str
    code: str
    source_kind: str
    sign: int
    at: datetime


def post(posting: Posting, rows: Rows) -> None:
    """
    Write one transfer a row and change each wallet once.

    :raises RowsDisagree: if the numbers of rows written differ from those given
    """
    given, wallets = len(rows.account_id), len(set(rows.account_id))
    told = {
        "txn": posting.txn_id,
        "other": posting.other_id,
        "asset": posting.asset,
        "code": posting.code,
        "source_kind": posting.source_kind,
        "at": connection.ops.adapt_datetimefield_value(posting.at),
    }
    debit, credit = ("%(other)s", "a.id") if posting.sign > 0 else ("a.id", "%(other)s")
    sign = "+" if posting.sign > 0 else "-"
    insert = _INSERT.format(rows=_ROWS[connection.vendor], debit=debit, credit=credit, sign=sign)
    written = run(insert, {**told, **rows.parameters()})
    agree("one transfer for each row", written, given)
    changed = run(_UPDATE.format(sign=sign), told)
    agree("one change for each wallet", changed, wallets)


_INSERT = """
INSERT INTO points_transfer (
    txn_id, debit_id, credit_id, asset, amount, code, source_kind, source_id, revision, leg,
    effective_on, posted_at, wallet_id, wallet_version, wallet_balance)
SELECT %(txn)s, {debit}, {credit}, %(asset)s, r.amount, %(code)s, %(source_kind)s, r.source_id,
    r.revision, 0, r.effective_on, %(at)s, a.id,
    a.version + ROW_NUMBER() OVER own, a.balance {sign} SUM(r.amount) OVER own
FROM {rows}
JOIN points_account a ON a.id = r.account_id AND a.asset = %(asset)s AND a.kind = 'WALLET'
WINDOW own AS (PARTITION BY a.id ORDER BY r.place)
ORDER BY r.place
"""

_UPDATE = """
UPDATE points_account
SET balance = points_account.balance {sign} moved.total, version = version + moved.entries
FROM (
    SELECT wallet_id, SUM(amount) AS total, COUNT(*) AS entries
    FROM points_transfer WHERE txn_id = %(txn)s GROUP BY wallet_id
) AS moved
WHERE points_account.id = moved.wallet_id
"""


def run(statement: str, parameters: Parameters) -> int:
    """Execute; returns how many rows were written."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def agree(law: str, written: int, expected: int) -> None:
    """
    Compare what was written with what was given.

    :raises RowsDisagree: if they differ
    """
    if written != expected:
        raise RowsDisagree(law=law, written=written, expected=expected)


def make_wallets(*, holders: Sequence[int], asset: str) -> None:
    """Open a wallet for each holder who has none."""
    run(_MAKE_WALLETS.format(holders=_HOLDERS[connection.vendor]), _named(holders, asset))


def lock_wallets(*, holders: Sequence[int], asset: str) -> dict[int, int]:
    """Holder id -> wallet id, locked in the order of wallet ids until the transaction ends."""
    lock = "FOR NO KEY UPDATE" if connection.vendor == "postgresql" else ""
    statement = _LOCK_WALLETS.format(among=_AMONG[connection.vendor], lock=lock)
    with connection.cursor() as cursor:
        cursor.execute(statement, _named(holders, asset))
        return dict(cursor.fetchall())


def _named(holders: Sequence[int], asset: str) -> Parameters:
    given = list(holders) if connection.vendor == "postgresql" else json.dumps(list(holders))
    return {"holders": given, "asset": asset}


_HOLDERS = {
    "sqlite": "(SELECT value AS id FROM json_each(%(holders)s))",
    "postgresql": "(SELECT unnest(%(holders)s::bigint[]) AS id)",
}
_MAKE_WALLETS = """
INSERT INTO points_account (holder_id, kind, asset, status, balance, version)
SELECT h.id, 'WALLET', %(asset)s, 'OPEN', 0, 0 FROM {holders} AS h
WHERE NOT EXISTS (
    SELECT 1 FROM points_account a
    WHERE a.holder_id = h.id AND a.kind = 'WALLET' AND a.asset = %(asset)s)
ORDER BY h.id
ON CONFLICT DO NOTHING
"""
_LOCK_WALLETS = """
SELECT a.holder_id, a.id FROM points_account a
WHERE a.kind = 'WALLET' AND a.asset = %(asset)s AND a.holder_id {among}
ORDER BY a.id {lock}
"""
# An array, not a subquery: a planner without statistics would go through all holders for each
# wallet.
_AMONG = {
    "sqlite": "IN (SELECT value FROM json_each(%(holders)s))",
    "postgresql": "= ANY(%(holders)s::bigint[])",
}


def grant_lots(*, txn_id: int, expires_on: date) -> int:
    """Grant what the transfers of a set-based credit gave; returns how many lots were touched."""
    day = connection.ops.adapt_datefield_value(expires_on)
    return run(_GRANT, {"txn": txn_id, "expires_on": day})


_GRANT = """
INSERT INTO points_lot (account_id, expires_on, granted, used)
SELECT wallet_id, %(expires_on)s, SUM(amount), 0
FROM points_transfer WHERE txn_id = %(txn)s GROUP BY wallet_id
ON CONFLICT (account_id, expires_on) DO UPDATE SET granted = points_lot.granted + excluded.granted
"""


def use_up_lots(*, txn_id: int, lots: int) -> None:
    """
    Use what is left of the lots that the debits of a set-based posting are about.

    :raises RowsDisagree: if another number of lots was used up than `lots`
    """
    noted = run(_NOTE_LOTS, {"txn": txn_id})
    agree("one note for each lot", noted, lots)
    used = run(_USE_UP_LOTS, {"txn": txn_id})
    agree("one change for each lot", used, lots)


_NOTE_LOTS = """
INSERT INTO points_lotuse (transfer_id, account_id, expires_on, amount)
SELECT id, wallet_id, effective_on, amount FROM points_transfer WHERE txn_id = %(txn)s
"""
_USE_UP_LOTS = """
UPDATE points_lot SET used = used + gone.amount
FROM (
    SELECT wallet_id, effective_on, amount FROM points_transfer WHERE txn_id = %(txn)s
) AS gone
WHERE points_lot.account_id = gone.wallet_id AND points_lot.expires_on = gone.effective_on
    AND points_lot.granted = points_lot.used + gone.amount
"""
