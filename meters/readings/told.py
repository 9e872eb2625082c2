"""One row of a delivery, understood; whatever its format was."""

from enum import StrEnum
from typing import NamedTuple

from meters.readings.stamps import Stamp


class Kind(StrEnum):
    """What one row tells: a day's use, an hour's use, or what a register showed."""

    DAY = "DAY"
    HOUR = "HOUR"
    REGISTER = "REGISTER"


class Told(NamedTuple):
    """A meter, as the delivery calls it, told an amount for a time on a physical line."""

    line: int
    serial: str
    stamp: Stamp
    wh: int
