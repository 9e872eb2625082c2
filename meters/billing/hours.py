"""Parts a day's use among the periods of a tariff by time of use. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from meters.billing.periods import period_at
from meters.billing.splitting import split
from meters.billing.tariff import Tariff


def periods_of(
    tariff: Tariff, *, starts: Sequence[datetime], holidays: Collection[date]
) -> NDArray[np.int64]:
    """For each interval, by its local start, the place of its period in the tariff's list."""
    place = {period.id: n for n, period in enumerate(tariff.periods)}
    off = holidays if tariff.holidays else ()
    found = (
        period_at(start, periods=tariff.periods, seasons=tariff.seasons, holidays=off)
        for start in starts
    )
    return np.array([place[name] for name in found], dtype=np.int64)


def local_starts(first: datetime, *, minutes: int, count: int) -> list[datetime]:
    """The local starts of `count` intervals from `first` on; a day may have 23 or 25 hours."""
    opens, step = first.astimezone(UTC), timedelta(minutes=minutes)
    return [(opens + n * step).astimezone(first.tzinfo) for n in range(count)]


def parted(
    wh: int, *, intervals: NDArray[np.int32], periods: NDArray[np.int64], names: Sequence[str]
) -> dict[str, int]:
    """
    A day's Wh by period; it always adds up to the day.

    Intervals that are missing (-1) tell nothing: the day is parted as the known ones are, and
    where none is known, by the length of the periods.
    """
    known = intervals >= 0
    sums = np.zeros(len(names), dtype=np.int64)
    np.add.at(sums, periods[known], intervals[known])
    if not sums.any():
        sums = np.bincount(periods, minlength=len(names))
    weights = {name: Fraction(int(some)) for name, some in zip(names, sums, strict=True)}
    return _parted(wh, weights)


def _parted(wh: int, weights: Mapping[str, Fraction]) -> dict[str, int]:
    if sum(weights.values()) == wh:
        return {name: int(some) for name, some in weights.items()}
    return split(wh, weights=weights, tie_order=list(weights))
