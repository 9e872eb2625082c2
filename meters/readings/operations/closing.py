"""Closing days: what each space used, from what its meters told. Closing again changes nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from campus.places.models import Campus
from meters.readings import bulk
from meters.readings.closing import Told, Use, use_of
from meters.readings.models import DailyUse, MeterDay, MeterInstallation, Status

Space = tuple[int | None, int | None]  # (room id, zone id), one of them None
Meters = Mapping[Space, list[tuple[int, str]]]  # a space -> its (channel id, flow)
Revised = tuple[int, Use]

_COLUMNS = (
    "room", "zone", "day", "revision", "wh", "generated_wh", "status", "closed_at",
)  # fmt: skip


def close_day(*, campus: Campus, day: date, at: datetime) -> int:
    """
    Store what each metered room and zone used on `day`; returns how many rows are new.

    A space whose meter told nothing is MISSING with Wh null. Where nothing changed since the last
    close nothing is written; where something did, a new revision is.
    """
    return close_history(campus=campus, starts_on=day, ends_on=day + timedelta(days=1), at=at)


def close_history(*, campus: Campus, starts_on: date, ends_on: date, at: datetime) -> int:
    """Close each day of [starts_on, ends_on) as `close_day` does, a month in a transaction."""
    return sum(
        _close(campus=campus, starts_on=first, ends_on=after, at=at)
        for first, after in months(starts_on, ends_on)
    )


def months(starts_on: date, ends_on: date) -> Iterator[tuple[date, date]]:
    first = starts_on
    while first < ends_on:
        after = min((first.replace(day=1) + timedelta(days=32)).replace(day=1), ends_on)
        yield first, after
        first = after


@transaction.atomic
def _close(*, campus: Campus, starts_on: date, ends_on: date, at: datetime) -> int:
    # One writer of a campus at a time: two closes of a day must not both find revision n newest.
    Campus.objects.select_for_update(no_key=True).get(pk=campus.pk)
    rows = (
        (*new.space, new.day, new.revision, *astuple(new.use), at)
        for new in pending(campus, starts_on, ends_on)
    )
    return bulk.insert(model=DailyUse, columns=_COLUMNS, rows=rows)


class Change(NamedTuple):
    """A use that is not stored as it now is."""

    space: Space
    day: date
    revision: int
    use: Use


def pending(campus: Campus, starts_on: date, ends_on: date) -> Iterator[Change]:
    """What closing each day of [starts_on, ends_on) would write."""
    told = _told(campus, starts_on, ends_on)
    stored = _stored(campus, starts_on, ends_on)
    installed = _installed(campus, starts_on, ends_on)
    for n in range((ends_on - starts_on).days):
        day = starts_on + timedelta(days=n)
        yield from _changes(_on(installed, day), told, stored, day)


Installed = list[tuple[Space, int, str, date, date | None]]


def _installed(campus: Campus, starts_on: date, ends_on: date) -> Installed:
    """(space, channel, flow, from, until) of every meter that serves something in the period."""
    rows = MeterInstallation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on),
        meter__campus=campus,
        meter__channels__isnull=False,
        starts_on__lt=ends_on,
    )
    values = rows.order_by("room_id", "zone_id", "pk", "meter__channels__pk").values_list(
        "room_id", "zone_id", "meter__channels__pk", "meter__channels__flow", "starts_on", "ends_on"
    )
    return [((room, zone), pk, flow, first, last) for room, zone, pk, flow, first, last in values]


def _on(installed: Installed, day: date) -> Meters:
    meters: dict[Space, list[tuple[int, str]]] = defaultdict(list)
    for space, channel, flow, first, last in installed:
        if first <= day and (last is None or day < last):
            meters[space].append((channel, flow))
    return meters


ToldDays = Mapping[tuple[int, date], tuple[int | None, str]]


def _told(campus: Campus, starts_on: date, ends_on: date) -> ToldDays:
    """(channel, day) -> (Wh, status) of the newest revision."""
    rows = MeterDay.objects.filter(
        channel__meter__campus=campus, day__gte=starts_on, day__lt=ends_on
    )
    values = rows.order_by("revision").values_list("channel_id", "day", "wh", "status")
    return {(channel, day): (wh, status) for channel, day, wh, status in values.iterator()}


StoredUses = Mapping[tuple[Space, date], Revised]


def _stored(campus: Campus, starts_on: date, ends_on: date) -> StoredUses:
    """(space, day) -> (revision, use) of the newest close."""
    here = Q(room__residence__campus=campus) | Q(zone__residence__campus=campus)
    rows = DailyUse.objects.filter(here, day__gte=starts_on, day__lt=ends_on)
    values = rows.order_by("revision").values_list(
        "room_id", "zone_id", "day", "revision", "wh", "generated_wh", "status"
    )
    return {
        ((room, zone), day): (revision, Use(wh, generated, status))
        for room, zone, day, revision, wh, generated, status in values.iterator()
    }


def _changes(meters: Meters, told: ToldDays, stored: StoredUses, day: date) -> Iterator[Change]:
    for space, channels in meters.items():
        use = use_of(_one(told, channel, flow, day) for channel, flow in channels)
        revision, known = stored.get((space, day), (0, None))
        if use != known:
            yield Change(space, day, revision + 1, use)


def _one(told: ToldDays, channel: int, flow: str, day: date) -> Told:
    wh, status = told.get((channel, day), (None, str(Status.MISSING)))
    return Told(flow, wh, status)
