"""
A plain table of text block by block: where its lines and cells stand, as columns of places. Pure.

Every line that is not quite plain is left to be read by itself, so nothing is understood
differently here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from meters.readings.tables.letters import Column, Letters

BLOCK = 1024 * 1024
_FEED, _RETURN, _NULL, _QUOTE = b"\n", 13, b"\0", b'"'


class Block(NamedTuple):
    """
    Whole lines of a file: their bytes, the last one ended; the number of the first and where it
    begins in the file; where each ends.
    """

    content: bytes
    line: int
    offset: int
    feeds: Column

    @property
    def after(self) -> int:
        """Where the next block begins."""
        return self.offset + len(self.content)

    def text(self, number: int) -> bytes:
        """The line of that number, without its feed."""
        n = number - self.line
        first = int(self.feeds[n - 1]) + 1 if n else 0
        return self.content[first : int(self.feeds[n])]


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
        if not content.endswith(_FEED):
            content += _FEED
        feeds = _places(content, _FEED)
        yield Block(content, line, offset, feeds)
        line, offset = line + len(feeds), stream.tell()


def is_plain(block: Block, *, encoding: str, longest_line: int) -> bool:
    """Whether lines and cells of a block end where their signs stand, and all of it is text."""
    content = block.content
    if _NULL in content or (_QUOTE in content and _runs_on(block)):
        return False
    if b"\r" in content and content.count(b"\r") != content.count(b"\r\n"):
        return False
    if int(np.diff(block.feeds, prepend=-1).max()) > longest_line:
        return False
    return content.isascii() or _is_text(content, encoding)


def _runs_on(block: Block) -> bool:
    """Whether a line has an odd number of quotation marks: a cell may run on into the next."""
    of_line = np.searchsorted(_places(block.content, _QUOTE), block.feeds)
    return bool((np.diff(of_line, prepend=0) % 2).any())


def _places(content: bytes, sign: bytes) -> Column:
    return np.flatnonzero(np.frombuffer(content, dtype=np.uint8) == ord(sign))


def _is_text(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """
    The cells of the lines of a block that have as many as the header: `starts` and `ends` are
    int64[lines] for each column. `lines` numbers them; `others` are the lines to be read alone.
    """

    content: bytes
    letters: Letters
    lines: Column
    starts: list[Column]
    ends: list[Column]
    others: list[int]

    def span(self, column: int) -> tuple[Column, Column]:
        """Where the cells of a column begin and end."""
        return self.starts[column], self.ends[column]

    def texts(self, column: int, rows: Column) -> list[bytes]:
        """The cells of a column in some rows."""
        spans = zip(*(places[rows].tolist() for places in self.span(column)), strict=True)
        return [self.content[start:end] for start, end in spans]


def cells(block: Block, *, delimiter: str, width: int) -> Table:
    """The cells of a plain block."""
    content = np.frombuffer(block.content, dtype=np.uint8)
    ends = block.feeds
    starts = np.append(0, ends[:-1] + 1)
    ends = ends - ((ends > starts) & (content[ends - 1] == _RETURN))
    numbers = np.arange(block.line, block.line + len(starts))
    signs, fitting = _signs(_places(block.content, delimiter.encode()), starts, ends, width - 1)
    columns = _Columns([starts[fitting], *(sign + 1 for sign in signs)], [*signs, ends[fitting]])
    if _QUOTE in block.content:
        bare = columns.unquote(content)
        columns = columns.of(bare)
        fitting[fitting] = bare
    return Table(
        block.content,
        Letters(block.content),
        numbers[fitting],
        columns.starts,
        columns.ends,
        numbers[~fitting].tolist(),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """Where the cells of lines begin and end."""

    starts: list[Column]
    ends: list[Column]

    def of(self, chosen: NDArray[np.bool_]) -> "_Columns":
        """Of some lines."""
        return _Columns(
            [column[chosen] for column in self.starts], [column[chosen] for column in self.ends]
        )

    def unquote(self, content: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """
        Leave out the marks around quoted cells; returns which lines have no others, so that no
        delimiter and no mark stands inside of a cell.
        """
        mark = content == ord(_QUOTE)
        count, first = np.cumsum(mark), self.starts[0]
        others = count[self.ends[-1]] - count[first] + mark[first]
        for n, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            quoted = mark[start] & mark[end - 1] & (end - start > 1)
            self.starts[n], self.ends[n] = start + quoted, end - quoted
            others = others - 2 * quoted
        bare: NDArray[np.bool_] = others == 0
        return bare


def _signs(
    signs: Column, starts: Column, ends: Column, count: int
) -> tuple[list[Column], NDArray[np.bool_]]:
    """The delimiters of the lines that have `count` of them, by their order; and which lines do."""
    if len(signs) == count * len(starts) and count:
        of_line = signs.reshape(-1, count)
        if (of_line[:, 0] >= starts).all() and (of_line[:, -1] < ends).all():
            return [*np.ascontiguousarray(of_line.T)], np.ones(len(starts), dtype=np.bool_)
    first = np.searchsorted(signs, starts)
    fitting = np.searchsorted(signs, ends) - first == count
    return [signs[first[fitting] + n] for n in range(count)], fitting
