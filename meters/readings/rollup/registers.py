"""Days from what a register showed: the day is the step from its midnight to the next. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import pairwise
from typing import NamedTuple

from meters.readings.models import Status
from meters.readings.rollup.day import LONGEST_GAP, Day, Doubt, Piece, days_of
from meters.readings.row import Event


class Point(NamedTuple):
    """What a register showed at an instant; `amount` is None where it was told two values."""

    at: int
    amount: int | None
    line: int = 0
    event: Event = Event.NONE
    estimated: bool = False


def of_registers(
    points: Iterable[Point], *, zone: tzinfo, rolls_over_at: int = 0, grain: int = 1
) -> list[Day]:
    """
    The local days between the first and the last point, in order; points come in any order.

    A midnight nobody read lies on the straight line between its neighbours: the total across the
    gap stays exact, its days are estimated. Where the register went back it rolled over if it
    stood in its last tenth and begins again in its first (`rolls_over_at`; 0 when the digits are
    not known); an exchange or a reset says so by its event; else the days between are in doubt.
    Nothing is said of the time before the first point and after the last.
    """
    ordered = sorted(points, key=lambda point: (point.at, point.event >= Event.INITIAL))
    pieces = _pieces(ordered, rolls_over_at)
    return days_of(pieces, zone=zone, grain=grain)


def _pieces(ordered: Sequence[Point], rolls_over_at: int) -> Iterator[Piece]:
    for before, after in pairwise(ordered):
        if before.at == after.at and after.event >= Event.INITIAL:
            continue  # an exchange, or a reset that was read on both sides of it
        if after.at - before.at > LONGEST_GAP:
            continue
        yield _piece(before, after, rolls_over_at)


def _piece(before: Point, after: Point, rolls_over_at: int) -> Piece:
    amount, status, code = _step(before, after, rolls_over_at)
    if amount is not None and (before.estimated or after.estimated):
        status = Status.ESTIMATED
    facts: dict[str, object] = {"from": before.amount, "to": after.amount}
    doubt = Doubt(code, facts) if code else None
    return Piece(before.at, after.at, amount, status, after.line or before.line, doubt)


Step = tuple[int | None, Status, str]


def _step(before: Point, after: Point, rolls_over_at: int) -> Step:
    if before.amount is None or after.amount is None:
        return None, Status.SUSPECT, "two_values"
    if after.event == Event.INITIAL or before.event == Event.FINAL:
        return _exchanged(before, after)
    if after.event == Event.RESET:
        # It counted at least this much since; what it counted before nobody read.
        return after.amount, Status.ESTIMATED, "register_reset"
    if after.amount >= before.amount:
        return after.amount - before.amount, Status.ACTUAL, ""
    if before.amount * 10 > rolls_over_at * 9 and after.amount * 10 < rolls_over_at:
        rolled = after.amount + rolls_over_at - before.amount
        return rolled, Status.ACTUAL, "register_rolled_over"
    return None, Status.SUSPECT, "register_went_back"


def _exchanged(before: Point, after: Point) -> Step:
    if before.event == Event.FINAL and after.event >= Event.INITIAL:
        return 0, Status.ACTUAL, ""  # no meter was there between the two
    missing = "final" if before.event != Event.FINAL else "initial"
    return None, Status.SUSPECT, f"exchange_without_{missing}"
