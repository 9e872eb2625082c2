"""Rows set aside by meter, so that a file of any size is weighed a part at a time."""

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Self

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
# The columns of Rows.
CHANNEL, AT, WH, LINE, DAY, TWICE = range(6)
WIDTH = 6

_BYTES_A_PART = 4 * 1024 * 1024
_MOST_PARTS = 200
_IN_MEMORY = 256 * 1024
_AT_ONCE = 20_000


class Spool:
    """
    Collects rows and hands them out part by part; all rows of a channel are in one part.

    Small parts stay in memory, large ones go to temporary files that the system removes.
    """

    def __init__(self, *, size: int) -> None:
        count = min(1 + size // _BYTES_A_PART, _MOST_PARTS)
        with ExitStack() as opened:
            self._parts = [
                opened.enter_context(SpooledTemporaryFile(max_size=_IN_MEMORY))
                for _ in range(count)
            ]
            self._opened = opened.pop_all()
        self._waiting: list[tuple[int, int, int, int, int, int]] = []
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._opened.close()

    def add(self, *, channel: int, at: int, wh: int, line: int, day: int, twice: bool) -> None:
        """Set one row aside."""
        self._waiting.append((channel, at, wh, line, day, twice))
        self.rows += 1
        if len(self._waiting) >= _AT_ONCE:
            self._sort_out()

    def parts(self) -> Iterator[Rows]:
        """The rows of each part that has any, in the order of their lines."""
        self._sort_out()
        for part in self._parts:
            part.seek(0)
            rows = np.frombuffer(part.read(), dtype=np.int64).reshape(-1, WIDTH)
            if len(rows):
                yield rows

    def _sort_out(self) -> None:
        rows = np.array(self._waiting, dtype=np.int64).reshape(-1, WIDTH)
        self._waiting = []
        place = rows[:, CHANNEL] % len(self._parts)
        for number in np.unique(place):
            self._parts[number].write(rows[place == number].tobytes())
