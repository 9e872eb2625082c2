"""What the days of a baseline know of themselves: weekday, season, holiday, perhaps weather."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# How hard each column's effect is held towards "exactly like the campus", in days of its variance.
STIFFNESS = 60.0 * np.array([1, 1, 1, 3, 3, 1, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3])
COLUMNS = len(STIFFNESS)
SEASON = slice(3, 5)
_WEEKDAYS = slice(6, COLUMNS)
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Calendar:
    """
    Consecutive days: proleptic ordinals int64[d], holidays bool[d], mean outdoor degC float[d].

    Without a temperature its two columns are zero, and so are their effects.
    """

    ordinals: NDArray[np.int64]
    holidays: Bools
    celsius: Floats | None = None

    @classmethod
    def between(cls, *, starts_on: date, ends_on: date, holidays: Collection[date]) -> Self:
        """The days [starts_on, ends_on)."""
        ordinals = np.arange(starts_on.toordinal(), ends_on.toordinal(), dtype=np.int64)
        free = np.isin(ordinals, [day.toordinal() for day in holidays])
        return cls(ordinals=ordinals, holidays=free)

    def __len__(self) -> int:
        return len(self.ordinals)

    def part(self, first: int, after: int) -> "Calendar":
        """The days at positions [first, after)."""
        celsius = None if self.celsius is None else self.celsius[first:after]
        return Calendar(self.ordinals[first:after], self.holidays[first:after], celsius)

    @property
    def weekdays(self) -> NDArray[np.int64]:
        """Monday 0 .. Sunday 6."""
        return (self.ordinals - 1) % 7

    @property
    def weekends(self) -> Bools:
        return self.weekdays >= 5

    def columns(self, *, index: Floats, usual_index: float) -> Floats:
        """
        The thirteen columns float[d, 13] of the offset regression, not yet centred.

        Index against its mean, heating and cooling degrees, the season's two waves, holiday, and
        seven weekday flags. A missing index counts as usual.
        """
        table = np.zeros((len(self), COLUMNS))
        table[:, 0] = np.nan_to_num(index / usual_index - 1.0, nan=0.0)
        if self.celsius is not None:
            degrees = np.nan_to_num(self.celsius, nan=16.5)
            table[:, 1] = np.maximum(15.5 - degrees, 0.0) / 10
            table[:, 2] = np.maximum(degrees - 18.0, 0.0) / 5
        angle = 2 * np.pi * self._days_of_year() / _YEAR
        table[:, SEASON] = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        table[:, 5] = self.holidays
        table[:, _WEEKDAYS] = self.weekdays[:, None] == np.arange(7)
        return table

    def _days_of_year(self) -> Floats:
        days = [date.fromordinal(int(n)).timetuple().tm_yday for n in self.ordinals]
        return np.array(days, dtype=np.float64)


def days_of(ordinals: NDArray[np.int64]) -> list[date]:
    """The dates of proleptic ordinals."""
    first = date.fromordinal(1)
    return [first + timedelta(days=int(n) - 1) for n in ordinals]
