"""Days that intervals of one length cover without a gap or a doubt, all at once. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import overload

import numpy as np
from numpy.typing import NDArray

from meters.readings.local_days import days_of_all, opening
from meters.readings.models import Status
from meters.readings.rollup.day import Day

Column = NDArray[np.int64]
_MOST_OF_A_DAY = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class WholeDays(Sequence[Day]):
    """Days as columns, each a `Day` only while it is looked at: a file may tell a million."""

    days: Column
    amounts: Column
    lines: Column

    def __len__(self) -> int:
        return len(self.days)

    @overload
    def __getitem__(self, at: int) -> Day: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Day]: ...
    def __getitem__(self, at: int | slice) -> Day | Sequence[Day]:
        if isinstance(at, slice):
            return WholeDays(self.days[at], self.amounts[at], self.lines[at])
        amount = int(self.amounts[at])
        return Day(int(self.days[at]), amount, Status.ACTUAL, int(self.lines[at]), (), amount)


def of_whole_days(
    *, at: Column, seconds: Column, amounts: Column, lines: Column, zone: tzinfo
) -> WholeDays | None:
    """
    What `of_spans` says of measured intervals of one channel, in order; None where they are not
    of one length, leave something out, or reach over a midnight.
    """
    if not len(at) or seconds.min() <= 0 or (seconds != seconds[0]).any():
        return None
    length = int(seconds[0])
    if (np.diff(at) != length).any():
        return None
    days = days_of_all(at, zone)
    ends = opening(days + 1, zone)
    covered = at[0] == opening(days[:1], zone)[0] and at[-1] + length == ends[-1]
    if not covered or (at + length > ends).any():
        return None
    first = np.flatnonzero(np.diff(days, prepend=days[0] - 1))
    if int(amounts.max()) > _MOST_OF_A_DAY // int(np.diff(first, append=len(days)).max()):
        return None
    sums, least = np.add.reduceat(amounts, first), np.minimum.reduceat(lines, first)
    return WholeDays(days[first], sums, least)
