"""What is to be tried: terms of the rules, the café's price, and how eagerly people take part."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from points.earning import caps
from points.earning.caps import Caps
from points.earning.rules import attendance, settled_saving
from points.earning.terms import read

RULES: Mapping[str, type[Any]] = {
    "settled_saving": settled_saving.Terms,
    "attendance": attendance.Terms,
    caps.NAME: Caps,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """
    Terms to be tried. A coffee costs `coffee_cp` points and `coffee_minor` minor units of money.

    :param activities: activities that a person joins a week, on average; few join many
    :param budget_minor: café money set aside for the term; None for any amount
    """

    settled: settled_saving.Terms
    attendance: attendance.Terms
    caps: Caps
    coffee_cp: int
    coffee_minor: int
    activities: float
    budget_minor: int | None = None

    @property
    def budget_points(self) -> int | None:
        """How many points the money covers at the price of the coffee."""
        if self.budget_minor is None:
            return None
        return self.budget_minor * self.coffee_cp // self.coffee_minor

    def money(self, points: float) -> float:
        """What points cost at the counter, in minor units."""
        return points * self.coffee_minor / self.coffee_cp


def plan(
    *,
    parameters: Mapping[str, Mapping[str, Any]],
    coffee_cp: int,
    coffee_minor: int,
    activities: float,
    budget_minor: int | None = None,
) -> Plan:
    """
    A plan from the parameters of some rules; what is left out keeps the defaults of the code.

    :raises TermsRefused: if a rule does not know a parameter
    """
    settled, deeds, limits = (
        read(parameters.get(name, {}), shape=shape) for name, shape in RULES.items()
    )
    return Plan(settled, deeds, limits, coffee_cp, coffee_minor, activities, budget_minor)
