"""
Cells of a block of text as numbers of 64 bits: eight letters are compared, or read as digits, with
one step for all rows. Pure.

How digits of eight letters are added up in three multiplications is Daniel Lemire, "Quickly parsing
eight digits" (2018).
"""

from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from meters.readings.alike import Alike, alike

Column = NDArray[np.int64]
Words = NDArray[np.uint64]
LONGEST_CELL = 64
_AROUND = b"\0" * 16
_MOST_DIGITS = 18  # of a number of 64 bits
_MOST_IN_A_ROW = 16
_ODD = np.uint64(0x9E3779B97F4A7C15)
_EVERY = 0x0101010101010101
_ONES, _HIGH = np.uint64(_EVERY), np.uint64(_EVERY * 0x80)
_ZEROS, _OVER_NINE = np.uint64(_EVERY * ord("0")), np.uint64(_EVERY * 0x76)
_ONE, _BYTE = np.uint64(1), np.int64(8)
# The first n letters of eight.
_FIRST = np.array([(1 << 8 * n) - 1 for n in range(9)], dtype=np.uint64)
_PAIRS = [
    (np.uint64(mask), np.uint64(times), np.uint64(shift))
    for mask, times, shift in (
        (0x0F0F0F0F0F0F0F0F, 2561, 8),
        (0x00FF00FF00FF00FF, 6553601, 16),
        (0x0000FFFF0000FFFF, 42949672960001, 32),
    )
]
_TENS = np.array([10**n for n in range(_MOST_DIGITS + 1)], dtype=np.int64)


class Letters:
    """The bytes of a block, eight from each place on as one number (the first letter lowest)."""

    def __init__(self, content: bytes) -> None:
        around = _AROUND + content + _AROUND
        self._eight: Words = np.ndarray(len(around) - 7, dtype="<u8", buffer=around, strides=(1,))

    def after(self, starts: Column, lengths: Column) -> Words:
        """The first letters of cells, at most eight; NUL where a cell is shorter."""
        return self._eight[starts + len(_AROUND)] & _FIRST[np.clip(lengths, 0, 8)]

    def before(self, ends: Column, lengths: Column) -> Words:
        """The last letters of cells, at most eight, the last one highest; NUL before them."""
        letters: Words = self._eight[ends + (len(_AROUND) - 8)]
        return letters & ~_FIRST[8 - np.clip(lengths, 0, 8)]


def words(letters: Letters, starts: Column, ends: Column) -> Alike | None:
    """The different cells of a column; None where one is too long, or two cannot be told apart."""
    lengths = ends - starts
    longest = int(lengths.max(initial=0))
    if longest > LONGEST_CELL:
        return None
    parts = [
        letters.after(np.minimum(starts + n, ends), lengths - n)
        for n in range(0, max(longest, 1), 8)
    ]
    mixed = parts[0]
    for part in parts[1:]:
        mixed = (mixed ^ (mixed >> np.uint64(29))) * _ODD + part
    found = alike(mixed)
    if len(parts) > 1 and any((part != part[found.first][found.codes]).any() for part in parts):
        return None
    return found


class Figures(NamedTuple):
    """The amounts of a column; `plain` is False where a cell is to be read by itself."""

    amounts: Column
    plain: NDArray[np.bool_]


def figures(
    letters: Letters, starts: Column, ends: Column, *, decimal: str, factor: Decimal, most: int
) -> Figures:
    """
    Cells of digits and one decimal sign, times a factor, as whole numbers; exact, or not plain.

    :param most: the greatest amount that may come out
    """
    lengths = ends - starts
    after = _decimals(letters, ends, lengths, decimal)
    dotted = after >= 0
    places = np.maximum(after, 0)
    before = lengths - places - dotted
    whole, good = _digits(letters, ends - places - dotted, before)
    part, fine = _digits(letters, ends, places)
    plain = good & fine & (before > 0) & (before + places <= _MOST_DIGITS)
    times, limits = _by_places(factor, most)
    number = np.where(plain, whole, 0) * _TENS[places] + part
    plain &= number <= limits[places]
    return Figures(np.where(plain, number, 0) * times[places], plain)


def _decimals(letters: Letters, ends: Column, lengths: Column, decimal: str) -> Column:
    """How many letters stand behind the decimal sign, of the last sixteen; -1 without one."""
    found = _behind(letters.before(ends, lengths), decimal)
    far = np.flatnonzero((found < 0) & (lengths > _BYTE))
    if len(far):
        further = _behind(letters.before(ends[far] - _BYTE, lengths[far] - _BYTE), decimal)
        found[far] = np.where(further < 0, further, further + _BYTE)
    return found


def _behind(eight: Words, decimal: str) -> Column:
    """How many of eight letters stand behind the first decimal sign; -1 without one."""
    other = eight ^ np.uint64(_EVERY * ord(decimal))
    # A sign leaves a byte of nothing; of what borrowing adds, only the lowest bit is looked at.
    signs = (other - _ONES) & ~other & _HIGH
    lowest = signs & (~signs + _ONE)
    return 7 - (np.bitwise_count(lowest - _ONE).astype(np.int64) >> 3)


def _digits(letters: Letters, ends: Column, lengths: Column) -> tuple[Column, NDArray[np.bool_]]:
    """The last so many letters before some places as numbers, and whether they are digits."""
    number, plain = _eight_digits(letters.before(ends, lengths), lengths)
    more = np.flatnonzero(lengths > _BYTE)
    if len(more):
        left = lengths[more] - _BYTE
        high, good = _eight_digits(letters.before(ends[more] - _BYTE, left), left)
        number[more] += high * _TENS[8]
        plain[more] &= good
    return number, plain & (lengths <= _MOST_IN_A_ROW)


def _eight_digits(eight: Words, lengths: Column) -> tuple[Column, NDArray[np.bool_]]:
    numbers = (eight ^ _ZEROS) & ~_FIRST[8 - np.clip(lengths, 0, 8)]
    plain = ((numbers + _OVER_NINE) | numbers) & _HIGH == 0
    for mask, times, shift in _PAIRS:
        numbers = ((numbers & mask) * times) >> shift
    return numbers.astype(np.int64), plain


def _by_places(factor: Decimal, most: int) -> tuple[Column, Column]:
    """For each number of decimals: what a cell without its sign counts, and the most it may say."""
    times = [factor.scaleb(-places) for places in range(_MOST_DIGITS + 1)]
    whole = [int(one) if one == int(one) and one > 0 else 0 for one in times]
    limits = [most // one if one else -1 for one in whole]
    return np.array(whole, dtype=np.int64), np.minimum(limits, 2**62).astype(np.int64)
