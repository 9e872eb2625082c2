"""How far a day that is told reaches: gaps that it ends, closed days that it is the history of."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from campus.places.models import Campus
from meters.readings.checks import HISTORY
from meters.readings.models import DailyUse, MeterInstallation


def gaps_ended(*, campus: Campus, told: Collection[date]) -> set[date]:
    """
    The days of gaps that a told day ends: those right before it on which a room was not measured
    that is missing no more. A day in doubt, or said by a person, ends no gap: it may lie within
    one. None lies further back than the history that is looked at.
    """
    missing = _missing(campus, min(told) - HISTORY, max(told))
    return {
        gone
        for day in told
        for room in _measured_again(missing, day)
        for gone in _gap_before(missing, room, day)
    }


def _missing(campus: Campus, starts_on: date, ends_on: date) -> set[tuple[int, date]]:
    """(room, day) of [starts_on, ends_on) that were closed without a measured use."""
    later = DailyUse.objects.filter(
        room=OuterRef("room"), day=OuterRef("day"), revision__gt=OuterRef("revision")
    )
    rows = DailyUse.objects.filter(
        ~Exists(later),
        room__residence__campus=campus,
        status__in=("MISSING", "ESTIMATED", "SUSPECT", "EDITED"),
        day__gte=starts_on,
        day__lt=ends_on,
    )
    return set(rows.values_list("room_id", "day"))


def _measured_again(missing: set[tuple[int, date]], day: date) -> list[int]:
    """Rooms missing the day before whose meter told a total of `day`, or hours of it."""
    rooms = {room for room, gone in missing if gone == day - timedelta(days=1)}
    rows = MeterInstallation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day),
        Q(meter__channels__days__wh__isnull=False)
        | Q(meter__channels__days__interval_minutes__lt=1440),
        room__in=rooms,
        starts_on__lte=day,
        meter__channels__days__day=day,
    )
    return sorted(set(rows.values_list("room_id", flat=True)))


def _gap_before(missing: set[tuple[int, date]], room: int, day: date) -> Iterator[date]:
    """The days of the gap of a room right before a day, nearest first."""
    while (room, day := day - timedelta(days=1)) in missing:
        yield day


def closed_days(*, campus: Campus, starts_on: date, ends_on: date) -> list[date]:
    """The days of [starts_on, ends_on) on which some room of the campus was closed."""
    rows = DailyUse.objects.filter(
        room__residence__campus=campus, day__gte=starts_on, day__lt=ends_on
    )
    return sorted(rows.order_by("day").values_list("day", flat=True).distinct())
