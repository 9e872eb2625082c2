"""What the rules may look at: figures of one room, each None where it is not known. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hours = NDArray[np.float64]

NIGHT = slice(2, 5)  # everybody sleeps: what runs now runs always
EVENING = slice(18, 23)
SUNNY = slice(10, 15)
FEWEST_NIGHTS = 7
FEWEST_PEERS = 5
WEEK = 7
REACHABLE = 0.1  # of a pace: a room that tries saves so much


@dataclass(frozen=True, slots=True)
class Ahead:
    """
    Something of a billing cycle that runs out before the cycle does.

    `days` from now, `cycle_days` until the cycle ends, `over_wh` that will be used beyond it.
    """

    days: int
    cycle_days: int
    over_wh: int

    @property
    def reachable_wh(self) -> int:
        """What a week of trying may keep out of it: a tenth of the pace that runs it out."""
        pace = self.over_wh / max(self.cycle_days - self.days, 1)
        beyond = self.over_wh * WEEK // max(self.cycle_days, WEEK)
        return min(beyond, round(pace * WEEK * REACHABLE))


@dataclass(frozen=True, slots=True)
class Pattern:
    """
    A room's last two weeks, and where its billing cycle is going.

    `night_w` mean watts from 2 to 5, `peers_night_w` the median of `peers` rooms of its kind;
    `evening_wh`, `sunny_wh` mean Wh a day in those hours; `roof_wh` the same of the campus's roofs
    in the sunny ones. `away_wh` mean Wh of a day on which nobody was home, `peers_away_wh` what a
    quarter of the rooms stay under on such days.
    """

    people: int
    night_w: int | None = None
    peers_night_w: int | None = None
    peers: int = 0
    evening_wh: int | None = None
    sunny_wh: int | None = None
    roof_wh: int | None = None
    away_days: int = 0
    away_wh: int | None = None
    peers_away_wh: int | None = None
    tier: int | None = None
    next_tier: Ahead | None = None
    quota: Ahead | None = None
    minor_per_kwh: int | None = None


def night_watts(hours: Hours) -> int | None:
    """Mean watts of the small hours of float64[days, 24] Wh, NaN where missing."""
    return _mean(hours[:, NIGHT])


def part_of_day(hours: Hours, part: slice) -> int | None:
    """Mean Wh a day in some hours."""
    mean = _mean(hours[:, part])
    return None if mean is None else mean * (part.stop - part.start)


def _mean(hours: Hours) -> int | None:
    whole = ~np.isnan(hours).any(axis=1)
    if whole.sum() < FEWEST_NIGHTS:
        return None
    return round(float(hours[whole].mean()))


def median_of(values: list[int]) -> int | None:
    """The median of enough rooms."""
    return round(float(np.median(values))) if len(values) >= FEWEST_PEERS else None


def quarter_of(values: list[int]) -> int | None:
    """What a quarter of enough rooms stay under."""
    return round(float(np.quantile(values, 0.25))) if len(values) >= FEWEST_PEERS else None
