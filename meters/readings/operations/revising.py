"""Closing again what late data has made untrue."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from campus.nights import operations as nights
from campus.nights import queries as nights_queries
from campus.places.models import Campus
from meters.readings import queries
from meters.readings.models import Delivery
from meters.readings.operations.closing import close_day, months, pending


def revise_nights(*, delivery: Delivery, at: datetime) -> list[date]:
    """
    Close again, in order, the days whose daily use a delivery has made untrue; returns them.
    History, which no night will ever close, is closed here.

    What is untrue is seen from the data, so that asking again after a fault goes on where it ended
    and asking again after success does nothing.
    """
    told = queries.days_told_by(delivery=delivery)
    stale: set[date] = set()
    for first, after in _spans(told):
        stale |= {change.day for change in pending(delivery.campus, first, after)}
    history = _history(delivery.campus, stale)
    for day in history:
        close_day(campus=delivery.campus, day=day, at=at)
    return history + nights.reclose(campus=delivery.campus, days=sorted(stale), at=at)


def _history(campus: Campus, days: set[date]) -> list[date]:
    """Those days that lie before the first night: they are closed without one."""
    begins = nights_queries.first_day(campus=campus)
    return sorted(day for day in days if begins and day < begins)


def _spans(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Half-open months that together hold `days`, which are sorted."""
    if days:
        yield from months(days[0], days[-1] + timedelta(days=1))
