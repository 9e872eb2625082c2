"""
The intervals of a meter day as bytes: little-endian int32 Wh, -1 where missing, and one letter of
quality each (the first letter of a Status). Pure: no tables, no clock.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Packed = bytes | memoryview  # engines hand bytes out as either
MISSING = -1
ACTUAL_MARK, ESTIMATED_MARK, MISSING_MARK, SUSPECT_MARK = b"AEMS"


@dataclass(frozen=True, slots=True)
class Intervals:
    """Wh int32[n] (-1 = missing) and quality uint8[n] of one channel and local day."""

    wh: NDArray[np.int32]
    quality: NDArray[np.uint8]

    @property
    def known(self) -> int:
        """How many intervals have a figure that nobody doubts."""
        return int((self.wh >= 0).sum())

    @property
    def doubted(self) -> bool:
        return bool((self.quality == SUSPECT_MARK).any())

    @property
    def estimated(self) -> bool:
        return bool((self.quality == ESTIMATED_MARK).any())

    def total(self) -> int | None:
        """The day's Wh when every interval is known, else None: a part is no total."""
        return int(self.wh.sum(dtype=np.int64)) if self.known == len(self.wh) else None


def unknown(count: int) -> Intervals:
    """A day of `count` intervals of which nothing is known."""
    return Intervals(
        np.full(count, MISSING, dtype=np.int32), np.full(count, MISSING_MARK, dtype=np.uint8)
    )


def pack(intervals: Intervals) -> tuple[bytes, bytes]:
    """The two byte strings that a MeterDay keeps."""
    return intervals.wh.astype("<i4").tobytes(), intervals.quality.tobytes()


def unpack(wh: Packed, quality: Packed) -> Intervals:
    """What `pack` made of them; the arrays may be written to."""
    return Intervals(
        np.frombuffer(wh, dtype="<i4").astype(np.int32),
        np.frombuffer(quality, dtype=np.uint8).copy(),
    )


def name_of(mark: int) -> str:
    """The status that a quality letter stands for."""
    return {
        ACTUAL_MARK: "ACTUAL",
        ESTIMATED_MARK: "ESTIMATED",
        MISSING_MARK: "MISSING",
        SUSPECT_MARK: "SUSPECT",
    }[mark]
