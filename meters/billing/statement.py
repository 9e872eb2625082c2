"""A cycle's bill as a statement: what the paper and the table say. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from meters.billing.facts import AdjustmentFact


@dataclass(frozen=True, slots=True)
class Day:
    """A charged day: Wh (None when withdrawn), the room's amount and one's own share."""

    day: date
    wh: int | None
    amount: int
    share: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the room's cycle, as a decimal of the currency."""

    label: str
    amount: str


@dataclass(frozen=True, slots=True)
class Statement:
    """
    A cycle [starts_on, ends_on) as one resident lived it. Amounts are minor units; `mode` says
    whether they are paid (CHARGED), mirrored (PREPAID) or only told (SHADOW).
    """

    campus: str
    name: str
    room: str
    mode: str
    currency: str
    digits: int
    zone: ZoneInfo
    starts_on: date
    ends_on: date
    complete: bool
    tariff: str
    days: Sequence[Day]
    lines: Sequence[Line]
    adjustments: Sequence[AdjustmentFact]
    made_at: datetime

    @property
    def wh(self) -> int:
        return sum(day.wh or 0 for day in self.days)

    @property
    def amount(self) -> int:
        return sum(day.amount for day in self.days)

    @property
    def share(self) -> int:
        return sum(day.share for day in self.days)

    @property
    def total(self) -> int:
        """One's share, and what corrections of earlier cycles add or give back."""
        return self.share + sum(adjustment.part for adjustment in self.adjustments)
