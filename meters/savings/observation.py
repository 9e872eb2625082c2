"""
Baselines of new occupancies: three weeks in which nobody is asked to save.

The previous occupants' history is worth nothing, so the level comes from the first 21 days, and
from the *lowest* of their weeks: padding two of them is useless. Comparison rooms are measured
just alike, so the bias of the lowest week drops out at the settlement.
"""

from dataclasses import dataclass, replace

import numpy as np

from meters.savings.calendar import Bools, Calendar, Floats
from meters.savings.cleaning import CLIPPED_ABOVE, DROPPED_BELOW
from meters.savings.history import away_below
from meters.savings.robust import ratio, row_median, total

WEEKS = 3
ENOUGH_KEPT = 0.4  # of the days; a room that was mostly empty keeps them all
LOWEST = 0.7
# Days' worth of an average room beside the room's own, so that two weekends cannot set a factor.
WEEKEND_PRIOR, WEEKDAY_PRIOR = 12, 12
WEEKEND_DAYS, WEEKDAY_DAYS = 6, 15


@dataclass(frozen=True, slots=True)
class ObservedBaselines:
    """
    n baselines, column by column; NaN level where the weeks tell nothing.

    `level` Wh a day at index 1, `weekend` the factor of Saturdays and Sundays against weekdays,
    `away_below` share of the expected use, `shape` the room's own restlessness, `believed` the part
    of the observed level that stands in `level` (see `predecessors.believed`).
    """

    level: Floats
    weekend: Floats
    away_below: Floats
    shape: Floats
    believed: Floats

    def held(self, *, by: Floats) -> "ObservedBaselines":
        """The same rooms, their levels believed only so far, float[n]."""
        return replace(self, level=self.level * by, believed=by)

    def expected(self, *, index: Floats, calendar: Calendar) -> Floats:
        """Wh float[n, d]; NaN on days without an index."""
        week = self.weekend * 2 / 7 + 5 / 7
        free = calendar.weekends[None, :]
        factor = np.where(free, (self.weekend / week)[:, None], (1 / week)[:, None])
        return np.asarray(self.level[:, None] * index * factor)


def observe(use: Floats, *, index: Floats, calendar: Calendar) -> ObservedBaselines:
    """
    Take every room's baseline from its 21 observation days.

    :param use: Wh float[n, 21], NaN where missing
    :param index: float[21], each comparison room measured against its own mean of these days
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        typical = row_median(use / index)[:, None] * index
    told = ~np.isnan(use) & ~np.isnan(index)
    kept = told & (np.nan_to_num(use) >= DROPPED_BELOW * np.nan_to_num(typical))
    scarce = kept.sum(axis=1) < ENOUGH_KEPT * use.shape[1]
    kept = np.where(scarce[:, None], told, kept)
    clean = np.minimum(use, CLIPPED_ABOVE * typical)
    mean_level = ratio(total(clean, where=kept), _over(index, kept))
    # Whole weeks, parties and all: the lowest is the one that nobody padded.
    weeks, whole = weekly(use, index, told), ratio(total(use, where=told), _over(index, told))
    lowest = np.clip(_lowest(ratio(weeks, whole[:, None])), LOWEST, 1.0)
    weekend = _weekend(clean, index, kept, calendar=calendar)
    ones = np.ones(len(use))
    mean = ObservedBaselines(mean_level, weekend, ones, ones, ones)
    expected = mean.expected(index=index, calendar=calendar)
    return ObservedBaselines(
        level=mean_level * lowest,
        weekend=weekend,
        away_below=away_below(use, expected=expected, quantile=0.05),
        shape=_shape(use, index, weeks=weeks, level=mean_level),
        believed=ones,
    )


def _over(index: Floats, kept: Bools) -> Floats:
    return np.asarray((kept * np.nan_to_num(index)).sum(axis=1))


def weekly(use: Floats, index: Floats, told: Bools) -> Floats:
    """Use over index of each week, float[n, 3]; NaN for a week without a reading."""
    parts = [slice(7 * week, 7 * week + 7) for week in range(WEEKS)]
    weekly = [
        ratio(total(use[:, part], where=told[:, part]), _over(index[part], told[:, part]))
        for part in parts
    ]
    return np.stack(weekly, axis=1)


def _lowest(weeks: Floats) -> Floats:
    return np.asarray(np.where(np.isnan(weeks), np.inf, weeks).min(axis=1))


def _weekend(clean: Floats, index: Floats, kept: Bools, *, calendar: Calendar) -> Floats:
    """The weekend factor, held towards an average room by a prior of twelve days."""
    meant = ratio(total(clean, where=kept), _over(index, kept))[:, None] * index
    shares = np.where(kept, ratio(clean, meant), np.nan)
    free = calendar.weekends
    weekend = (WEEKEND_PRIOR + WEEKEND_DAYS * _mean(shares[:, free])) / (
        WEEKEND_PRIOR + WEEKEND_DAYS
    )
    weekday = (WEEKDAY_PRIOR + WEEKDAY_DAYS * _mean(shares[:, ~free])) / (
        WEEKDAY_PRIOR + WEEKDAY_DAYS
    )
    return ratio(weekend, weekday)


def _mean(shares: Floats) -> Floats:
    told = (~np.isnan(shares)).sum(axis=1)
    return np.where(told > 0, total(shares) / np.maximum(told, 1), 1.0)


def _shape(use: Floats, index: Floats, *, weeks: Floats, level: Floats) -> Floats:
    """Days that stray and weeks that wander, damped: together they foretell the drift."""
    with np.errstate(invalid="ignore", divide="ignore"):
        strayed = row_median(np.abs(use / (level[:, None] * index) - 1))
        logs = np.log(weeks / level[:, None])
    wander = _widest(logs)
    days = np.nan_to_num(strayed, nan=0.3)
    return np.asarray((0.03 + days) ** 0.3 * (0.05 + wander) ** 0.4)


def _widest(logs: Floats) -> Floats:
    told = np.isfinite(logs)
    high = np.where(told, logs, -np.inf).max(axis=1)
    low = np.where(told, logs, np.inf).min(axis=1)
    return np.where(told.sum(axis=1) > 1, high - low, 0.3)
