"""
Other terms for a term that is over: what they would have cost, and for whom they would be better.

Pure. Points are those of the rule `settled_saving`: so many a kilogram of CO2e, shared among the
people of a room; the cap is per person and settlement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meters.savings.rule import RAMPS, Rule

G_PER_KG = 1000
FEWEST_TOLD = 5  # rooms; a smaller group is not told apart
FELT = 10  # points a person: less is neither a gain nor a loss

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trial:
    """
    Terms to try: ramp, comfort floor, points a kg, cap a person and settlement (0: none).

    `paid_cp_per_kg` is what was paid in the term; `cp_minor` money that a point is worth.
    """

    ramp: str
    comfort_wh: int
    cp_per_kg: int
    paid_cp_per_kg: int
    weekly_cap_cp: int = 0
    cp_minor: int = 0

    @property
    def rule(self) -> Rule:
        """The rule that these terms make."""
        return Rule(own=RAMPS[self.ramp], comfort_wh=self.comfort_wh)

    def paid(self, co2_g: Ints, *, people: Ints) -> Ints:
        """Points of each person as they were paid, int64[n]; see `points`."""
        each = _each(co2_g, people=people, cp_per_kg=self.paid_cp_per_kg)
        return np.asarray(each.sum(axis=1))

    def points(self, co2_g: Ints, *, people: Ints) -> Ints:
        """
        Points of each person of n rooms over s settlements by these terms, int64[n].

        :param co2_g: int64[n, s] not emitted in each period
        """
        each = _each(co2_g, people=people, cp_per_kg=self.cp_per_kg)
        capped = np.minimum(each, self.weekly_cap_cp) if self.weekly_cap_cp else each
        return np.asarray(capped.sum(axis=1))


def _each(co2_g: Ints, *, people: Ints, cp_per_kg: int) -> Ints:
    return np.asarray((co2_g * cp_per_kg // G_PER_KG) // np.maximum(people, 1)[:, None])


def compared(
    before: Ints, after: Ints, *, people: Ints, trial: Trial, homes: NDArray[np.object_]
) -> dict[str, Any]:
    """
    Budget, winners and losers: points a person int64[n] as it was, and as it would have been.

    :param homes: the residence of each room, object[n]; few rooms of a home are not told apart
    """
    change = after - before
    return {
        "rooms": len(before),
        "people": int(people.sum()),
        "points_before": int((before * people).sum()),
        "points_after": int((after * people).sum()),
        "money_after": int((after * people).sum()) * trial.cp_minor,
        "gain": _side(change >= FELT, change, people),
        "lose": _side(change <= -FELT, change, people),
        "same": int((np.abs(change) < FELT).sum()),
        "felt": FELT,
        "quantiles": [int(q) for q in np.quantile(change, [0.05, 0.25, 0.5, 0.75, 0.95])],
        "homes": {
            str(home): _home(homes == home, before, after, people)
            for home in np.unique(homes)
            if (homes == home).sum() >= FEWEST_TOLD
        },
    }


def _side(which: NDArray[np.bool_], change: Ints, people: Ints) -> dict[str, int]:
    heads = int(people[which].sum())
    points = int((change * people)[which].sum())
    return {
        "rooms": int(which.sum()),
        "people": heads,
        "points": points,
        "mean": round(points / heads) if heads else 0,
    }


def _home(which: NDArray[np.bool_], before: Ints, after: Ints, people: Ints) -> Mapping[str, int]:
    return {
        "rooms": int(which.sum()),
        "points_before": int((before * people)[which].sum()),
        "points_after": int((after * people)[which].sum()),
    }
