"""
A term of the product's own engine, day by day, on a panel of readings that need not be a campus's.

Used to prove the rule on public data and to rehearse a past term under other terms. A settlement
sees the readings up to its day and nothing later.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from meters.savings.calendar import Bools, Calendar, Floats
from meters.savings.history import HistoryBaselines, learn
from meters.savings.index import peer_index, usual
from meters.savings.observation import ObservedBaselines, observe
from meters.savings.rule import FIRST_AFTER, HISTORY, MIN_HISTORY, OBSERVATION, Rule
from meters.savings.settlement import (
    Measured,
    Standing,
    credit,
    judged,
    measure,
    pools_of,
    sums,
)
from meters.savings.timetable import enough_measured, settlement_ends


@dataclass(frozen=True, slots=True)
class Panel:
    """
    Rooms x days: `use` Wh float[n, d] (NaN missing), `calendar` of the d days, `start` the position
    of the first programme day, `comparison` bool[n], `pools` int64[n], and `since` int64[n], the
    position from which the same people live there.
    """

    use: Floats
    calendar: Calendar
    start: int
    comparison: Bools
    pools: NDArray[np.int64]
    since: NDArray[np.int64]

    @property
    def days(self) -> int:
        """Programme days."""
        return len(self.calendar) - self.start


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """Wh float[n, programme days]: the shown baseline, and what was credited on each day."""

    baseline: Floats
    credited: Floats


@dataclass(frozen=True, slots=True)
class _Cohort:
    """The rooms of one kind: `counts_from` is a programme day; arrays start there."""

    rooms: NDArray[np.int64]
    counts_from: int
    use: Floats
    expected: Floats
    away_below: Floats
    shape: Floats
    comparison: Bools
    pools: NDArray[np.int64]
    observed: bool

    def standing(self, end: int, *, rule: Rule) -> Standing:
        days = end - self.counts_from
        part = slice(0, days)
        return Standing(
            sums=sums(
                self.use[:, part],
                expected=self.expected[:, part],
                away_below=self.away_below,
                rule=rule,
            ),
            shape=self.shape,
            pools=self.pools,
            prior_scale=rule.prior(observed=self.observed, days=days),
        )


def rehearse(panel: Panel, *, rule: Rule) -> Rehearsed:
    """Run the whole term; what was credited by a day depends on nothing after it."""
    cohorts = list(_cohorts(panel))
    booked = np.zeros(len(panel.use))
    baseline = np.full((len(panel.use), panel.days), np.nan)
    credited = np.zeros((len(panel.use), panel.days))
    for end in settlement_ends(days=panel.days):
        ready = [c for c in cohorts if end - c.counts_from >= FIRST_AFTER]
        standings = [c.standing(end, rule=rule) for c in ready]
        measured = [
            measure(s, yard=judged(s, comparison=c.comparison, rule=rule))
            for s, c in zip(standings, ready, strict=True)
        ]
        latest = booked.copy()
        for cohort, wh in zip(ready, _credits(ready, measured, end, rule=rule), strict=True):
            latest[cohort.rooms] = np.maximum(latest[cohort.rooms], wh)
        credited[:, end - 1] = latest - booked
        booked = latest
        for cohort, found in zip(ready, measured, strict=True):
            _show(baseline, cohort, 1 - found.yard.median, end=end)
    return Rehearsed(baseline, credited)


def _credits(
    cohorts: list[_Cohort], measured: list[Measured], end: int, *, rule: Rule
) -> list[Floats]:
    if not cohorts:
        return []
    members = [~c.comparison for c in cohorts]
    pools = pools_of(measured, members=members, rule=rule)
    settled = [
        member & enough_measured(c.use[:, : end - c.counts_from])
        for c, member in zip(cohorts, members, strict=True)
    ]
    return [
        np.where(who, credit(found, pools=pools, rule=rule).wh, 0.0)
        for found, who in zip(measured, settled, strict=True)
    ]


def _show(baseline: Floats, cohort: _Cohort, factor: float, *, end: int) -> None:
    """The shown baseline of the days that this settlement is the first to settle."""
    first = cohort.counts_from
    block = baseline[cohort.rooms, first:end]
    told = cohort.expected[:, : end - first] * factor
    baseline[cohort.rooms, first:end] = np.where(np.isnan(block), told, block)


def _cohorts(panel: Panel) -> Iterator[_Cohort]:
    first = max(0, panel.start - HISTORY)
    lived = np.arange(len(panel.calendar))[None, :] >= panel.since[:, None]
    use = np.where(lived, panel.use, np.nan)
    measured = (~np.isnan(use[:, first : panel.start])).sum(axis=1)
    old = measured >= MIN_HISTORY
    for observed, rooms in ((False, np.flatnonzero(old)), (True, np.flatnonzero(~old))):
        if panel.comparison[rooms].any():
            learns = (panel.start, panel.start + OBSERVATION) if observed else (first, panel.start)
            yield _cohort(replace(panel, use=use), rooms, learns=learns, observed=observed)


def _cohort(
    panel: Panel, rooms: NDArray[np.int64], *, learns: tuple[int, int], observed: bool
) -> _Cohort:
    use, comparison = panel.use[rooms], panel.comparison[rooms]
    past = slice(*learns)
    usual_use = usual(use[comparison][:, past])
    index = peer_index(use[comparison], usual_use=usual_use)
    fit = observe if observed else learn
    baselines: HistoryBaselines | ObservedBaselines = fit(
        use[:, past], index=index[past], calendar=panel.calendar.part(*learns)
    )
    after = learns[1]
    coming = panel.calendar.part(after, len(panel.calendar))
    return _Cohort(
        rooms=rooms,
        counts_from=after - panel.start,
        use=use[:, after:],
        expected=baselines.expected(index=index[after:], calendar=coming),
        away_below=baselines.away_below,
        shape=baselines.shape,
        comparison=comparison,
        pools=panel.pools[rooms],
        observed=observed,
    )
