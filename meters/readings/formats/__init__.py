"""
The shapes in which readings arrive, one file each, found by being here.

A file of this folder has a `FORMAT`. It is recognised by content, never by the name of a file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cache
from importlib import import_module
from io import SEEK_END
from pkgutil import iter_modules
from typing import BinaryIO, Protocol

from meters.readings.batch import Batch
from meters.readings.profile import Profile
from meters.readings.refusals import EmptyFile, RowFault, ZipNoXlsx
from meters.readings.row import Remark, Row
from meters.readings.tables.text import HEAD

# How sure a format is that a file is of it; the surest reads it.
NO, PERHAPS, LIKELY, SURE = range(4)
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Opened:
    """
    A file that is being read.

    `zone` is the clock whose days are meant; `rolls_over` fills, while `rows` are read, with the
    amount at which the register of each meter begins again, where its digits are known.
    """

    zone: tzinfo
    rows: Iterator[Row | RowFault | Remark | Batch]
    encoding: str | None = None
    rolls_over: dict[str, int] = field(default_factory=dict)


class Format(Protocol):
    """One shape of readings."""

    @property
    def name(self) -> str:
        """What a delivery calls it."""

    def fits(self, head: bytes) -> int:
        """How sure it is, from the first bytes of a file."""

    def open(self, *, stream: BinaryIO, said: Profile, zone: tzinfo | None) -> Opened:
        """
        Begin to read; no more of the file is held than a line, or what its head declares.

        `zone` is the campus's, where there is one.

        :raises FileRefused: nothing of it can be used; also while rows are read
        """


@cache
def known() -> tuple[Format, ...]:
    """Every format of this folder, in the order of their files."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").FORMAT for name in names)


def recognise(stream: BinaryIO) -> Format:
    """
    The format of a file, from its head; the stream is left at its start.

    :raises FileRefused: there is nothing in it, or it is an archive of something else
    """
    stream.seek(0)
    head = stream.read(HEAD)
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise EmptyFile
    if head.startswith(ARCHIVES) and not _is_workbook(stream):
        raise ZipNoXlsx
    stream.seek(0)
    return max(known(), key=lambda format_: format_.fits(head))


def _is_workbook(stream: BinaryIO) -> bool:
    """Whether an archive lists a workbook: its list stands last; nothing of it is unpacked."""
    size = stream.seek(0, SEEK_END)
    stream.seek(max(0, size - HEAD))
    return b"xl/workbook.xml" in stream.read(HEAD)
