"""
What a room will have used when a billing cycle ends, and how sure that is. Pure: no tables.

Expected = read so far + level x days left, where the level is an exponentially weighted mean with
alpha .08. Of six methods tried on 800 households it had the smallest error at day 7, 14 and 21 of
a month (10.5, 7.0 and 4.2 % of the bill). The band is what past cycles were off at the same day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Wh = NDArray[np.int64]
ALPHA = 0.08
MISSING = -1
# The band in thousandths until a campus has cycles of its own: (day of the month, half width).
AT_FIRST = ((0, 135), (3, 120), (7, 105), (14, 70), (21, 42), (31, 0))
TENTH, NINE_TENTHS = 10, 90


@dataclass(frozen=True, slots=True)
class Band:
    """How far the end may lie from what is expected, in thousandths of it: low <= 0 <= high."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Expected:
    """Wh of the whole cycle as expected after some days of it, with the band around it."""

    wh: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class DayError:
    """How rooms ended a cycle against what was expected after `day_number` days of it."""

    day_number: int
    rooms: int
    band: Band
    wape: int


def levels(wh: Wh) -> NDArray[np.float64]:
    """
    The level of each room: Wh a day.

    :param wh: int64[rooms, days], the oldest day first, -1 where missing: such a day is left out
    :returns: float64[rooms]; nan for a room of which no day is known
    """
    level = np.full(len(wh), np.nan)
    known_days = np.zeros(len(wh))
    for day in wh.T:
        level, known_days = _after(day, level, known_days)
    return level


def _after(
    day: Wh, level: NDArray[np.float64], known_days: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    known = day >= 0
    known_days = known_days + known
    # A plain mean until there are enough days for the weights to settle.
    weight = np.maximum(ALPHA, 1 / np.maximum(known_days, 1))
    moved = np.where(np.isnan(level), day, level + weight * (day - level))
    return np.where(known, moved, level), known_days


def expected(*, so_far: int, level: float, days_left: int, band: Band) -> Expected:
    """The end of the cycle; what was read already is certain, so the band never goes below it."""
    wh = so_far + round(level * days_left)
    return Expected(
        wh=wh,
        low=max(so_far, wh + wh * band.low // 1000),
        high=max(wh, wh + wh * band.high // 1000),
    )


def default_band(*, day_number: int, cycle_days: int) -> Band:
    """The band by day of a month, for a campus that has not ended a cycle yet."""
    day = day_number * 31 / cycle_days
    days, halves = np.array(AT_FIRST).T
    half = round(float(np.interp(day, days, halves)))
    return Band(-half, half)


def pooled(bands: Sequence[tuple[int, Band]]) -> Band:
    """One band of several cycles, each weighted by its rooms."""
    rooms = sum(some for some, _ in bands)
    low = sum(some * band.low for some, band in bands) // rooms
    high = -(sum(some * -band.high for some, band in bands) // rooms)
    return Band(min(low, 0), max(high, 0))


def errors(*, before: Wh, cycle: Wh) -> Iterator[DayError]:
    """
    What a cycle teaches: for each day of it but the last, how far its end was off.

    :param before: int64[rooms, days], the days before the cycle, -1 where missing
    :param cycle: int64[rooms, days of the cycle]; only rooms without a missing day teach
    """
    whole = (cycle >= 0).all(axis=1) & (cycle.sum(axis=1) > 0)
    before, cycle = before[whole], cycle[whole]
    if not len(cycle):
        return
    used, days = cycle.sum(axis=1), cycle.shape[1]
    for number in range(1, days):
        level = levels(np.hstack([before, cycle[:, :number]]))
        guess = cycle[:, :number].sum(axis=1) + level * (days - number)
        yield _error(number, used, guess)


def _error(number: int, used: Wh, guess: NDArray[np.float64]) -> DayError:
    off = (used - guess) * 1000 / np.maximum(guess, 1)
    low, high = np.percentile(off, [TENTH, NINE_TENTHS])
    wape = np.abs(used - guess).sum() * 1000 / used.sum()
    band = Band(min(round(low), 0), max(round(high), 0))
    return DayError(number, len(used), band, round(wape))
