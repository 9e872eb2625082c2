"""Short gaps between the hours of a meter: up to two of them lie on a straight line. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta, tzinfo

from meters.readings.intervals import ESTIMATED_MARK, SUSPECT_MARK, Intervals
from meters.readings.local_days import opens
from meters.readings.models import Status
from meters.readings.rollup import Span, of_spans

NEIGHBOURS = (-1, 0, 1)  # the hours that bound a gap may be of the day before or after

Told = tuple[Intervals, int]  # the intervals of a day, and the minutes of each


def bridged(*, day: date, told: Mapping[date, Told], zone: tzinfo) -> int | None:
    """
    Wh of a day some of whose hours nobody told, where all its gaps are short and bounded on both
    sides; None where one is not. The same rule by which a dry run tells days.
    """
    spans = [
        span
        for n in NEIGHBOURS
        for other in [day + timedelta(days=n)]
        if other in told
        for span in _spans(other, *told[other], zone)
    ]
    days = {found.day: found for found in of_spans(spans, zone=zone)}
    found = days.get(day.toordinal())
    return found.amount if found and found.status == Status.ESTIMATED else None


def _spans(day: date, hours: Intervals, minutes: int, zone: tzinfo) -> Iterator[Span]:
    first, seconds = opens(day.toordinal(), zone), minutes * 60
    marked = zip(hours.wh.tolist(), hours.quality.tolist(), strict=True)
    for n, (wh, mark) in enumerate(marked):
        at = first + n * seconds
        if mark == SUSPECT_MARK:
            yield Span(at, at + seconds, None)
        elif wh >= 0:
            yield Span(at, at + seconds, wh, estimated=mark == ESTIMATED_MARK)
