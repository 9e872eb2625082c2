"""Tables of cells separated by commas, read from bytes line by line, never as a whole. Pure."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from meters.readings import amounts
from meters.readings.refusals import (
    ColumnTwice,
    ContainsNul,
    EmptyFile,
    LineTooLong,
    NotDecodable,
    RowFault,
    RowRefused,
)
from meters.readings.stamps import Stamp
from meters.readings.told import Kind, Told

BOM = b"\xef\xbb\xbf"
LONGEST_LINE = 64 * 1024
BLANK = ', \t"'


class Line(NamedTuple):
    """A physical line (the first is 1) without its end."""

    number: int
    text: str


def lines(stream: BinaryIO) -> Iterator[Line]:
    """
    The lines of UTF-8 text, empty ones left out but counted.

    :raises FileRefused: a line that is too long, holds NUL, or is no UTF-8
    """
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        text = _decoded(raw.removeprefix(BOM) if number == 1 else raw, number)
        if text.strip(BLANK):
            yield Line(number, text)


def _decoded(raw: bytes, number: int) -> str:
    if b"\0" in raw:
        raise ContainsNul
    if len(raw) > LONGEST_LINE:
        raise LineTooLong(line=number)
    try:
        return raw.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise NotDecodable from None


def cells(text: str) -> list[str]:
    """
    The cells of one line, without the blanks around them.

    A cell never runs on into the next line, so that one stray quotation mark costs one row.

    :raises RowRefused: quotes_wrong
    """
    if '"' not in text:
        return [cell.strip() for cell in text.split(",")]
    try:
        return [cell.strip() for cell in next(csv.reader([text], strict=True))]
    except csv.Error:
        raise RowRefused("quotes_wrong") from None


def header(stream: BinaryIO) -> list[str]:
    """
    The names of the columns, in lower case; afterwards the stream stands at any place.

    :raises FileRefused: nothing there, or no text
    """
    first = next(lines(stream), None)
    if first is None:
        raise EmptyFile
    try:
        return [name.casefold() for name in cells(first.text)]
    except RowRefused:
        return [first.text.casefold()]


class _Row(NamedTuple):
    """Where the three cells of a row stand, and how many cells it must have."""

    meter: int
    stamp: int
    value: int
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """A format of one row per meter and time; `columns` are header names with their other names."""

    name: str
    kind: Kind
    meter: Sequence[str]
    stamp: Sequence[str]
    value: Sequence[str]
    reads: Callable[[str, ZoneInfo], Stamp]
    most_kwh: int = amounts.MOST_USED_KWH

    @property
    def columns(self) -> Mapping[str, Sequence[str]]:
        return {names[0]: names for names in (self.meter, self.stamp, self.value)}

    def lacks(self, head: bytes) -> Sequence[str] | None:
        """The columns a file lacks to be of this format; None when it is nothing like it."""
        names = set(header(BytesIO(head)))
        missing = [name for name, known in self.columns.items() if names.isdisjoint(known)]
        return missing if len(missing) < len(self.columns) else None

    def rows(self, *, stream: BinaryIO, zone: ZoneInfo) -> Iterator[Told | RowFault]:
        """
        Every row in the order of the file, understood or at fault.

        :raises FileRefused: what `lines` raises, and ColumnTwice
        """
        table = lines(stream)
        first = next(table, None)
        if first is None:
            raise EmptyFile
        row = self._places([name.casefold() for name in cells(first.text)])
        for number, text in table:
            try:
                yield self._told(number, cells(text), row, zone)
            except RowRefused as fault:
                yield RowFault(number, fault.code, fault.facts)

    def _places(self, names: list[str]) -> _Row:
        found = [
            [place for place, name in enumerate(names) if name in known]
            for known in self.columns.values()
        ]
        if twice := [names[places[1]] for places in found if len(places) > 1]:
            raise ColumnTwice(columns=", ".join(twice))
        meter, stamp, value = (places[0] for places in found)
        return _Row(meter, stamp, value, len(names))

    def _told(self, number: int, row: list[str], at: _Row, zone: ZoneInfo) -> Told:
        if len(row) != at.width:
            raise RowRefused("columns_wrong", cells=len(row), columns=at.width)
        serial = row[at.meter]
        if not serial:
            raise RowRefused("no_meter")
        stamp = self.reads(row[at.stamp], zone)
        return Told(number, serial, stamp, amounts.wh(row[at.value], most_kwh=self.most_kwh))
