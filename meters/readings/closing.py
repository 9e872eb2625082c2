"""What the meters of one space make of one day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from meters.readings.models import Channel, Status

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


def _sum(parts: list[Told]) -> int | None:
    known = [part.wh for part in parts if part.wh is not None]
    return sum(known) if parts and len(known) == len(parts) else None


def _worst(parts: list[Told]) -> str:
    found = {part.status for part in parts}
    return str(next((status for status in _WORST_FIRST if status in found), Status.MISSING))
