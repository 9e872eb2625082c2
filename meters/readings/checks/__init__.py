"""
What makes a day doubtful: one file a check, found by its presence. Pure.

A check looks at one day of one meter and yields doubts with the figures that prove them. Whether a
doubt is only told (`NOTED`), puts the day in doubt (`SUSPECT`), or leaves it without a figure that
anybody could be billed for (`WITHHELD`), is the check's own verdict.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

HISTORY = timedelta(days=28)


class Weight(IntEnum):
    """What a doubt does to its day."""

    NOTED = 0
    SUSPECT = 1
    WITHHELD = 2


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding, with the figures that prove it."""

    code: str
    weight: Weight
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class DaySeen:
    """
    A day of one meter as it was told: Wh None where its total is not known.

    `before` holds the Wh of measured days of the last four weeks; `register_wh` what a register
    counted over the same day, where one was read beside the intervals.
    """

    day: date
    wh: int | None
    hours: float = 24
    breaker_amps: int = 16
    highest_wh: int | None = None
    interval_minutes: int = 1440
    register_wh: int | None = None
    occupied: bool = False
    before: Mapping[date, int] = field(default_factory=lambda: MappingProxyType({}))


Check = Callable[[DaySeen], Iterator[Doubt]]


def doubts(seen: DaySeen) -> list[Doubt]:
    """What every check has to say of a day."""
    return [doubt for check in _checks().values() for doubt in check(seen)]


def codes() -> frozenset[str]:
    """The codes of all checks: each check is named as what it finds."""
    return frozenset(_checks())


@cache
def _checks() -> Mapping[str, Check]:
    names = sorted(found.name for found in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}").check for name in names}
