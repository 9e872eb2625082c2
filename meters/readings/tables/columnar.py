"""
Plain lines of a table understood block by block: columns of numbers instead of a loop over rows.

A file repeats itself: each meter and each stamp of a block is understood once, by the same code
that reads single rows. Figures are read digit by digit of all rows at once. Every line that is not
quite plain is handed on to be read by itself, so nothing is understood differently here. Pure.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]
BLOCK = 1024 * 1024
LONGEST_CELL = 64
_FEED, _RETURN, _NULL, _QUOTE = b"\n", 13, b"\0", b'"'
_MOST_DIGITS = 18  # of a number of 64 bits
_ODD = np.uint64(0x9E3779B97F4A7C15)


class Block(NamedTuple):
    """Whole lines of a file: their bytes, the number of the first, where it begins in the file."""

    content: bytes
    line: int
    offset: int


def blocks(stream: BinaryIO, *, after_line: int, longest_line: int) -> Iterator[Block]:
    """The lines after a header, about a mebibyte at a time."""
    stream.seek(0)
    line, header = 1, b""
    # A cell of the header may run on into the next line.
    while line <= after_line or header.count(_QUOTE) % 2:
        more = stream.readline(longest_line + 1)
        header = header + more if line > after_line else more
        line += 1
        if not more:
            break
    offset = stream.tell()
    while content := stream.read(BLOCK):
        if not content.endswith(_FEED):
            content += stream.readline(longest_line + 1)
        yield Block(content, line, offset)
        line, offset = line + content.count(_FEED), stream.tell()


def is_plain(content: bytes, *, encoding: str, longest_line: int) -> bool:
    """Whether lines and cells of a block end where their signs stand, and all of it is text."""
    if _QUOTE in content or _NULL in content:
        return False
    if content.count(b"\r") != content.count(b"\r\n"):
        return False
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    ends = np.flatnonzero(np.frombuffer(content, dtype=np.uint8) == ord(_FEED))
    return not len(ends) or int(np.diff(ends, prepend=-1).max()) <= longest_line


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """
    The cells of the lines of a block that have as many as the header: `starts` and `ends` are
    int64[lines, columns]. `lines` numbers them; `others` are the lines that are to be read alone.
    """

    content: NDArray[np.uint8]
    lines: Column
    starts: Column
    ends: Column
    others: list[int]

    def text(self, row: int, column: int) -> bytes:
        """One cell."""
        return self.content[self.starts[row, column] : self.ends[row, column]].tobytes()


def cells(block: Block, *, delimiter: str, width: int) -> Cells:
    """The cells of a plain block."""
    ended = block.content if block.content.endswith(_FEED) else block.content + _FEED
    content = np.frombuffer(ended, dtype=np.uint8)
    ends = np.flatnonzero(content == ord(_FEED))
    starts = np.append(0, ends[:-1] + 1)
    ends = ends - ((ends > starts) & (content[ends - 1] == _RETURN))
    signs = np.flatnonzero(content == ord(delimiter))
    first = np.searchsorted(signs, starts)
    fitting = np.searchsorted(signs, ends) - first == width - 1
    numbers = np.arange(block.line, block.line + len(starts))
    places = first[fitting, None] + np.arange(width - 1)
    inner = signs[places] if len(signs) else places
    return Cells(
        content,
        numbers[fitting],
        np.column_stack([starts[fitting], inner + 1]),
        np.column_stack([inner, ends[fitting]]),
        numbers[~fitting].tolist(),
    )


class Words(NamedTuple):
    """A column in which cells repeat: a row that holds each different cell, and which rows do."""

    first: Column
    codes: Column


def words(table: Cells, column: int) -> Words | None:
    """The different cells of a column; None where one is too long, or two cannot be told apart."""
    starts, ends = table.starts[:, column], table.ends[:, column]
    longest = int((ends - starts).max(initial=0))
    if longest > LONGEST_CELL:
        return None
    wide = -(-max(longest, 1) // 8) * 8
    at = starts[:, None] + np.arange(wide)
    letters = table.content[np.minimum(at, len(table.content) - 1)]
    letters[at >= ends[:, None]] = 0
    parts = letters.view(np.uint64)
    mixed = parts[:, 0].copy()
    for n in range(1, parts.shape[1]):
        mixed = (mixed ^ (mixed >> np.uint64(29))) * _ODD + parts[:, n]
    _, first, codes = np.unique(mixed, return_index=True, return_inverse=True)
    if (parts != parts[first[codes]]).any():
        return None
    return Words(first, codes)


class Figures(NamedTuple):
    """The amounts of a column; `plain` is False where a cell is to be read by itself."""

    amounts: Column
    plain: NDArray[np.bool_]


def figures(table: Cells, column: int, *, decimal: str, factor: Decimal, most: int) -> Figures:
    """
    Cells of digits and one decimal sign, times a factor, as whole numbers; exact, or not plain.

    :param most: the greatest amount that may come out
    """
    starts, ends = table.starts[:, column], table.ends[:, column]
    width = min(int((ends - starts).max(initial=0)), _MOST_DIGITS + 1)
    number = np.zeros(len(starts), dtype=np.int64)
    digits, places = number.copy(), number.copy()
    dots = np.zeros(len(starts), dtype=np.int64)
    plain = ends - starts <= width
    for n in range(width):
        at = starts + n
        inside = at < ends
        letters = table.content[np.minimum(at, len(table.content) - 1)].astype(np.int64) - ord("0")
        digit = inside & (letters >= 0) & (letters <= 9)
        dot = inside & (letters == ord(decimal) - ord("0"))
        plain &= digit | dot | ~inside
        number = np.where(digit, number * 10 + letters, number)
        digits += digit
        places += digit & (dots > 0)
        dots += dot
    plain &= (digits > places) & (digits <= _MOST_DIGITS) & (dots <= 1)
    times, limits = _by_places(factor, most)
    places = np.minimum(places, len(times) - 1)
    plain &= number <= limits[places]
    return Figures(np.where(plain, number, 0) * times[places], plain)


def _by_places(factor: Decimal, most: int) -> tuple[Column, Column]:
    """For each number of decimals: what a cell without its sign counts, and the most it may say."""
    times = [factor.scaleb(-places) for places in range(_MOST_DIGITS + 1)]
    whole = [int(one) if one == int(one) and one > 0 else 0 for one in times]
    limits = [most // one if one else -1 for one in whole]
    return np.array(whole, dtype=np.int64), np.minimum(limits, 2**62).astype(np.int64)


def understood(
    table: Cells,
    found: Words,
    column: int,
    read: Callable[[bytes], tuple[int, ...] | None],
    of: int,
) -> tuple[Column, NDArray[np.bool_]]:
    """
    What each cell of a column means, int64[rows, of], asked once for each different cell; and
    whether it means anything.
    """
    told = [read(table.text(row, column)) for row in found.first.tolist()]
    known = np.array([one is not None for one in told], dtype=np.bool_)
    means = np.array([one or (0,) * of for one in told], dtype=np.int64).reshape(-1, of)
    return means[found.codes], known[found.codes]
