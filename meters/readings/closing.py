"""What the meters of one space make of one day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from meters.readings.intervals import Intervals
from meters.readings.models import Channel, Status

# From its eighth day on a day is final: what its data tell otherwise waits for a person.
REVISED_FREELY = timedelta(days=7)

# A space is known no better than the worst of its meters.
_WORST_FIRST = (
    Status.SUSPECT,
    Status.MISSING,
    Status.ESTIMATED,
    Status.EDITED,
    Status.FINAL,
    Status.ACTUAL,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What one channel told of a day; a channel that told nothing is MISSING with Wh None."""

    flow: str
    wh: int | None
    status: str


@dataclass(frozen=True, slots=True)
class Use:
    """Wh used (None when any part is unknown) and generated, and how far that can be trusted."""

    wh: int | None
    generated_wh: int
    status: str


def use_of(told: Iterable[Told]) -> Use:
    """
    The use of a space from the channels of its meters.

    What was used is the sum of the import channels; a sum of which a part is missing is missing,
    never the rest. A space with export channels alone (a roof) has no use, only what it generated.
    """
    parts = list(told)
    imports = [part for part in parts if part.flow == Channel.Flow.IMPORT]
    exports = [part for part in parts if part.flow == Channel.Flow.EXPORT]
    return Use(
        wh=_sum(imports),
        generated_wh=_sum(exports) or 0,
        status=_worst(imports or exports),
    )


def decided(
    use: Use, *, edited_wh: int | None, doubted: bool, withheld: bool, estimated_wh: int | None
) -> Use:
    """
    The use as it is closed: what a person said outranks every meter; a day in doubt stays in doubt;
    a gap is estimated where it can be, and says so.
    """
    if edited_wh is not None:
        return replace(use, wh=edited_wh, status=str(Status.EDITED))
    if doubted:
        return replace(use, wh=None if withheld else use.wh, status=str(Status.SUSPECT))
    if use.wh is None and use.status == Status.MISSING and estimated_wh is not None:
        return replace(use, wh=estimated_wh, status=str(Status.ESTIMATED))
    return use


def is_final(day: date, *, today: date) -> bool:
    """Whether a day is past being revised by itself; a rule of the calendar, so never stored."""
    return today - day > REVISED_FREELY


def in_service(
    hours: Intervals,
    *,
    opens: datetime,
    minutes: int,
    starts: datetime | None,
    ends: datetime | None,
) -> int | None:
    """
    Wh of the intervals in which a meter served its space; None where one of them is missing.

    An interval that the exchange parts belongs to both meters: each told its share of it.
    """
    step = timedelta(minutes=minutes)
    count = len(hours.wh)
    first = 0 if starts is None else max(0, int((starts - opens) / step))
    after = count if ends is None else min(count, -int(-((ends - opens) / step) // 1))
    part = hours.wh[first:after]
    return int(part.sum(dtype=np.int64)) if (part >= 0).all() else None


def _sum(parts: list[Told]) -> int | None:
    known = [part.wh for part in parts if part.wh is not None]
    return sum(known) if parts and len(known) == len(parts) else None


def _worst(parts: list[Told]) -> str:
    found = {part.status for part in parts}
    return str(next((status for status in _WORST_FIRST if status in found), Status.MISSING))
