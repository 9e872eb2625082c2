"""Closing again what late data has made untrue."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from campus.nights import operations as nights
from campus.nights import queries as nights_queries
from campus.places.models import Campus
from meters.readings import queries
from meters.readings.checks import HISTORY
from meters.readings.models import Delivery
from meters.readings.operations import holding
from meters.readings.operations.closing import close_day
from meters.readings.queries import pending, reach

DAY = timedelta(days=1)


def revise_nights(*, delivery: Delivery, at: datetime) -> list[date]:
    """
    Close again, in order, the days whose daily use a delivery has made untrue; returns them.
    History, which no night will ever close, is closed here. What is final waits as a correction.

    What is untrue is seen from the data, so that asking again after a fault goes on where it ended
    and asking again after success does nothing.
    """
    campus = delivery.campus
    stale = stale_days(campus=campus, told=queries.days_told_by(delivery=delivery), at=at)
    history = _history(campus, stale)
    for day in history:
        close_day(campus=campus, day=day, at=at)
    return history + nights.reclose(campus=campus, days=stale, at=at)


def close_opened_again(*, campus: Campus, after: date, at: datetime) -> None:
    """
    Close the use of later nights that were opened again, before any of them is charged: five late
    days then move the bill of the last one once, not five times.
    """
    for day in nights_queries.opened_again_after(campus=campus, day=after):
        close_day(campus=campus, day=day, at=at)


@transaction.atomic
def stale_days(
    *, campus: Campus, told: Iterable[date], at: datetime, cause: str | None = None
) -> list[date]:
    """
    The days that would now be closed otherwise than they were, or were never closed; in order.

    A day that is told moves more than itself: it ends a gap before it, and is the history by which
    later days are judged. Changes of final days are set aside as corrections, for `cause`.
    """
    wanted = _reach(campus, set(told))
    Campus.objects.select_for_update(no_key=True).get(pk=campus.pk)
    return [
        seen.day
        for first, after in _runs(wanted)
        for seen in pending.days(campus=campus, starts_on=first, ends_on=after)
        if holding.hold(seen=seen, campus=campus, at=at, cause=cause)
    ]


def _reach(campus: Campus, told: set[date]) -> list[date]:
    if not told:
        return []
    before = reach.gaps_ended(campus=campus, told=told)
    closed = reach.closed_days(
        campus=campus, starts_on=min(told), ends_on=max(told) + HISTORY + DAY
    )
    # Days between two told ones, too: a file may tell Monday and Friday and leave the gap between.
    later = {day for day in closed if any(day - HISTORY <= one < day for one in told)}
    return sorted({*told, *before, *later})


def _runs(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Sorted days as half-open periods without holes, none longer than a month."""
    first = after = None
    for day in days:
        if first is None or day != after or (day - first).days >= 31:
            if first and after:
                yield first, after
            first = day
        after = day + DAY
    if first and after:
        yield first, after


def _history(campus: Campus, days: Iterable[date]) -> list[date]:
    """Those days that lie before the first night: they are closed without one."""
    begins = nights_queries.first_day(campus=campus)
    return sorted(day for day in days if begins and day < begins)
