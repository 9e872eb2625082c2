"""A plain table of text read block by block; what is not plain in it, row by row. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from meters.readings.batch import Batch
from meters.readings.refusals import RowFault, RowRefused
from meters.readings.row import A_KWH, Kind, Remark, Row
from meters.readings.sorting.spool import WIDTH, flags_of
from meters.readings.tables import columnar
from meters.readings.tables.columnar import Block
from meters.readings.tables.reading import Reader
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
    after = reader.survey.header_line
    for block in columnar.blocks(table.stream, after_line=after, longest_line=LONGEST_LINE):
        if not columnar.is_plain(block.content, encoding=table.encoding, longest_line=LONGEST_LINE):
            yield from reader.each(table.rows(line=block.line, offset=block.offset))
            return
        yield from _Block(block, table, reader).told()
        table.stream.seek(block.offset + len(block.content))


@dataclass(frozen=True, slots=True)
class _Block:
    """A plain block of a table, with what reads it."""

    block: Block
    text: DelimitedText
    reader: Reader
    meters: list[str] = field(default_factory=list)

    def told(self) -> Iterator[Row | RowFault | Batch]:
        reader, survey = self.reader, self.reader.survey
        table = columnar.cells(self.block, delimiter=self.text.delimiter, width=survey.width)
        serials = columnar.words(table, survey.columns.meter or 0)
        stamps = columnar.words(table, reader.stamp_at)
        if serials is None or stamps is None:
            yield from reader.each(self._alone([*table.others, *table.lines.tolist()]))
            return
        meter, named = columnar.understood(
            table, serials, survey.columns.meter or 0, self._serial, 1
        )
        when, timed = columnar.understood(table, stamps, reader.stamp_at, self._when, 3)
        counted = columnar.figures(
            table,
            survey.columns.value,
            decimal=survey.numbers.decimal,
            factor=Decimal(reader.factor),
            most=reader.most * A_KWH,
        )
        good = named & timed & counted.plain
        rows = np.zeros((len(good), WIDTH), dtype=np.int64)
        rows[:, 0], rows[:, 1], rows[:, 2] = meter[:, 0], when[:, 0], counted.amounts
        rows[:, 3], rows[:, 4], rows[:, 5] = table.lines, when[:, 1], when[:, 2]
        ends = survey.ends and survey.kind == Kind.INTERVAL
        if good.any():
            yield Batch(tuple(self.meters), rows[good], survey.kind, ends)
        yield from reader.each(self._alone([*table.others, *table.lines[~good].tolist()]))

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
        return at, seconds, flags_of(Row(0, "", at, 0, kind, seconds, ends, twice=twice))

    def _alone(self, numbers: list[int]) -> Iterator[Cells | RowFault]:
        """The rows of some lines, as they would be read one by one."""
        if not numbers:
            return
        raw = self.block.content.split(b"\n")
        for number in sorted(numbers):
            text = raw[number - self.block.line].decode(self.text.encoding).rstrip("\r")
            if not text.strip(BLANK):
                continue
            try:
                yield number, cells(text, self.text.delimiter)
            except RowRefused as fault:
                yield RowFault(number, fault.code, fault.facts)
