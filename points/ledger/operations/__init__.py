"""Everything that writes the book."""

from points.ledger.operations.accounts import (
    account,
    campus_holder,
    freeze,
    issuer,
    thaw,
    wallet,
)
from points.ledger.operations.corrections import correct, reverse
from points.ledger.operations.crediting import credit_many, lock_wallets
from points.ledger.operations.expiry import expire
from points.ledger.operations.posting import credit, post, spend
from points.ledger.operations.reconciling import reconcile
from points.ledger.operations.sealing import heads, seal

__all__ = [
    "account",
    "campus_holder",
    "correct",
    "credit",
    "credit_many",
    "expire",
    "freeze",
    "heads",
    "issuer",
    "lock_wallets",
    "post",
    "reconcile",
    "reverse",
    "seal",
    "spend",
    "thaw",
    "wallet",
]
