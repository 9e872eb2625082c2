"""
The shapes in which readings arrive, one file each, found by being here.

A file of this folder has a `FORMAT`. It is recognised by content, never by the name of a file.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from io import SEEK_END
from pkgutil import iter_modules
from typing import BinaryIO, Protocol
from zoneinfo import ZoneInfo

from meters.readings import delimited
from meters.readings.refusals import (
    ColumnMissing,
    FormatUnknown,
    NotCsv,
    RowFault,
    XlsxNotRead,
    ZipNoXlsx,
    shown,
)
from meters.readings.told import Kind, Told

HEAD = delimited.LONGEST_LINE + 1
ARCHIVE = b"PK"


class Format(Protocol):
    """One shape of readings."""

    @property
    def name(self) -> str:
        """What a delivery calls it."""

    @property
    def kind(self) -> Kind:
        """What one row tells."""

    def lacks(self, head: bytes) -> Sequence[str] | None:
        """What a file lacks to be of this format; None when it is nothing like it."""

    def rows(self, *, stream: BinaryIO, zone: ZoneInfo) -> Iterator[Told | RowFault]:
        """Every row in the order of the file; holds no more of it than a line."""


@cache
def known() -> tuple[Format, ...]:
    """Every format of this folder, in the order of their files."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").FORMAT for name in names)


def recognise(stream: BinaryIO) -> Format:
    """
    The format of a file, from its first line; the stream is left at its start.

    :raises FileRefused: when it is none that is known, with what it lacks
    """
    head = stream.read(HEAD)
    if head.startswith((ARCHIVE + b"\x03\x04", ARCHIVE + b"\x05\x06")):
        raise XlsxNotRead if _is_workbook(stream) else ZipNoXlsx
    stream.seek(0)
    names = delimited.header(stream)
    stream.seek(0)
    verdicts = [(format_, format_.lacks(head)) for format_ in known()]
    fitting = [format_ for format_, lacks in verdicts if lacks is not None and not lacks]
    if len(fitting) == 1:
        return fitting[0]
    lacking = [] if fitting else [lacks for _format, lacks in verdicts if lacks]
    raise _nearest(names, lacking)


def _nearest(names: Sequence[str], lacking: Sequence[Sequence[str]]) -> Exception:
    """What to say of a header that fits nothing: what it lacks to fit the nearest format."""
    if lacking:
        fewest = min(lacking, key=len)
        return ColumnMissing(columns=", ".join(fewest))
    return FormatUnknown(columns=shown(", ".join(names))) if len(names) > 1 else NotCsv()


def _is_workbook(stream: BinaryIO) -> bool:
    """Whether an archive lists a workbook: its list stands last; nothing of it is unpacked."""
    size = stream.seek(0, SEEK_END)
    stream.seek(max(0, size - HEAD))
    return b"xl/workbook.xml" in stream.read(HEAD)
