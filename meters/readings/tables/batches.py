"""A plain table of text read block by block; what is not plain in it, row by row. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from meters.readings.batch import Batch
from meters.readings.refusals import RowFault, RowRefused
from meters.readings.row import A_KWH, Kind, Remark, Row
from meters.readings.sorting import spool
from meters.readings.sorting.spool import AMOUNT, AT, CHANNEL, FLAGS, LINE, SECONDS
from meters.readings.tables import columnar, letters
from meters.readings.tables.columnar import Block, Table
from meters.readings.tables.letters import Column
from meters.readings.tables.reading import MOST_REMEMBERED, Reader
from meters.readings.tables.survey import Cells
from meters.readings.tables.text import (
    BLANK,
    LONGEST_LINE,
    UTF_8,
    UTF_8_BOM,
    DelimitedText,
    cells,
    ends_in_returns,
)

_ASCII = ("ascii", "cp949", "gb18030", "gbk", "euc_kr", "latin-1", "iso8859-1", "cp1252")
_SAFE = ",;\t"  # signs that are no part of a letter in any of these


def fits(table: DelimitedText, reader: Reader) -> bool:
    """Whether every cell of the table means by itself what it means, and bytes tell its cells."""
    unicode = table.encoding in (UTF_8, UTF_8_BOM)
    narrow = unicode or (table.encoding in _ASCII and table.delimiter in _SAFE)
    numbers = any(re.search("[0-9]", mark) for mark in reader.failed)
    table.stream.seek(0)
    fed = not ends_in_returns(table.stream)
    return reader.is_plain and narrow and fed and table.delimiter.isascii() and not numbers


def read(table: DelimitedText, reader: Reader) -> Iterator[Row | RowFault | Remark | Batch]:
    """As `Reader.each` of all rows after the header, but most of them in batches."""
    yield from reader.remarks()
    after, understood = reader.survey.header_line, _Understood(table, reader)
    for block in columnar.blocks(table.stream, after_line=after, longest_line=LONGEST_LINE):
        if not columnar.is_plain(block, encoding=table.encoding, longest_line=LONGEST_LINE):
            yield from reader.each(table.rows(line=block.line, offset=block.offset))
            return
        yield from understood.told(block)
        table.stream.seek(block.after)


class _Vocabulary:
    """What the different cells of a column mean: asked once each, for all blocks of a file."""

    def __init__(self, read: Callable[[bytes], tuple[int, ...] | None], of: int) -> None:
        self._read, self._nothing = read, (0,) * of
        self._means: dict[bytes, tuple[int, ...] | None] = {}

    @property
    def size(self) -> int:
        return len(self._means)

    def of(self, texts: Sequence[bytes]) -> tuple[Column, NDArray[np.bool_]]:
        """What each text means, int64[of, texts], and whether it means anything."""
        for text in texts:
            if text not in self._means:
                self._means[text] = self._read(text)
        told = [self._means[text] for text in texts]
        means = np.array([one or self._nothing for one in told], dtype=np.int64)
        return means.reshape(-1, len(self._nothing)).T, np.array(
            [one is not None for one in told], dtype=np.bool_
        )


class _Understood:
    """A table that is read block by block, with all that was understood of it so far."""

    def __init__(self, text: DelimitedText, reader: Reader) -> None:
        self.text, self.reader = text, reader
        self._forget()

    def _forget(self) -> None:
        self.meters: list[str] = []
        self.serials, self.stamps = _Vocabulary(self._serial, 1), _Vocabulary(self._when, 3)

    def told(self, block: Block) -> Iterator[Row | RowFault | Batch]:
        """The rows of a block: those that are plain as a batch, the others alone."""
        reader, survey = self.reader, self.reader.survey
        if max(self.serials.size, self.stamps.size) > MOST_REMEMBERED:
            self._forget()
        table = columnar.cells(block, delimiter=self.text.delimiter, width=survey.width)
        named = self._meaning(table, survey.columns.meter or 0, self.serials)
        timed = self._meaning(table, reader.stamp_at, self.stamps)
        if named is None or timed is None:
            yield from reader.each(self._alone(block, [*table.others, *table.lines.tolist()]))
            return
        counted = letters.figures(
            table.letters,
            *table.span(survey.columns.value),
            decimal=survey.numbers.decimal,
            factor=Decimal(reader.factor),
            most=reader.most * A_KWH,
        )
        rows = spool.empty(len(table.lines))
        (rows[:, CHANNEL],), serial = named
        (rows[:, AT], rows[:, SECONDS], rows[:, FLAGS]), stamp = timed
        rows[:, AMOUNT], rows[:, LINE] = counted.amounts, table.lines
        good = serial & stamp & counted.plain
        ends = survey.ends and survey.kind == Kind.INTERVAL
        if good.any():
            yield Batch(self.meters, spool.some(rows, good), survey.kind, ends)
        alone = [*table.others, *table.lines[~good].tolist()]
        yield from reader.each(self._alone(block, alone))

    @staticmethod
    def _meaning(
        table: Table, column: int, vocabulary: _Vocabulary
    ) -> tuple[Column, NDArray[np.bool_]] | None:
        """What the cells of a column mean, int64[of, rows]; None where they are too odd to say."""
        found = letters.words(table.letters, *table.span(column))
        if found is None:
            return None
        means, known = vocabulary.of(table.texts(column, found.first))
        return means[:, found.codes], known[found.codes]

    def _clean(self, cell: bytes) -> str:
        return cells(cell.decode(self.text.encoding), self.text.delimiter)[0]

    def _serial(self, cell: bytes) -> tuple[int] | None:
        try:
            serial = self.reader.serial(self._clean(cell))
        except RowRefused:
            return None
        self.meters.append(serial)
        return (len(self.meters) - 1,)

    def _when(self, cell: bytes) -> tuple[int, int, int] | None:
        try:
            at, seconds, ends, twice = self.reader.when(self._clean(cell))
        except RowRefused:
            return None
        kind = self.reader.survey.kind
        return at, seconds, spool.flags_of(Row(0, "", at, 0, kind, seconds, ends, twice=twice))

    def _alone(self, block: Block, numbers: list[int]) -> Iterator[Cells | RowFault]:
        """The rows of some lines, as they would be read one by one."""
        for number in sorted(numbers):
            raw = block.text(number)
            text = raw.decode(self.text.encoding).rstrip("\r")
            if not text.strip(BLANK):
                continue
            try:
                yield number, cells(text, self.text.delimiter)
            except RowRefused as fault:
                yield RowFault(number, fault.code, fault.facts)
