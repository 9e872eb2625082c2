"""Delimited text with a header of any words, read by a saved profile or by what it says itself."""

from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import BinaryIO

from meters.readings.formats import PERHAPS, Opened
from meters.readings.profile import Profile
from meters.readings.tables import reading, survey, text


@dataclass(frozen=True, slots=True)
class Delimited:
    """A table of text; `name` is what a delivery calls it."""

    name: str = "delimited"

    def fits(self, head: bytes) -> int:
        return PERHAPS

    def open(self, *, stream: BinaryIO, said: Profile, zone: tzinfo | None) -> Opened:
        table = text.delimited(stream, encoding=said.encoding, delimiter=said.delimiter)
        opened = open_table(rows=table.rows, delimiter=table.delimiter, said=said, zone=zone)
        return replace(opened, encoding=table.encoding)


def open_table(*, rows: survey.Rows, delimiter: str, said: Profile, zone: tzinfo | None) -> Opened:
    """A table whose rows can be read more than once, surveyed and ready to be read."""
    found = survey.survey(rows=rows, profile=said, zone=zone, delimiter=delimiter)
    rolls_over: dict[str, int] = {}
    told = reading.read(rows=rows, survey=found, said=said, rolls_over=rolls_over)
    return Opened(zone=found.zone, rows=told, rolls_over=rolls_over)


FORMAT = Delimited()
