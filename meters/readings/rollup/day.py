"""A local day as it is put together from pieces of time. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import pairwise
from typing import NamedTuple

from meters.readings.local_days import day_of, midnights, opens
from meters.readings.models import Status

# What nobody told for longer than this is no gap in a history but the end of one.
LONGEST_GAP_DAYS = 400
LONGEST_GAP = LONGEST_GAP_DAYS * 86_400
# A midnight between two readings so close is as good as read: plugs report when they like.
CLOSE = 15 * 60

_WORST_FIRST = (Status.SUSPECT, Status.MISSING, Status.ESTIMATED, Status.ACTUAL)


class Doubt(NamedTuple):
    """A finding about a day: a code, and the figures that prove it."""

    code: str
    facts: dict[str, object]


class Day(NamedTuple):
    """What one channel told of a local day (an ordinal); `amount` is None when it is not known."""

    day: int
    amount: int | None
    status: Status
    line: int
    doubts: tuple[Doubt, ...] = ()
    known: int = 0  # the sum of what was measured, whatever is missing


class Piece(NamedTuple):
    """A stretch of time of which something is known, or known to be missing (`amount` None)."""

    start: int
    end: int
    amount: int | None
    status: Status
    line: int
    doubt: Doubt | None = None


@dataclass(slots=True)
class _Sum:
    """A day while its pieces are added up."""

    amount: int = 0
    known: int = 0
    seconds: int = 0
    line: int = 0
    statuses: set[Status] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)

    def add(self, piece: Piece) -> None:
        self.seconds += piece.end - piece.start
        self.amount += piece.amount or 0
        self.known += (piece.amount or 0) if piece.status == Status.ACTUAL else 0
        self.statuses.add(piece.status)
        self.line = min(self.line, piece.line) if self.line and piece.line else piece.line
        if piece.doubt and piece.doubt not in self.doubts:
            self.doubts.append(piece.doubt)


def days_of(
    pieces: Iterable[Piece], *, zone: tzinfo, grain: int, spoken_of: Iterable[int] = ()
) -> list[Day]:
    """
    Add up pieces, which are in order and do not overlap, by local day.

    A piece that reaches over midnight is shared by time and thereby, unless it is short, estimated.
    A day of which a part is not covered is missing; between two days that are spoken of, one of
    which nothing is said is missing too, and so is one that is `spoken_of` (an instant of it)
    without a figure.
    """
    sums: dict[int, _Sum] = {day_of(at, zone): _Sum() for at in spoken_of}
    for piece in pieces:
        for day, part in _by_day(piece, zone, grain):
            sums.setdefault(day, _Sum()).add(part)
    return list(_days(sums, zone))


def _by_day(piece: Piece, zone: tzinfo, grain: int) -> Iterator[tuple[int, Piece]]:
    first = day_of(piece.start, zone)
    if piece.end <= opens(first + 1, zone):
        yield first, piece
        return
    cuts = [piece.start, *midnights(piece.start, piece.end, zone), piece.end]
    lengths = [after - at for at, after in pairwise(cuts)]
    amounts: Sequence[int | None] = [None] * len(lengths)
    if piece.amount is not None:
        amounts = shares(piece.amount, lengths, grain=grain)
    far = piece.end - piece.start > CLOSE
    status = Status.ESTIMATED if far and piece.status == Status.ACTUAL else piece.status
    for n, amount in enumerate(amounts):
        part = piece._replace(start=cuts[n], end=cuts[n + 1], amount=amount, status=status)
        yield first + n, part


def shares(amount: int, weights: Sequence[int], *, grain: int) -> list[int]:
    """
    Split an amount by weights into multiples of `grain` whose sum is exact.

    By largest remainder, ties to the earlier; what is smaller than a grain goes to the last.
    """
    grains, rest = divmod(amount, grain)
    total = sum(weights)
    parts = [grains * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: -(grains * weights[n] % total))
    for n in by_remainder[: grains - sum(parts)]:
        parts[n] += 1
    parts = [part * grain for part in parts]
    parts[-1] += rest
    return parts


def _days(sums: dict[int, _Sum], zone: tzinfo) -> Iterator[Day]:
    before: int | None = None
    for day in sorted(sums):
        if before is not None and day - before <= LONGEST_GAP_DAYS:
            yield from (Day(n, None, Status.MISSING, 0) for n in range(before + 1, day))
        yield _day(day, sums[day], zone)
        before = day


def _day(day: int, found: _Sum, zone: tzinfo) -> Day:
    statuses = set(found.statuses)
    if found.seconds < opens(day + 1, zone) - opens(day, zone):
        statuses.add(Status.MISSING)
    status = next(status for status in _WORST_FIRST if status in statuses)
    known = status in {Status.ACTUAL, Status.ESTIMATED}
    amount = found.amount if known else None
    return Day(day, amount, status, found.line, tuple(found.doubts), found.known)
