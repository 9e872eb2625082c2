"""
Open Energy Dashboard: its export `Label,Readings,Start Timestamp,End Timestamp`, whose times read
“Tuesday June 1 2021 1:00:00 PM”. What is uploaded to it has no label: the profile says `meter`.
"""

from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import BinaryIO

from meters.readings.formats import LIKELY, NO, Opened, delimited
from meters.readings.profile import Profile
from meters.readings.row import Kind
from meters.readings.tables import text

_NEEDED = {"readings", "starttimestamp", "endtimestamp"}


@dataclass(frozen=True, slots=True)
class OpenEnergyDashboard:
    """A delimited table with a header of its own."""

    name: str = "oed_csv"

    def fits(self, head: bytes) -> int:
        return LIKELY if set(text.header_words(head)) >= _NEEDED else NO

    def open(self, *, stream: BinaryIO, said: Profile, zone: tzinfo | None) -> Opened:
        columns = {"value": "Readings", **said.columns}
        kind = said.kind or Kind.INTERVAL
        said = replace(said, columns=columns, kind=kind, unit=said.unit or "kWh")
        return delimited.FORMAT.open(stream=stream, said=said, zone=zone)


FORMAT = OpenEnergyDashboard()
