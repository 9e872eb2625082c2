"""Reading the book: balances, entries of a wallet, what was true then, and its proof."""

from points.ledger.queries.entries import (
    Entry,
    Expiring,
    balance_at,
    balances,
    entries,
    entry,
    expiring,
    told,
    transfers_of,
)
from points.ledger.queries.flows import held, spent_by_code
from points.ledger.queries.issued import issued, spendable
from points.ledger.queries.proofs import Book, Finding, book, findings
from points.ledger.queries.recorded import recorded_balance

__all__ = [
    "Book",
    "Entry",
    "Expiring",
    "Finding",
    "balance_at",
    "balances",
    "book",
    "entries",
    "entry",
    "expiring",
    "findings",
    "held",
    "issued",
    "recorded_balance",
    "spendable",
    "spent_by_code",
    "told",
    "transfers_of",
]
