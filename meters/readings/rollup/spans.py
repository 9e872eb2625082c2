"""Days from what was counted in stretches of time: intervals, or whole days. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import NamedTuple

from meters.readings.models import Status
from meters.readings.rollup.day import Day, Doubt, Piece, days_of

LONGEST_BRIDGE = 2 * 3600


class Span(NamedTuple):
    """What was counted in [start, end); `amount` is None where that is in doubt."""

    start: int
    end: int
    amount: int | None
    line: int = 0
    estimated: bool = False
    doubted: bool = False
    doubt: str = "two_values"  # why there is no amount


def of_spans(
    spans: Iterable[Span], *, zone: tzinfo, grain: int = 1, spoken_of: Iterable[int] = ()
) -> list[Day]:
    """
    The local days that spans speak of, in order; spans come in any order.

    A gap of up to two hours between two intervals of the same length is bridged by the straight
    line between them, and its day is estimated; a longer one leaves the day missing. `spoken_of`
    are instants of days that are to be told even if nothing is known of them.
    """
    ordered = sorted(spans, key=lambda span: (span.start, span.end, span.line))
    return days_of(_pieces(ordered), zone=zone, grain=grain, spoken_of=spoken_of)


def _pieces(ordered: Sequence[Span]) -> Iterator[Piece]:
    before: Span | None = None
    for span in ordered:
        if before and span.start < before.end:
            yield from _overlap(before, span)
            before = max(before, span, key=lambda told: told.end)
            continue
        if before:
            yield from bridge(before, span)
        yield _piece(span)
        before = span


def _piece(span: Span) -> Piece:
    doubt = None if span.amount is not None else Doubt(span.doubt, {})
    status = Status.ESTIMATED if span.estimated else Status.ACTUAL
    if span.amount is None or span.doubted:
        status = Status.SUSPECT
    return Piece(span.start, span.end, span.amount, status, span.line, doubt)


def _overlap(before: Span, span: Span) -> Iterator[Piece]:
    """Two spans tell of the same time: their days are in doubt."""
    facts: dict[str, object] = {"lines": f"{before.line}, {span.line}"}
    doubt = Doubt("intervals_overlap", facts)
    middle = min(before.end, span.end)
    yield Piece(span.start, span.start, None, Status.SUSPECT, span.line, doubt)
    if span.end > middle:
        yield Piece(middle, span.end, None, Status.SUSPECT, span.line, doubt)


def bridge(before: Span, after: Span) -> Iterator[Piece]:
    """Estimates for the time between two spans, if it is short and both are known."""
    gap, length = after.start - before.end, before.end - before.start
    known = before.amount is not None and after.amount is not None
    if not known or not 0 < gap <= LONGEST_BRIDGE or gap % length:
        return
    if length != after.end - after.start:
        return
    assert before.amount is not None
    assert after.amount is not None
    count = gap // length
    told = 0
    for n in range(1, count + 1):
        # Sums are rounded, not the parts: nothing is gained or lost on the way.
        line_sum = n * before.amount * 2 * (count + 1) + n * (n + 1) * (
            after.amount - before.amount
        )
        so_far = (line_sum + count + 1) // (2 * (count + 1))
        start = before.end + (n - 1) * length
        yield Piece(start, start + length, so_far - told, Status.ESTIMATED, 0)
        told = so_far
