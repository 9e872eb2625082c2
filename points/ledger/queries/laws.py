"""
The laws of the book that no constraint can hold, as queries that name the accounts which break
them.

Each reads the entries after a transfer id (0 for all), so that a night costs what it wrote.
"""

from collections.abc import Iterator

from django.db import connection

_MOST_TOLD = 20

# An account's newest entry is found by the unique (wallet, wallet_version).
_HOLDS_ITS_NEWEST_ENTRY = """
SELECT a.id FROM points_account a JOIN campus_holder h ON h.id = a.holder_id
LEFT JOIN points_transfer t ON t.wallet_id = a.id AND t.wallet_version = a.version
WHERE a.kind = 'WALLET' AND h.campus_id = %(campus)s
    AND a.balance <> COALESCE(t.wallet_balance, CASE WHEN a.version = 0 THEN 0 ELSE -1 END)
ORDER BY a.id
"""

_FOLLOWS_FROM_THE_ENTRY_BEFORE = """
SELECT DISTINCT t.wallet_id FROM points_transfer t
JOIN points_account a ON a.id = t.wallet_id JOIN campus_holder h ON h.id = a.holder_id
LEFT JOIN points_transfer b ON b.wallet_id = t.wallet_id AND b.wallet_version = t.wallet_version - 1
WHERE t.id > %(after)s AND h.campus_id = %(campus)s AND (
    t.wallet_version < 1
    OR t.wallet_version > a.version
    OR (t.wallet_version > 1 AND b.id IS NULL)
    OR t.wallet_balance <> COALESCE(b.wallet_balance, 0)
        + CASE WHEN t.credit_id = t.wallet_id THEN t.amount ELSE -t.amount END)
ORDER BY t.wallet_id
"""

_EACH_WALLET_SIDE_IS_ITS_ENTRY = """
SELECT t.id FROM points_transfer t
JOIN points_account d ON d.id = t.debit_id JOIN points_account c ON c.id = t.credit_id
JOIN campus_holder h ON h.id = d.holder_id
WHERE t.id > %(after)s AND h.campus_id = %(campus)s AND (
    d.asset <> t.asset OR c.asset <> t.asset
    OR (d.kind = 'WALLET' AND c.kind = 'WALLET')
    OR (d.kind = 'WALLET' AND COALESCE(t.wallet_id, 0) <> d.id)
    OR (c.kind = 'WALLET' AND COALESCE(t.wallet_id, 0) <> c.id)
    OR (d.kind <> 'WALLET' AND c.kind <> 'WALLET' AND t.wallet_id IS NOT NULL))
ORDER BY t.id
"""

_LOTS_HOLD_THE_BALANCE = """
SELECT a.id FROM points_account a JOIN campus_holder h ON h.id = a.holder_id
LEFT JOIN (
    SELECT account_id, SUM(granted - used) AS rest FROM points_lot GROUP BY account_id
) l ON l.account_id = a.id
WHERE a.kind = 'WALLET' AND a.asset = 'CP' AND h.campus_id = %(campus)s
    AND a.balance <> COALESCE(l.rest, 0)
ORDER BY a.id
"""

_A_REVERSAL_MIRRORS_WHAT_IT_UNDOES = """
SELECT t.id FROM points_transfer t JOIN points_transfer o ON o.id = t.reverses_id
JOIN points_account d ON d.id = t.debit_id JOIN campus_holder h ON h.id = d.holder_id
WHERE t.id > %(after)s AND h.campus_id = %(campus)s AND (
    t.amount <> o.amount OR t.debit_id <> o.credit_id OR t.credit_id <> o.debit_id)
ORDER BY t.id
"""

LAWS = {
    "a wallet holds what its newest entry says": _HOLDS_ITS_NEWEST_ENTRY,
    "an entry follows from the one before": _FOLLOWS_FROM_THE_ENTRY_BEFORE,
    "a transfer stands in the wallet it moves": _EACH_WALLET_SIDE_IS_ITS_ENTRY,
    "lots hold what the wallet holds": _LOTS_HOLD_THE_BALANCE,
    "a reversal mirrors what it undoes": _A_REVERSAL_MIRRORS_WHAT_IT_UNDOES,
}


def broken(*, campus_id: int, after: int) -> Iterator[tuple[str, list[int]]]:
    """Each broken law with the ids of the accounts or transfers that break it, at most 20."""
    for law, statement in LAWS.items():
        with connection.cursor() as cursor:
            cursor.execute(statement, {"campus": campus_id, "after": after})
            breakers = [row[0] for row in cursor.fetchmany(_MOST_TOLD)]
        if breakers:
            yield law, breakers
