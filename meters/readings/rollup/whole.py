"""Days that intervals of one length cover without a gap or a doubt, all at once. Pure."""

from datetime import tzinfo

import numpy as np
from numpy.typing import NDArray

from meters.readings.local_days import days_of_all, opening
from meters.readings.models import Status
from meters.readings.rollup.day import Day

Column = NDArray[np.int64]
_MOST_OF_A_DAY = 2**62


def of_whole_days(
    *, at: Column, seconds: Column, amounts: Column, lines: Column, zone: tzinfo
) -> list[Day] | None:
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
    columns = (days[first], np.add.reduceat(amounts, first), np.minimum.reduceat(lines, first))
    return [
        Day(day, amount, Status.ACTUAL, line, (), amount)
        for day, amount, line in zip(*(column.tolist() for column in columns), strict=True)
    ]
