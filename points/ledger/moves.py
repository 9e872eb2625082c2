"""What is asked of the book: one movement, or a column batch of many credits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from points.ledger.models import Account, Transfer

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Move:
    """
    `amount` from `debit` to `credit`, for one business event.

    `(source_kind, source_id, revision, leg)` names that event once for ever. At most one of the two
    accounts is a wallet.
    """

    debit: Account
    credit: Account
    amount: int
    code: str
    source_kind: str
    source_id: str
    effective_on: date
    revision: int = 1
    leg: int = 0
    reverses: Transfer | None = None

    def wallet(self) -> Account | None:
        """The authorising side, if there is one."""
        sides = (self.debit, self.credit)
        return next((side for side in sides if side.kind == Account.Kind.WALLET), None)

    def change(self) -> int:
        """What it does to the balance of its wallet."""
        return self.amount if self.credit.kind == Account.Kind.WALLET else -self.amount

    def earns(self) -> bool:
        """Whether it gives new points to a person, rather than back."""
        return self.debit.kind == Account.Kind.ISSUER and self.reverses is None


@dataclass(frozen=True, slots=True)
class CreditBatch:
    """
    Credits of one asset from the campus's issuer to wallets, as columns of equal length.

    :param holder_id: int64[n]; a holder may stand in several rows
    :param amount: int64[n], each above zero
    :param source_id: n texts; with the source kind and revision each names one event
    :param revision: int64[n]
    :param effective_on: n days
    """

    holder_id: Ints
    amount: Ints
    source_id: Sequence[str]
    revision: Ints
    effective_on: Sequence[date]

    def __len__(self) -> int:
        return len(self.holder_id)

    def taking(self, rows: NDArray[np.bool_]) -> "CreditBatch":
        """The batch of those rows where `rows` is true."""
        places = np.flatnonzero(rows).tolist()
        return CreditBatch(
            holder_id=self.holder_id[rows],
            amount=self.amount[rows],
            source_id=[self.source_id[place] for place in places],
            revision=self.revision[rows],
            effective_on=[self.effective_on[place] for place in places],
        )
