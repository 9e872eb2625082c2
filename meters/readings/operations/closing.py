"""Closing days: what each space used, from what its meters told. Closing again changes nothing."""

from collections.abc import Iterator
from dataclasses import astuple
from datetime import date, datetime, timedelta

from django.db import transaction

from campus import bulk
from campus.places.models import Campus
from meters.readings.models import DailyUse
from meters.readings.operations import holding, noting
from meters.readings.queries import pending

_COLUMNS = (
    "room", "zone", "day", "revision", "wh", "generated_wh", "status", "closed_at",
)  # fmt: skip


def close_day(*, campus: Campus, day: date, at: datetime) -> int:
    """
    Store what each metered room and zone used on `day`; returns how many rows are new.

    A space whose meter told nothing is MISSING with Wh null, or ESTIMATED where readings bound the
    gap. Where nothing changed since the last close nothing is written; where something did, a new
    revision is, or, for a final day of a room, a correction that waits for a manager.
    """
    return close_history(campus=campus, starts_on=day, ends_on=day + timedelta(days=1), at=at)


def close_history(*, campus: Campus, starts_on: date, ends_on: date, at: datetime) -> int:
    """Close each day of [starts_on, ends_on) as `close_day` does, a month in a transaction."""
    return sum(
        _close(campus=campus, starts_on=first, ends_on=after, at=at)
        for first, after in months(starts_on, ends_on)
    )


def months(starts_on: date, ends_on: date) -> Iterator[tuple[date, date]]:
    """The half-open months that a half-open period is made of."""
    first = starts_on
    while first < ends_on:
        after = min((first.replace(day=1) + timedelta(days=32)).replace(day=1), ends_on)
        yield first, after
        first = after


@transaction.atomic
def _close(*, campus: Campus, starts_on: date, ends_on: date, at: datetime) -> int:
    # One writer of a campus at a time: two closes of a day must not both find revision n newest.
    Campus.objects.select_for_update(no_key=True).get(pk=campus.pk)
    rows: list[tuple[object, ...]] = []
    for seen in pending.days(campus=campus, starts_on=starts_on, ends_on=ends_on):
        kept = holding.hold(seen=seen, campus=campus, at=at)
        noting.note(seen=seen, campus=campus, at=at)
        rows += [(*new.space, new.day, new.revision, *astuple(new.use), at) for new in kept]
    return bulk.insert(model=DailyUse, columns=_COLUMNS, rows=rows)
