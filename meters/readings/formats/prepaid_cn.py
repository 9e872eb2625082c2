"""
The export of Chinese dormitory prepaid systems: 表号 with leading zeros, 抄表时间, a register, and
what is left of the money (or of the kWh), which is kept beside the reading.
"""

from dataclasses import dataclass
from datetime import tzinfo
from typing import BinaryIO

from meters.readings.formats import LIKELY, NO, Opened, delimited
from meters.readings.profile import Profile
from meters.readings.tables import headers, text


@dataclass(frozen=True, slots=True)
class PrepaidExport:
    """A delimited table that is known by its balance column and its Chinese words."""

    name: str = "prepaid_cn"

    def fits(self, head: bytes) -> int:
        words = text.header_words(head)
        balance = any(word in headers.BALANCE and not word.isascii() for word in words)
        stamped = any(word in headers.INSTANT and not word.isascii() for word in words)
        return LIKELY if balance and stamped else NO

    def open(self, *, stream: BinaryIO, said: Profile, zone: tzinfo | None) -> Opened:
        return delimited.FORMAT.open(stream=stream, said=said, zone=zone)


FORMAT = PrepaidExport()
