"""What this room hands to others: frozen, and free of tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# The verdicts of an estimate, as they are stored.
COUNTED, POSSIBLY_AWAY, AWAY, NO_DATA = "COUNTED", "POSSIBLY", "AWAY", "NO_DATA"
WARNED = "WARNED"
VERDICTS = (COUNTED, POSSIBLY_AWAY, AWAY, NO_DATA, WARNED)


class EstimateFact(NamedTuple):
    """
    The newest estimate of one occupancy and day; a night reads weeks of a whole campus.

    `verdict` is COUNTED, POSSIBLY_AWAY (a single low day, which the next day turns into COUNTED or
    AWAY by a new revision), AWAY, NO_DATA, or WARNED (a heat or cold warning: nobody should save).
    """

    occupancy_id: int
    room_id: int
    day: date
    holders: tuple[int, ...]
    people: int
    part: str
    expected_wh: int
    actual_wh: int | None
    verdict: str
    revision: int

    @property
    def saved_wh(self) -> int | None:
        """Expected less actual; None where nothing was measured."""
        return None if self.actual_wh is None else self.expected_wh - self.actual_wh

    @property
    def counts(self) -> bool:
        """Whether somebody was home and the use was measured."""
        return self.verdict == COUNTED


@dataclass(frozen=True, slots=True)
class SettlementFact:
    """
    The newest revision of one occupancy's settlement of [starts_on, ends_on).

    `settlement_id` is the same in all revisions of it (the id of the first).
    `settled_wh` is what the period adds to what was booked before; `nights` are those that each
    resident lived there in the period. Comparison rooms have one too, of 0 Wh.
    """

    settlement_id: int
    occupancy_id: int
    room_id: int
    part: str
    starts_on: date
    ends_on: date
    settled_wh: int
    co2_g: int
    revision: int
    nights: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class DayOfRoom:
    """A day of an enrolled room: what was expected, used, and whether it counts."""

    day: date
    expected_wh: int
    actual_wh: int | None
    verdict: str

    @property
    def saved_wh(self) -> int | None:
        """Expected less actual; None where nothing was measured."""
        return None if self.actual_wh is None else self.expected_wh - self.actual_wh

    @property
    def percent(self) -> int | None:
        """Saved, in percent of what was expected."""
        if self.saved_wh is None or self.expected_wh <= 0:
            return None
        return round(100 * self.saved_wh / self.expected_wh)


@dataclass(frozen=True, slots=True)
class SettlementOfRoom:
    """A settlement as its residents read it; the sums run from `counts_from`."""

    settlement_id: int
    starts_on: date
    ends_on: date
    counts_from: date
    expected_wh: int
    actual_wh: int
    settled_wh: int
    booked_wh: int
    co2_g: int
    revision: int

    @property
    def last_day(self) -> date:
        """The last settled day."""
        return self.ends_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BaselineFact:
    """Whence a room's expected use comes."""

    version: int
    kind: str
    level_wh: int
    history_days: int
    comparison_rooms: int
    counts_from: date


@dataclass(frozen=True, slots=True)
class FactorFact:
    """Kilograms of `gas` per kWh, of a `year`, told by `source`."""

    kg_per_kwh: Decimal
    gas: str
    year: str
    source: str


@dataclass(frozen=True, slots=True)
class PlaceboFact:
    """What the same rule would have paid to rooms that nobody asked to save."""

    ends_on: date
    placebo_wh: int
    comparison_wh: int

    @property
    def percent(self) -> Decimal:
        """Of what they used."""
        if self.comparison_wh <= 0:
            return Decimal(0)
        return round(Decimal(100) * self.placebo_wh / self.comparison_wh, 2)


@dataclass(frozen=True, slots=True)
class YardFact:
    """
    What the comparison rooms of one cohort said at a settlement, as it was applied to everybody.

    `drift` is the share by which their middle room stayed under its baseline; `scale` how widely
    they strayed, in sigmas per unit of a room's own unsteadiness.
    """

    kind: str
    counts_from: date
    rooms: int
    drift: float
    scale: float


@dataclass(frozen=True, slots=True)
class PlaceboWeek(PlaceboFact):
    """
    A placebo figure opened: how many comparison rooms it stands on, and their sums to date.

    `expected_wh` and `used_wh` are what their baselines said and what the rule counted;
    `added_wh` is by how much this settlement moved the figure; `yards` go by cohort.
    """

    rooms: int
    expected_wh: int
    used_wh: int
    added_wh: int
    yards: tuple[YardFact, ...]

    @property
    def last_day(self) -> date:
        """The last settled day."""
        return self.ends_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ProjectionFact:
    """What the next settlement on `ends_on` may add, with its range."""

    ends_on: date
    saved_wh: int
    low_wh: int
    high_wh: int


@dataclass(frozen=True, slots=True)
class SoFarFact:
    """What a room saved from `counts_from` to `ends_on`: likely between `low_wh` and `high_wh`."""

    counts_from: date
    ends_on: date
    saved_wh: int
    low_wh: int
    high_wh: int
    booked_wh: int
    percent: int


@dataclass(frozen=True, slots=True)
class DayOfCredit:
    """A day of the sums behind a credit; `expected_wh` is what was told on that day's morning."""

    day: date
    baseline_wh: int
    expected_wh: int
    actual_wh: int | None
    verdict: str


@dataclass(frozen=True, slots=True)
class CreditFact:
    """
    A settlement with all it came from: whence the baseline, the sums, and the figures of the rule.

    `saving` = 1 - used / baseline - `drift` (what comparison rooms fell short of their own);
    `sigma` is how far such a figure strays by chance. Shares of one, and Wh. `sure` is 0 up to
    `sure_from` sigmas and 1 from `sure_at` on; `floor_*` is the same for the rooms of the floor.
    """

    starts_on: date
    ends_on: date
    revision: int
    counts_from: date
    learns_from: date
    kind: str
    version: int
    history_days: int
    comparison_rooms: int
    level_wh: int
    away_below: float
    counted_days: int
    baseline_wh: int
    used_wh: int
    drift: float
    saving: float
    sigma: float
    sure_from: float
    sure_at: float
    sure: float
    floor_rooms: int
    floor_saving: float
    floor_sigma: float
    own_wh: int
    shared_wh: int
    booked_wh: int
    settled_wh: int
    days: tuple[DayOfCredit, ...]


@dataclass(frozen=True, slots=True)
class SavingsScreen:
    """
    What a student sees of their room's savings.

    Residents of comparison rooms see the method and no figure of their own. `observed_until` is the
    first day after the observation weeks of a room whose baseline does not stand yet.
    """

    part: str | None
    latest: DayOfRoom | None = None
    settlements: tuple[SettlementOfRoom, ...] = ()
    projection: ProjectionFact | None = None
    baseline: BaselineFact | None = None
    factor: FactorFact | None = None
    placebo: PlaceboFact | None = None
    observed_until: date | None = None
    so_far: SoFarFact | None = None


@dataclass(frozen=True, slots=True)
class ReplayedTerm:
    """
    What the engine settled in a term, real or rehearsed: n rooms x s settlements.

    `settled_wh`, `co2_g` int64[n, s]; `ends` int64[s], days from the first of the term to the end
    of each settled period; `people` int64[n]; `enrolled` bool[n]. `saved_wh` int64[n] is the true
    saving, known only where it was planted.
    """

    days: int
    ends: NDArray[np.int64]
    settled_wh: NDArray[np.int64]
    co2_g: NDArray[np.int64]
    people: NDArray[np.int64]
    enrolled: NDArray[np.bool_]
    saved_wh: NDArray[np.int64] | None = None
