"""A passbook as values: each wallet's lines with running balance and source. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Source:
    """
    Where a line comes from: in words, and as the rule, its terms and the day of the reading.

    `rule` and `terms_from` are empty for what no rule gave: a coupon, an item, a correction.
    """

    text: str
    rule: str = ""
    terms_from: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a wallet. `amount` is negative where the wallet gave."""

    id: str
    asset: str
    number: int
    effective_on: date
    posted_at: datetime
    code: str
    label: str
    amount: int
    balance: int
    source_kind: str
    source_id: str
    revision: int
    reverses: str | None
    corrected_by: str | None
    source: Source

    @property
    def source_text(self) -> str:
        """The source in one sentence."""
        return self.source.text


@dataclass(frozen=True, slots=True)
class Wallet:
    """The lines of one asset, the oldest first; what it held before and after them."""

    asset: str
    opening: int
    lines: Sequence[Line]

    @property
    def closing(self) -> int:
        """What it held after the last line."""
        return self.lines[-1].balance if self.lines else self.opening

    @property
    def given(self) -> int:
        """All that came in."""
        return sum(line.amount for line in self.lines if line.amount > 0)

    @property
    def taken(self) -> int:
        """All that went out, as a positive number."""
        return -sum(line.amount for line in self.lines if line.amount < 0)


@dataclass(frozen=True, slots=True)
class Statement:
    """
    A holder's wallets over the local days [first, last], by the day of posting.

    `first` is None for a statement from the first entry on.
    """

    campus: str
    name: str
    zone: ZoneInfo
    first: date | None
    last: date
    made_at: datetime
    wallets: Sequence[Wallet]
