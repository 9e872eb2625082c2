"""What stands on a statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from campus.units import major


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a statement as a tax office knows it."""

    name: str
    tax_number: str
    address: str

    def stored(self) -> dict[str, str]:
        """As a row keeps it; `Party(**stored)` reads it again."""
        return {"name": self.name, "tax_number": self.tax_number, "address": self.address}

    def is_known(self) -> bool:
        """Whether a tax office would know who this is."""
        return bool(self.name and self.tax_number)


@dataclass(frozen=True, slots=True)
class Line:
    """One use, or one taken back; `amount_minor` is negative for the latter."""

    number: int
    kind: str
    use: str
    at: datetime
    title: Mapping[str, str]
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Paper:
    """
    A statement with its lines. The period [starts_on, ends_on) is half-open.

    `previous` is the hash of the café's statement before, empty for the first; `hash` its own.
    """

    uid: str
    number: int
    starts_on: date
    ends_on: date
    seller: Party
    buyer: Party
    currency: str
    minor_digits: int
    pays_on: date
    closed_at: datetime
    previous: str
    lines: Sequence[Line]
    hash: str = ""
    zone: ZoneInfo = field(default=ZoneInfo("UTC"))

    def amount_of(self, *, kind: str) -> int:
        """Minor units of all lines of a kind."""
        return sum(line.amount_minor for line in self.lines if line.kind == kind)

    def count_of(self, *, kind: str) -> int:
        """How many lines are of a kind."""
        return sum(line.kind == kind for line in self.lines)

    @property
    def total_minor(self) -> int:
        return sum(line.amount_minor for line in self.lines)

    def money(self, minor: int) -> Decimal:
        """Minor units as a number of the currency."""
        return major(minor, digits=self.minor_digits)
