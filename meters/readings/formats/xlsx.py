"""A workbook: its first sheet with readings is a table like any other, read by the same profile."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any, BinaryIO

from openpyxl import load_workbook

from meters.readings.formats import ARCHIVES, NO, SURE, Opened
from meters.readings.formats.delimited import open_table
from meters.readings.profile import Profile
from meters.readings.refusals import RowFault, WorkbookBroken
from meters.readings.tables import headers

MIB = 1024 * 1024
# What a sheet may unpack to; texts are held in memory as a whole and have a bound of their own.
MOST_UNPACKED = 2048 * MIB
MOST_HELD = 48 * MIB
MOST_FILES = 2000
MOST_RATIO = 400
MOST_ROWS = 1_048_576
MOST_COLUMNS = 256
LONGEST_CELL = 1000
_HEADER_WITHIN = 30


@dataclass(frozen=True, slots=True)
class Workbook:
    """Recognised as an archive that holds a workbook."""

    name: str = "xlsx"

    def fits(self, head: bytes) -> int:
        return SURE if head.startswith(ARCHIVES) else NO

    def open(self, *, stream: BinaryIO, said: Profile, zone: tzinfo | None) -> Opened:
        _bounded(stream)
        sheet = _Sheet(stream)
        return open_table(rows=sheet.rows, delimiter="\t", said=said, zone=zone)


def _bounded(stream: BinaryIO) -> None:
    """
    Refuse an archive that would unpack to far more than it is.

    :raises WorkbookBroken: with what is wrong
    """
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            files = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, EOFError) as fault:
        raise WorkbookBroken(fault=type(fault).__name__) from None
    unpacked = sum(file.file_size for file in files)
    packed = sum(file.compress_size for file in files)
    held = sum(file.file_size for file in files if "/worksheets/" not in file.filename)
    too_dense = unpacked > 16 * MIB and unpacked > MOST_RATIO * max(packed, 1)
    if len(files) > MOST_FILES or unpacked > MOST_UNPACKED or held > MOST_HELD or too_dense:
        raise WorkbookBroken(fault=f"{unpacked // MIB} MiB")


class _Sheet:
    """The first sheet with a header that is known, row by row, as often as wanted."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def rows(self) -> Iterator[tuple[int, list[str]] | RowFault]:
        """
        (row of the sheet, cells as text).

        :raises WorkbookBroken: openpyxl cannot make sense of it
        """
        try:
            self.stream.seek(0)
            book = load_workbook(self.stream, read_only=True, data_only=True, keep_links=False)
            sheet = next((one for one in book.worksheets if _is_readings(one)), None)
            yield from _cells(sheet or book.worksheets[0])
        except WorkbookBroken:
            raise
        except Exception as fault:
            raise WorkbookBroken(fault=type(fault).__name__) from None


def _is_readings(sheet: Any) -> bool:
    head = sheet.iter_rows(max_row=_HEADER_WITHIN, max_col=MOST_COLUMNS, values_only=True)
    return any(headers.known_words(map(_text, row)) > 1 for row in head)


def _cells(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    width = 0
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    for number, row in enumerate(rows, start=1):
        cells = [_text(value) for value in row]
        if not any(cells):
            continue
        while len(cells) > width and not cells[-1]:
            cells.pop()
        # The header is as wide as the table; later rows may end in empty cells.
        width = width or (len(cells) if headers.known_words(cells) > 1 else 0)
        yield number, cells + [""] * (width - len(cells))


def _text(value: Any) -> str:
    """A cell as one would have typed it; times year first, numbers to the 15 places Excel has."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)[:LONGEST_CELL].strip()


FORMAT = Workbook()
