"""Many throws of one plan as a table: medians, their spread, and whether the terms may go out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from points.earning.simulation.plan import Plan
from points.earning.simulation.play import Played

WEEKS = 4  # to the first coffee, for the median saver, after the first settlement
SHARE = 0.4  # of the points that must come from electricity, so that nobody farms activities


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure over all seeds: 5th percentile, median, 95th percentile."""

    name: str
    low: float
    median: float
    high: float
    form: str

    def text(self) -> str:
        """A line of the table."""
        told = (_text(value, self.form) for value in (self.low, self.median, self.high))
        return f"{self.name:<46}" + "".join(f"{each:>14}" for each in told)


@dataclass(frozen=True, slots=True)
class Gate:
    """What must hold in all but one of twenty seeds before terms are published."""

    text: str
    holds: bool


def figures(played: Sequence[Played], *, plan: Plan) -> list[Figure]:
    """Every figure of a plan."""
    rows: Sequence[tuple[str, Callable[[Played], float], str]] = (
        ("weeks to the first coffee, median saver", lambda p: p.weeks, ".1f"),
        ("  the same, of all who truly saved", lambda p: p.weeks_true, ".1f"),
        ("savers with a coffee by the end, %", lambda p: 100 * p.reached, ".0f"),
        ("electricity's share of the points, %", lambda p: 100 * p.share, ".0f"),
        ("points issued", lambda p: p.points, ",.0f"),
        ("points a person", lambda p: p.points / max(p.people, 1), ",.0f"),
        ("verified tonnes of CO2e", lambda p: p.tonnes, ".2f"),
        ("money at the counter", lambda p: plan.money(p.points), ",.0f"),
        ("money a person", lambda p: plan.money(p.points) / max(p.people, 1), ",.0f"),
        ("money per verified tonne", lambda p: _per_tonne(p, plan), ",.0f"),
        ("day on which the budget ended", lambda p: p.ended_on or np.inf, ".0f"),
    )
    return [_figure(name, [of(each) for each in played], form) for name, of, form in rows]


def _per_tonne(played: Played, plan: Plan) -> float:
    return plan.money(played.points) / played.tonnes if played.tonnes else np.inf


def _figure(name: str, values: Sequence[float], form: str) -> Figure:
    low, median, high = (_percentile(values, percent) for percent in (5, 50, 95))
    return Figure(name, low, median, high, form)


def _percentile(values: Sequence[float], percent: int) -> float:
    """Of the values as they are: between a week and never there is no middle."""
    return float(np.percentile(np.array(values, np.float64), percent, method="nearest"))


def gates(told: Sequence[Figure]) -> Iterator[Gate]:
    """The two promises of the programme."""
    weeks, share = told[0].high, told[3].low / 100
    yield Gate(f"first coffee within {WEEKS} weeks of the first settlement", weeks <= WEEKS)
    yield Gate(f"electricity gives at least {SHARE:.0%} of the points", share >= SHARE)


def _text(value: float, form: str) -> str:
    return format(value, form) if np.isfinite(value) else "never"
