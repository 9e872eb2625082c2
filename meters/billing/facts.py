"""What this room hands to others: frozen, and free of tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from meters.billing.cutting import Stretch
from meters.billing.plans import Version
from meters.billing.pricing import Bill, Tier
from meters.billing.running_out import Lasting
from meters.forecasting.month_end import Expected

Text = Mapping[str, str] | str


@dataclass(frozen=True, slots=True)
class ChargeFact:
    """What a day added to a room's bill; amounts in minor units, energy in Wh."""

    room_id: int
    day: date
    revision: int
    mode: str
    wh: int | None
    amount: int
    cycle_starts_on: date
    cycle_wh: int
    cycle_amount: int


@dataclass(frozen=True, slots=True)
class ShareFact:
    """Someone's part of a day; holder None is the landlord."""

    holder_id: int | None
    amount: int


@dataclass(frozen=True, slots=True)
class RevisionFact:
    """One version of a day's charge, and the revision of the use that it priced."""

    revision: int
    amount: int
    use_revision: int


@dataclass(frozen=True, slots=True)
class PlanFact:
    """The tariff a day was priced by."""

    uid: str
    name: Text
    plan: str
    valid_from: date
    document: Mapping[str, Any]


@dataclass(frozen=True)
class BillFact:
    """
    A day's bill, with all that explains it: `bill` is the cycle priced again up to the day,
    `lines` and `lines_before` the lines of the cycle as they stood after and before it, as
    decimals of the currency. `stretches` are the parts into which the cycle is cut.
    """

    charge: ChargeFact
    shares: tuple[ShareFact, ...]
    people: int
    revisions: tuple[RevisionFact, ...]
    tariff: PlanFact
    bill: Bill
    lines: dict[str, str]
    lines_before: dict[str, str]
    cycle_days: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class MonthFact:
    """A cycle as one holder saw it: the days with a night of theirs, in the room of that night."""

    starts_on: date
    ends_on: date
    days: tuple[ChargeFact, ...]
    parts: dict[date, int]
    last: BillFact | None
    complete: bool
    adjustments: "tuple[AdjustmentFact, ...]" = ()


@dataclass(frozen=True, slots=True)
class Deal:
    """How a residence is billed: the mode, and the tariffs in force one after another."""

    residence_id: int
    mode: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class CyclePreview:
    """
    What a correction would change in the bill of one cycle, in minor units.

    `billed` is what it came to so far (adjustments included), `priced` what it would come to;
    `parts` what each holder (None: the landlord) would owe, or below zero get back. A closed
    cycle is not edited: the difference becomes a line of today's bill.
    """

    starts_on: date
    ends_on: date
    closed: bool
    billed: int
    priced: int
    amount: int
    parts: Mapping[int | None, int]


@dataclass(frozen=True, slots=True)
class BalanceFact:
    """The newest official balance of a prepaid room, and what to advise about it."""

    balance_id: int
    amount: int | None
    wh: int | None
    read_at: datetime
    told_by: str
    lasts: Lasting | None
    advice: str


@dataclass(frozen=True, slots=True)
class MoneyBand:
    """An expected amount in minor units and the band it should lie in."""

    expected: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """
    How a room's cycle is going: where it stands on the tiers, what it will come to, how long what
    is free or prepaid lasts. Wh and minor units; `share` is the part of the one who asks.
    """

    day: date
    starts_on: date
    ends_on: date
    mode: str
    wh: int
    amount: int
    share: int | None
    per_day_wh: int | None
    expected_wh: Expected | None
    expected: MoneyBand | None
    expected_share: MoneyBand | None
    tier: Tier | None
    tier_lasts: Lasting | None
    free_left: Fraction | None
    free_kwh: Fraction | None
    free_lasts: Lasting | None
    balance: BalanceFact | None


@dataclass(frozen=True, slots=True)
class AdjustmentFact:
    """A line of a later bill: what a correction of a closed cycle gives back or asks."""

    uid: str
    cycle_starts_on: date
    cycle_ends_on: date
    billed_on: date
    amount: int
    part: int
    days: tuple[tuple[date, int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class TrialRoom:
    """A room's last cycle as it was billed, and as another tariff would bill it."""

    room_id: int
    number: str
    wh: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A tariff tried on the last complete cycle of a residence, room by room."""

    starts_on: date
    ends_on: date
    rooms: tuple[TrialRoom, ...]
