"""Delimited text with a header of any words, read by a saved profile or by what it says itself."""

from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import BinaryIO

from meters.readings.formats import PERHAPS, Opened
from meters.readings.profile import Profile
from meters.readings.tables import batches, reading, survey, text


@dataclass(frozen=True, slots=True)
class Delimited:
    """A table of text; `name` is what a delivery calls it."""

    name: str = "delimited"

    def fits(self, head: bytes) -> int:
        return PERHAPS

    def open(self, *, stream: BinaryIO, said: Profile, zone: tzinfo | None) -> Opened:
        table = text.delimited(stream, encoding=said.encoding, delimiter=said.delimiter)
        opened = open_table(
            rows=table.rows, delimiter=table.delimiter, said=said, zone=zone, plain=table
        )
        return replace(opened, encoding=table.encoding)


def open_table(
    *,
    rows: survey.Rows,
    delimiter: str,
    said: Profile,
    zone: tzinfo | None,
    plain: text.DelimitedText | None = None,
) -> Opened:
    """
    A table whose rows can be read more than once, surveyed and ready to be read.

    `plain` is the text of its rows, where they are text: it may be read in batches.
    """
    found = survey.survey(rows=rows, profile=said, zone=zone, delimiter=delimiter)
    rolls_over: dict[str, int] = {}
    reader = reading.Reader(found, said, rolls_over)
    if plain is not None and batches.fits(plain, reader):
        return Opened(zone=found.zone, rows=batches.read(plain, reader), rolls_over=rolls_over)
    return Opened(zone=found.zone, rows=reader.read(rows()), rolls_over=rolls_over)


FORMAT = Delimited()
