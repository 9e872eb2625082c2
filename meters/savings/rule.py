"""
The numbers of the crediting rule, in one place, each with its reason.

They were tuned on null periods of real meters (nobody was asked to save, so every credited kWh is
false); `docs/savings.md` has the figures. The ramp is the operator's one knob.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

SETTLE_EVERY = 7  # days: soon enough to be felt, slow enough for a week's pattern to even out
FIRST_AFTER = 21  # creditable days before a room is settled: under three weeks is noise
OBSERVATION = 21  # days in which a new occupancy is only watched
HISTORY = 365  # days of the year before that a baseline learns from: all seasons once
MIN_HISTORY = 180  # measured days of the same occupants: with fewer the ridge does harm
ENOUGH_OBSERVED = 7  # measured ones of these: a week's worth, however they lie
MIN_COMPARISON = 5  # comparison rooms without which no index is told; below 60 it is noisy
FEW_DAYS = 20  # measured days of the last 28 under which a settlement waits for the next


@dataclass(frozen=True, slots=True)
class Ramp:
    """Confidence 0 at `low` sigmas, 1 at `high`, straight between."""

    low: float
    high: float


RAMPS = {
    "strict": Ramp(1.9, 4.25),
    "default": Ramp(1.4, 3.75),
    "generous": Ramp(1.1, 3.0),
}


_RAMPED = {"own", "pool", "campus"}


@dataclass(frozen=True, slots=True)
class Rule:
    """Terms of a settlement. Facts of every snapshot keep the ones it used."""

    own: Ramp = RAMPS["default"]
    pool: Ramp = Ramp(1.5, 2.5)
    campus: Ramp = Ramp(1.5, 2.5)  # what all rooms have in common is luck below, a saving above
    day_cap: float = 0.65  # a day counts as at least this share of its expected use
    comfort_wh: int = 0  # a day counts at least so much for each person who lives there
    floor_drift: float = 0.02  # rooms of a floor drift together by this much
    floors_differ: float = 0.02  # floors save differently by at least this much
    share_from: float = 0.0  # sigmas a room must save to take part in its pool; was 0.1 once
    outlier: float = 3.0  # sigmas at which a room stops pulling its pool
    prior_rooms: int = 240  # comparison rooms that the prior scale weighs as much as
    wary_rooms: int = 60  # the same where these drift more than was believed
    prior_spread: float = 1.15  # rms of comparison rooms in sigmas, elsewhere

    def prior_scale_learnt(self, *, weeks: float) -> float:
        """The prior scale, over shape, where there is history: the first weeks' whims even out."""
        return max(0.41, 0.48 - 0.007 * (weeks - 3))

    def prior_scale_observed(self, *, weeks: float) -> float:
        """The prior scale of new occupancies: they drift on, the longer after observation."""
        return min(0.43, 0.30 + 0.0148 * (weeks - 3))

    def prior(self, *, observed: bool, days: int) -> float:
        """The prior scale after so many creditable days."""
        scale = self.prior_scale_observed if observed else self.prior_scale_learnt
        return scale(weeks=days / 7)

    def facts(self) -> dict[str, object]:
        """As plain values, for the snapshot."""
        return asdict(self)

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> Self:
        """The terms that a snapshot was settled by."""
        ramps = {name: Ramp(**facts[name]) for name in _RAMPED & set(facts)}
        return cls(**{**facts, **ramps})
