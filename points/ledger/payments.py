"""
A payment as one call: on PostgreSQL a function in the database moves balance, entry and lots.

A coupon or an item is bought thousands of times a day, each time out of one open wallet into one
account that exists. The function does that case and no other; where it finds anything else it
writes nothing, and the plain way of `operations/posting.py` books the payment or says why not.
SQLite knows no such functions and always goes the plain way.
"""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from points.ledger import fence
from points.ledger.models import Asset, Transfer, Txn

FUNCTION = "points_pay"


@dataclass(frozen=True, slots=True)
class Payment:
    """`amount` out of the wallet of a holder, to an account of another."""

    holder_id: int
    to_holder_id: int
    to_kind: str
    asset: str
    amount: int
    code: str
    source_kind: str
    source_id: str
    effective_on: date


def pay(payment: Payment, txn: Txn) -> Transfer | None:
    """
    Book a payment as the one movement of `txn`; None, and nothing written, if it is no usual case.

    What is returned is not read back: accounts of the transfer are fetched when they are asked for.
    """
    if connection.vendor != "postgresql":
        return None
    try:
        # A call alone is a transaction of its own; inside another one it must be able to fail.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            row = _called(_parameters(payment, txn))
    except IntegrityError:
        return None
    return _written(payment, txn, row) if row else None


def _parameters(payment: Payment, txn: Txn) -> Mapping[str, Any]:
    own = {name: getattr(payment, name) for name in Payment.__slots__}
    return {
        **own,
        "has_lots": payment.asset == Asset.CP,
        "uid": txn.uid,
        "request_id": txn.request_id,
        "posted_at": txn.posted_at,
    }


def _called(parameters: Mapping[str, Any]) -> tuple[int, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(_CALL, parameters)
        row: tuple[int, ...] | None = cursor.fetchone()
    return row


def _written(payment: Payment, txn: Txn, row: tuple[int, ...]) -> Transfer:
    txn.pk, transfer, debit, credit, version, balance = row
    found = Transfer(
        pk=transfer,
        txn=txn,
        debit_id=debit,
        credit_id=credit,
        asset=payment.asset,
        amount=payment.amount,
        code=payment.code,
        source_kind=payment.source_kind,
        source_id=payment.source_id,
        effective_on=payment.effective_on,
        posted_at=txn.posted_at,
        wallet_id=debit,
        wallet_version=version,
        wallet_balance=balance,
    )
    txn._state.adding = found._state.adding = False
    return found


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the function into a database, in the form this code calls."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_INSTALLED)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The function's name, if the database has none."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_proc WHERE proname = %s", [FUNCTION])
        return [] if cursor.fetchone() else [FUNCTION]


_CALL = f"""
SELECT * FROM {FUNCTION}(
    %(holder_id)s, %(to_holder_id)s, %(to_kind)s, %(asset)s, %(has_lots)s, %(amount)s, %(code)s,
    %(source_kind)s, %(source_id)s, %(effective_on)s, %(uid)s, %(request_id)s, %(posted_at)s)
"""  # noqa: S608 -- only our own function's name

# Each statement of a function sees what was committed before it: the lots are read after the
# wallet is locked, so they cannot move underneath.
_INSTALLED = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}(
    payer bigint, payee bigint, payee_kind text, coin text, has_lots boolean, price bigint,
    what text, about_kind text, about text, about_day date, event uuid, request text,
    at timestamptz,
    OUT txn bigint, OUT entry bigint, OUT purse bigint, OUT target bigint, OUT step bigint,
    OUT rest bigint
) RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE lot record; open_price bigint := price; part bigint;
BEGIN
    PERFORM pg_advisory_xact_lock_shared({fence.KEY});
    SELECT a.id INTO target FROM points_account a
        WHERE a.holder_id = payee AND a.kind = payee_kind AND a.asset = coin;
    IF NOT FOUND THEN RETURN; END IF;
    UPDATE points_account a SET balance = a.balance - price, version = a.version + 1
        WHERE a.holder_id = payer AND a.kind = 'WALLET' AND a.asset = coin
            AND a.status = 'OPEN' AND a.balance >= price
        RETURNING a.id, a.version, a.balance INTO purse, step, rest;
    IF NOT FOUND THEN RETURN; END IF;
    INSERT INTO points_txn (uid, kind, actor_id, reason, request_id, posted_at)
        VALUES (event, what, payer, '', request, at) RETURNING id INTO txn;
    INSERT INTO points_transfer (
        txn_id, debit_id, credit_id, asset, amount, code, source_kind, source_id, revision, leg,
        effective_on, posted_at, wallet_id, wallet_version, wallet_balance)
    VALUES (txn, purse, target, coin, price, what, about_kind, about, 1, 0,
        about_day, at, purse, step, rest) RETURNING id INTO entry;
    IF has_lots THEN
        FOR lot IN SELECT l.id, l.expires_on, l.granted - l.used AS remains FROM points_lot l
            WHERE l.account_id = purse AND l.granted > l.used ORDER BY l.expires_on
        LOOP
            EXIT WHEN open_price = 0;
            part := least(lot.remains, open_price);
            open_price := open_price - part;
            UPDATE points_lot SET used = used + part WHERE id = lot.id;
            INSERT INTO points_lotuse (transfer_id, account_id, expires_on, amount)
                VALUES (entry, purse, lot.expires_on, part);
        END LOOP;
        IF open_price > 0 THEN
            RAISE EXCEPTION 'lots hold less than the wallet'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEXT;
END $$
"""  # noqa: S608 -- the fence's number is our own
