"""
Baselines from the year before: the peer-offset ridge.

A room's use is its level times the campus index, plus a small offset per weekday, season and so
on that is held towards zero ("exactly like the campus"). All rooms of a start date share one
matrix, so a fit is one matrix product. Frozen for the term.
"""

from dataclasses import dataclass

import numpy as np

from meters.savings.calendar import COLUMNS, SEASON, STIFFNESS, Bools, Calendar, Floats
from meters.savings.cleaning import calmed, cleaned
from meters.savings.robust import ratio, row_median, row_quantile, total

FLOOR = 0.1  # a baseline never falls under this share of the level
CORRECTED_BY = 0.25  # of the median drift of the last weeks; more would pay for padding
CORRECTED_AT_MOST = 0.15
RECENT_WEEKS = 12
BLOCK, BLOCKS = 28, 13
AWAY_WITHIN = (0.4, 0.6)
YEAR = 365
SHORT_YEAR = 4  # power by which a wave learnt from a part of a year is held back


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the rooms of a cohort share: the mean index of the history and the column means."""

    index: float
    columns: Floats  # float[13]


@dataclass(frozen=True, slots=True)
class HistoryBaselines:
    """
    n baselines, column by column; NaN level where the history tells nothing.

    `level` Wh a day, `effects` float[n, 13] of the columns, `correction` factor, `away_below` share
    of the expected use, `shape` the room's own restlessness (the settlement scales it to a sigma).
    """

    learnt: Learnt
    level: Floats
    effects: Floats
    correction: Floats
    away_below: Floats
    shape: Floats

    def expected(self, *, index: Floats, calendar: Calendar) -> Floats:
        """Wh float[n, d]; NaN on days without an index."""
        columns = calendar.columns(index=index, usual_index=self.learnt.index)
        offset = self.effects @ (columns - self.learnt.columns).T
        relative = np.maximum(FLOOR, index / self.learnt.index + offset)
        return np.asarray((self.level * self.correction)[:, None] * relative)


def learn(use: Floats, *, index: Floats, calendar: Calendar) -> HistoryBaselines:
    """
    Fit every room on the days before the term.

    :param use: Wh float[n, d], NaN where missing, the last column being the day before the term
    :param index: float[d], see `index.peer_index`
    """
    told = ~np.isnan(index)
    if not told.any():
        return _unknown(len(use))
    usual_index = float(index[told].mean())
    columns = calendar.columns(index=index, usual_index=usual_index)
    learnt = Learnt(index=usual_index, columns=columns[told].mean(axis=0))
    kept, clean = cleaned(use, index=index)
    clean = calmed(clean, kept, index=index)
    level = ratio(total(clean, where=kept), (kept * np.nan_to_num(index / usual_index)).sum(axis=1))
    effects = _effects(clean, kept, level=level, learnt=learnt, index=index, columns=columns)
    ones = np.ones(len(use))
    plain = HistoryBaselines(learnt, level, effects, ones, ones, ones)
    expected = plain.expected(index=index, calendar=calendar)
    correction = _correction(clean, kept, expected=expected)
    expected = expected * correction[:, None]
    return HistoryBaselines(
        learnt=learnt,
        level=level,
        effects=effects,
        correction=correction,
        away_below=away_below(use, expected=expected, quantile=0.02),
        shape=_shape(use, expected=expected),
    )


def _unknown(rooms: int) -> HistoryBaselines:
    """Where no comparison room told anything there is nothing to learn: no level, no estimate."""
    nothing, ones = np.full(rooms, np.nan), np.ones(rooms)
    learnt = Learnt(index=1.0, columns=np.zeros(COLUMNS))
    return HistoryBaselines(learnt, nothing, np.zeros((rooms, COLUMNS)), ones, ones, ones)


def away_below(use: Floats, *, expected: Floats, quantile: float) -> Floats:
    """The share of the expected use under which a room is empty, float[n]."""
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = row_quantile(use / expected, quantile)
    return np.clip(np.nan_to_num(shares, nan=AWAY_WITHIN[1]), *AWAY_WITHIN)


def _effects(
    clean: Floats, kept: Bools, *, level: Floats, learnt: Learnt, index: Floats, columns: Floats
) -> Floats:
    told = ~np.isnan(index)
    centred = (columns - learnt.columns)[told]
    share = ratio(clean, np.broadcast_to(level[:, None], clean.shape))
    left_over = np.where(kept, share - index / learnt.index, 0.0)[:, told]
    moving = centred.var(axis=0) > 1e-12  # a column that never moved has no effect to learn
    table = centred[:, moving]
    pull = np.diag(_stiffness(days=int(told.sum()))[moving] * table.var(axis=0))
    effects = np.zeros((len(clean), COLUMNS))
    solved = np.linalg.solve(table.T @ table + pull, table.T @ np.nan_to_num(left_over).T)
    effects[:, moving] = solved.T
    return effects


def _stiffness(*, days: int) -> Floats:
    """A season of which a part was seen says little of the rest: its last weeks are a lever."""
    stiff = STIFFNESS.copy()
    stiff[SEASON] *= max(1.0, YEAR / days) ** SHORT_YEAR
    return stiff


def _correction(clean: Floats, kept: Bools, *, expected: Floats) -> Floats:
    """A quarter of the latest drift; the median of twelve weeks withstands two padded ones."""
    weeks = _block_logs(np.where(kept, clean, np.nan), expected, length=7, blocks=RECENT_WEEKS)
    drift = CORRECTED_BY * np.nan_to_num(row_median(weeks), nan=0.0)
    return np.exp(np.clip(drift, -CORRECTED_AT_MOST, CORRECTED_AT_MOST))


def _shape(use: Floats, *, expected: Floats) -> Floats:
    """How far four-week sums strayed from the baseline, damped: quiet rooms drift too."""
    strayed = np.abs(_block_logs(use, expected, length=BLOCK, blocks=BLOCKS))
    spread = np.nan_to_num(row_quantile(strayed, 0.75), nan=0.2)
    return np.asarray((0.02 + spread) ** 0.6)


def _block_logs(use: Floats, expected: Floats, *, length: int, blocks: int) -> Floats:
    """log(sum of use / sum of expected) of the last `blocks` blocks of days, float[n, blocks]."""
    whole = min(blocks, use.shape[1] // length)
    last = slice(use.shape[1] - whole * length, None)
    told = ~np.isnan(use[:, last]) & ~np.isnan(expected[:, last])
    cut = (len(use), whole, length)
    used = np.where(told, use[:, last], 0.0).reshape(cut).sum(axis=2)
    meant = np.where(told, expected[:, last], 0.0).reshape(cut).sum(axis=2)
    enough = told.reshape(cut).sum(axis=2) * 2 >= length
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(enough & (used > 0), np.log(used / meant), np.nan)
