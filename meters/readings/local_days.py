"""Local days as ordinals, and the Unix seconds at which they open. Pure."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from meters.readings.alike import alike

Column = NDArray[np.int64]


@lru_cache(maxsize=100_000)
def opens(day: int, zone: tzinfo) -> int:
    """The Unix second of the local midnight that opens a day."""
    return int(datetime.combine(date.fromordinal(day), time(), tzinfo=zone).timestamp())


@lru_cache(maxsize=200_000)
def day_of(at: int, zone: tzinfo) -> int:
    """The local day that an instant lies in."""
    day = datetime.fromtimestamp(at, tz=UTC).astimezone(zone).toordinal()
    # Where clocks skip midnight, the day opens before the first time it can show.
    return day + 1 if at >= opens(day + 1, zone) else day


def days_of_all(at: Column, zone: tzinfo) -> Column:
    """The local days that instants lie in."""
    return _asked_once(at, lambda moment: day_of(moment, zone))


def opening(days: Column, zone: tzinfo) -> Column:
    """The Unix seconds of the local midnights that open days."""
    return _asked_once(days, lambda day: opens(day, zone))


def _asked_once(column: Column, answer: Callable[[int], int]) -> Column:
    """What each number of a column is answered with, which is asked once for each different one."""
    found = alike(column)
    answers = [answer(number) for number in column[found.first].tolist()]
    return np.array(answers, dtype=np.int64)[found.codes]


def days_met(at: int, zone: tzinfo) -> tuple[int, ...]:
    """The days that an instant is of: the midnight between two days serves both."""
    day = day_of(at, zone)
    return (day - 1, day) if at == opens(day, zone) else (day,)


def midnights(start: int, end: int, zone: tzinfo) -> list[int]:
    """The local midnights strictly between two instants."""
    found, day = [], day_of(start, zone) + 1
    while (at := opens(day, zone)) < end:
        found.append(at)
        day += 1
    return found
