"""Hourly readings, as rows and as the text of a file."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

FIRST = date(2026, 1, 1)
HEADER = "meter_id,ts_start,kwh\n"
Reading = tuple[int, str, int]  # meter number, hour in UTC, Wh


@dataclass(frozen=True, slots=True)
class Size:
    """So many meters, each with so many days of 24 hours."""

    meters: int
    days: int

    @classmethod
    def of(cls, text: str) -> "Size":
        """200x20"""
        meters, days = text.split("x")
        return cls(int(meters), int(days))

    @property
    def rows(self) -> int:
        return self.meters * self.days * 24


def readings(size: Size, *, seed: int) -> list[Reading]:
    """Every meter's hours in order, one meter after the other, as most exports have them."""
    dice = random.Random(seed)
    first = datetime.combine(FIRST, datetime.min.time(), UTC)
    hours = [first + timedelta(hours=hour) for hour in range(24 * size.days)]
    stamps = [f"{hour:%Y-%m-%d %H:%M}" for hour in hours]
    return [(meter, at, dice.randint(0, 2000)) for meter in range(size.meters) for at in stamps]


def file_of(told: Sequence[Reading]) -> bytes:
    """The file that a sender would hand in."""
    return (HEADER + "".join(f"M{meter:05d},{at},{wh / 1000}\n" for meter, at, wh in told)).encode()


def copied(told: Sequence[Reading]) -> bytes:
    """The same as the text that COPY reads."""
    return "".join(f"{meter}\t{at}+00\t{wh}\n" for meter, at, wh in told).encode()


def parameters(told: Sequence[Reading]) -> list[Reading]:
    """The same as the parameters of a prepared statement on SQLite."""
    return [(meter, f"{at}:00", wh) for meter, at, wh in told]


def moments(told: Sequence[Reading]) -> Iterator[tuple[int, datetime, int]]:
    """The same with instants, as an ordinary program has them."""
    for meter, at, wh in told:
        yield meter, datetime.fromisoformat(f"{at}+00:00"), wh
