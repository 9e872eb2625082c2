"""Days of many channels as columns. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from meters.readings.models import Status

Column = NDArray[np.int64]
Day = tuple[int, int]  # channel, day ordinal
NO_TOTAL = -1
STATUSES = (Status.ACTUAL, Status.ESTIMATED, Status.MISSING, Status.SUSPECT)
ACTUAL, ESTIMATED, MISSING, SUSPECT = range(len(STATUSES))


@dataclass(frozen=True, slots=True, eq=False)
class ManyDays:
    """
    Days with equally many intervals, of which something new was told; columns of a row each.

    `revision` is the one a day follows (0: none), `total` its Wh or `NO_TOTAL`, `status` a place in
    the statuses, `line` the first that told something new, `below` whether a use below nothing was.
    """

    minutes: int
    channel: Column
    day: Column
    revision: Column
    total: Column
    status: Column
    line: Column
    below: NDArray[np.bool_]
    wh: NDArray[np.int32]
    quality: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.channel)

    def of(self, chosen: NDArray[np.bool_]) -> Self:
        """Some of these days."""
        if chosen.all():
            return self
        mine = [getattr(self, name) for name in self.__slots__]
        return type(self)(mine[0], *(column[chosen] for column in mine[1:]))

    def alike(self) -> Iterator[tuple[str, bool, Self]]:
        """The days by their status and by whether they have a total."""
        kinds = self.status * 2 + (self.total == NO_TOTAL)
        for kind in np.flatnonzero(np.bincount(kinds)).tolist():
            yield STATUSES[kind // 2], kind % 2 == 0, self.of(kinds == kind)

    def actual(self) -> set[Day]:
        """The days that are known for certain now."""
        sure = self.status == ACTUAL
        return set(zip(self.channel[sure].tolist(), self.day[sure].tolist(), strict=True))
