"""Which numbers of a column are the same, without sorting it. Pure."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_BITS = 16
_ODD = np.uint64(0x9E3779B97F4A7C15)
_REST = np.uint64(64 - _BITS)


class Alike(NamedTuple):
    """A row that holds each different number, and for each row which of them it holds."""

    first: NDArray[np.int64]
    codes: NDArray[np.int64]


def alike(column: NDArray[np.int64] | NDArray[np.uint64]) -> Alike:
    """
    The different numbers of a column of 64 bits, in no order.

    Files repeat a few thousand stamps and meters, so each number gets a place by its hash, and the
    few that share a place with another are sorted out.
    """
    numbers = np.ascontiguousarray(column).view(np.uint64)
    rows = np.arange(len(numbers))
    places = ((numbers * _ODD) >> _REST).astype(np.int64)
    holder = np.empty(1 << _BITS, dtype=np.int64)
    holder[places] = rows
    held_by = holder[places]
    first = np.flatnonzero(held_by == rows)
    codes = np.empty(len(rows), dtype=np.int64)
    codes[first] = np.arange(len(first))
    codes = codes[held_by]
    displaced = np.flatnonzero(numbers != numbers[held_by])
    if len(displaced):
        _, some, others = np.unique(numbers[displaced], return_index=True, return_inverse=True)
        codes[displaced] = others + len(first)
        first = np.append(first, displaced[some])
    return Alike(first, codes)
