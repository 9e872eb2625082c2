"""Rows set aside by channel, so that a file of any size is worked through a part at a time."""

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, Self

import numpy as np
from numpy.typing import NDArray

from meters.readings.row import NOTHING, Kind, Quality, Row

Rows = NDArray[np.int64]
# The columns of Rows.
CHANNEL, AT, AMOUNT, LINE, SECONDS, FLAGS, REVISION = range(7)
WIDTH = 7
# FLAGS, from the lowest bit: quality (2), event (2), twice (2), ends, register.
_EVENT, _TWICE, _ENDS, _REGISTER = 2, 4, 6, 7

_BYTES_A_PART = 4 * 1024 * 1024
_MOST_PARTS = 200
_IN_MEMORY = 256 * 1024
_AT_ONCE = 20_000


def empty(count: int) -> Rows:
    """So many rows of zeros. Columns lie one after the other: most work looks at one or two."""
    return np.zeros((WIDTH, count), dtype=np.int64).T


def some(rows: Rows, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Rows:
    """The chosen rows, by a mark for each or by their places; columns stay together."""
    if chosen.dtype == np.bool_:
        chosen = np.flatnonzero(chosen)
    return rows.T.take(chosen, axis=1).T


def copied(rows: Rows) -> Rows:
    """The same rows, to be changed; columns stay together."""
    return np.array(rows.T, order="C").T


def rises(rows: Rows) -> bool:
    """Whether each row but the first is of a later time than the one before, or a later channel."""
    channels, at = rows[:, CHANNEL], rows[:, AT]
    further, same = channels[1:] > channels[:-1], channels[1:] == channels[:-1]
    return bool((further | (same & (at[1:] > at[:-1]))).all())


def in_order(rows: Rows) -> Rows:
    """Rows by channel and time; those that come so are not sorted again."""
    return rows if rises(rows) else some(rows, np.lexsort((rows[:, AT], rows[:, CHANNEL])))


def flags_of(row: Row) -> int:
    """What a row says besides its figures, in one number."""
    register = row.kind == Kind.REGISTER
    return (
        row.quality
        | row.event << _EVENT
        | row.twice << _TWICE
        | row.ends << _ENDS
        | register << _REGISTER
    )


def qualities(rows: Rows) -> NDArray[np.int64]:
    """The `Quality` of each row."""
    return rows[:, FLAGS] & 3


def events(rows: Rows) -> NDArray[np.int64]:
    """The `Event` of each row."""
    return rows[:, FLAGS] >> _EVENT & 3


def twice(rows: Rows) -> NDArray[np.int64]:
    """The `Twice` of each row."""
    return rows[:, FLAGS] >> _TWICE & 3


def ends(rows: Rows) -> NDArray[np.bool_]:
    """Whether the time of each row is the end of its interval."""
    return (rows[:, FLAGS] >> _ENDS & 1).astype(np.bool_)


def registers(rows: Rows) -> NDArray[np.bool_]:
    """Whether each row is what a register showed."""
    return (rows[:, FLAGS] >> _REGISTER & 1).astype(np.bool_)


def in_doubt(rows: Rows) -> NDArray[np.bool_]:
    """Whether each row says that something was counted, and nobody knows how much."""
    doubted: NDArray[np.bool_] = (rows[:, AMOUNT] == NOTHING) & (qualities(rows) == Quality.DOUBTED)
    return doubted


class _Part:
    """Rows one after the other, chunk by chunk; each chunk column by column."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._chunks: list[int] = []

    def write(self, rows: Rows) -> None:
        if len(rows):
            self._chunks.append(len(rows))
            self._file.write(np.ascontiguousarray(rows.T).data)

    def read(self) -> Rows:
        """All of them."""
        self._file.seek(0)
        found = np.empty((WIDTH, sum(self._chunks)), dtype=np.int64)
        first = 0
        for count in self._chunks:
            chunk = np.frombuffer(self._file.read(count * WIDTH * 8), dtype=np.int64)
            found[:, first : first + count] = chunk.reshape(WIDTH, count)
            first += count
        return found.T


class Spool:
    """
    Collects rows and hands them out part by part; all rows of a channel are in one part.

    Small parts stay in memory, large ones go to temporary files that the system removes.
    """

    def __init__(self, *, size: int) -> None:
        count = min(1 + size // _BYTES_A_PART, _MOST_PARTS)
        with ExitStack() as opened:
            self._parts = [
                _Part(opened.enter_context(SpooledTemporaryFile(max_size=_IN_MEMORY)))
                for _ in range(count)
            ]
            self._opened = opened.pop_all()
        self._waiting: list[tuple[int, int, int, int, int, int, int]] = []
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._opened.close()

    def add(self, *, channel: int, row: Row) -> None:
        """Set one row aside."""
        flags = flags_of(row)
        self._waiting.append(
            (channel, row.at, row.amount, row.line, row.seconds, flags, row.revision)
        )
        self.rows += 1
        if len(self._waiting) >= _AT_ONCE:
            self._sort_out()

    def add_rows(self, rows: Rows) -> None:
        """Set many rows aside."""
        self._sort_out()
        self.rows += len(rows)
        self._write(rows)

    def parts(self) -> Iterator[Rows]:
        """The rows of each part that has any, in the order of their lines."""
        self._sort_out()
        for part in self._parts:
            rows = part.read()
            if len(rows):
                yield rows

    def _sort_out(self) -> None:
        rows = np.array(self._waiting, dtype=np.int64).reshape(-1, WIDTH)
        self._waiting = []
        self._write(rows)

    def _write(self, rows: Rows) -> None:
        if len(self._parts) == 1:
            self._parts[0].write(rows)
            return
        of_part = rows[:, CHANNEL] % len(self._parts)
        for number in np.flatnonzero(np.bincount(of_part)).tolist():
            self._parts[number].write(some(rows, of_part == number))
