"""One row of a delivery, understood; whatever its format was. Pure."""

from enum import IntEnum, StrEnum
from typing import NamedTuple

# Energy inside a file is counted in ninths of a micro-watt-hour, so that kWh of nine decimals and
# kJ are both whole numbers; the campus keeps whole Wh.
A_KWH = 9_000_000_000
A_WH = A_KWH // 1000
NOTHING = -1  # the amount of an interval of which the sender says that nothing was measured
CHANNEL = "kwh"  # what a format without channels calls its only one


class Kind(StrEnum):
    """What the rows of a file tell: a day's use, an interval's, or what a register showed."""

    DAY = "daily"
    INTERVAL = "interval"
    REGISTER = "register"


class Quality(IntEnum):
    """What the sender says of a figure."""

    MEASURED = 0
    ESTIMATED = 1
    DOUBTED = 2


class Event(IntEnum):
    """Why a register does not go on from where it stood."""

    NONE = 0
    FINAL = 1  # the last reading of a meter that is taken away
    INITIAL = 2  # the first reading of the one in its place
    RESET = 3  # the same meter counts from nothing again


class Twice(IntEnum):
    """Whether the local time of a row may mean two instants, an hour apart."""

    NO = 0
    AMBIGUOUS = 1  # the stamp lies in the hour that clocks repeat; `at` is the first
    AFTER = 2  # it ends that hour; written twice, the first one ends its first half


class Row(NamedTuple):
    """
    A meter's channel told an amount (in units of `A_KWH`) on a physical line.

    `at` is an instant in Unix seconds: of a register when it was read, of an interval or a day its
    start, or its end where `ends`. `seconds` is 0 while nobody knows how long the interval is.
    """

    line: int
    meter: str
    at: int
    amount: int
    kind: Kind = Kind.INTERVAL
    seconds: int = 0
    ends: bool = False
    channel: str = CHANNEL
    quality: Quality = Quality.MEASURED
    event: Event = Event.NONE
    revision: int = 0
    twice: Twice = Twice.NO
    balance: str = ""

    @property
    def is_below_nothing(self) -> bool:
        """Whether it only says that its figure was refused: see `in_doubt`."""
        return self.amount == NOTHING and self.quality == Quality.DOUBTED


def in_doubt(row: Row) -> Row:
    """That something was counted then, and nobody knows how much."""
    return row._replace(amount=NOTHING, quality=Quality.DOUBTED)


class Remark(NamedTuple):
    """Something a file says that is neither a reading nor a fault of a row."""

    line: int
    code: str
    facts: dict[str, object]
    meter: str = ""
