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
from meters.savings.level_weeks import levelled
from meters.savings.observation import ObservedBaselines, observe
from meters.savings.predecessors import believed
from meters.savings.rule import (
    ENOUGH_OBSERVED,
    FIRST_AFTER,
    HISTORY,
    MIN_COMPARISON,
    MIN_HISTORY,
    OBSERVATION,
    SETTLE_EVERY,
    Rule,
)
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
    """
    The rooms of one kind; `counts_from` is a programme day; arrays start there.

    `shown` is what was expected, also of days on which no comparison room told; these do not count.
    """

    rooms: NDArray[np.int64]
    counts_from: int
    use: Floats
    expected: Floats
    shown: Floats
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
            measure(
                s,
                yard=judged(s, comparison=c.comparison, enrolled=~c.comparison, rule=rule),
            )
            for s, c in zip(standings, ready, strict=True)
        ]
        latest = booked.copy()
        for cohort, wh in zip(ready, _credits(ready, measured, end, rule=rule), strict=True):
            latest[cohort.rooms] = np.maximum(latest[cohort.rooms], wh)
        credited[:, end - 1] = latest - booked
        booked = latest
        for cohort, found in zip(ready, measured, strict=True):
            _show(baseline, cohort, 1 - found.yard.drift, end=end)
    for cohort in cohorts:  # too young to be settled
        _show(baseline, cohort, 1.0, end=panel.days)
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
    told = cohort.shown[:, : end - first] * factor
    baseline[cohort.rooms, first:end] = np.where(np.isnan(block), told, block)


def _cohorts(panel: Panel) -> Iterator[_Cohort]:
    """Those who bring a history, then week by week those who were observed for three."""
    first = max(0, panel.start - HISTORY)
    lived = np.arange(len(panel.calendar))[None, :] >= panel.since[:, None]
    own = replace(panel, use=np.where(lived, panel.use, np.nan))
    old = _told(own.use[:, first : panel.start]) >= MIN_HISTORY
    waiting = ~panel.comparison
    if (old & panel.comparison).sum() >= MIN_COMPARISON:
        yield _with_history(own, old, learns=(first, panel.start))
        waiting = waiting & ~old
    for week in range(panel.start, len(panel.calendar) - OBSERVATION, SETTLE_EVERY):
        weeks = slice(week, week + OBSERVATION)
        ready = (panel.since <= week) & (_told(own.use[:, weeks]) >= ENOUGH_OBSERVED)
        new, peers = ready & waiting, ready & panel.comparison
        if new.any() and peers.sum() >= MIN_COMPARISON:
            yield _observed(own, new | peers, weeks=weeks, before=panel.use)
            waiting = waiting & ~new


def _told(use: Floats) -> NDArray[np.int64]:
    return np.asarray((~np.isnan(use)).sum(axis=1))


def _with_history(panel: Panel, who: Bools, *, learns: tuple[int, int]) -> _Cohort:
    rooms, past = np.flatnonzero(who), slice(*learns)
    use, index = _against_peers(panel, rooms, past)
    baselines = learn(use[:, past], index=index[past], calendar=panel.calendar.part(*learns))
    return _cohort(panel, rooms, baselines, index=index, counts_from=past.stop, observed=False)


def _observed(panel: Panel, who: Bools, *, weeks: slice, before: Floats) -> _Cohort:
    """:param before: the use of the rooms by whoever lived there"""
    rooms, first = np.flatnonzero(who), weeks.start
    use, index = _against_peers(panel, rooms, weeks)
    peers, pools = panel.comparison[rooms], panel.pools[rooms]
    seen = levelled(use[:, weeks], index=index[weeks], comparison=peers, pools=pools)
    former = before[rooms, max(0, first - HISTORY) : first]
    held = believed(former, seen, comparison=peers, pools=pools)
    calendar = panel.calendar.part(first, weeks.stop)
    found = observe(seen, index=index[weeks], calendar=calendar).held(by=held)
    return _cohort(panel, rooms, found, index=index, counts_from=weeks.stop, observed=True)


def _against_peers(panel: Panel, rooms: NDArray[np.int64], past: slice) -> tuple[Floats, Floats]:
    """The rooms' use, and the campus index by the comparison rooms among them."""
    use, peers = panel.use[rooms], panel.comparison[rooms]
    return use, peer_index(use[peers], usual_use=usual(use[peers][:, past]))


def _cohort(
    panel: Panel,
    rooms: NDArray[np.int64],
    baselines: HistoryBaselines | ObservedBaselines,
    *,
    index: Floats,
    counts_from: int,
    observed: bool,
) -> _Cohort:
    use = panel.use[rooms, counts_from:]
    ahead, coming = index[counts_from:], panel.calendar.part(counts_from, len(panel.calendar))
    silent = np.isnan(ahead) & ~np.isnan(use).all(axis=0)
    return _Cohort(
        rooms=rooms,
        counts_from=counts_from - panel.start,
        use=use,
        expected=baselines.expected(index=ahead, calendar=coming),
        shown=baselines.expected(
            index=np.where(silent, _latest(index, counts_from), ahead), calendar=coming
        ),
        away_below=baselines.away_below,
        shape=baselines.shape,
        comparison=panel.comparison[rooms],
        pools=panel.pools[rooms],
        observed=observed,
    )


def _latest(index: Floats, first: int) -> Floats:
    """The newest index told by each day from `first` on; NaN before any."""
    told_at = np.maximum.accumulate(np.where(np.isnan(index), -1, np.arange(len(index))))
    newest = np.where(told_at >= 0, index[np.maximum(told_at, 0)], np.nan)
    return np.asarray(newest[first:])
