"""What rooms used in each period of a tariff by time of use, from the hours their meters told."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import numpy as np
from django.db.models import F, Q
from numpy.typing import NDArray

from campus import clock
from campus.places.models import Campus, Term
from meters.billing.hours import local_starts, parted, periods_of
from meters.billing.queries.standings import among
from meters.billing.tariff import Tariff
from meters.readings.intervals import Packed, unpack
from meters.readings.models import Channel, MeterDay

HOUR = 60


def by_period(
    *, campus: Campus, day: date, tariff: Tariff, used: Mapping[int, int]
) -> Mapping[int, dict[str, int]]:
    """
    Room id -> Wh by period. The parts add up to the Wh in `used`; where a meter told no hours, the
    day is parted by the length of the periods.
    """
    holidays = holidays_of(campus=campus)
    names = [period.id for period in tariff.periods]

    @cache
    def periods(minutes: int, count: int) -> NDArray[np.int64]:
        first = clock.day_starts(day, zone=campus.zone).astimezone(campus.zone)
        starts = local_starts(first, minutes=minutes, count=count)
        return periods_of(tariff, starts=starts, holidays=holidays)

    told = _intervals(day, list(used))
    unknown = np.full(clock.hours_of(day, zone=campus.zone), -1, dtype=np.int32)
    return {
        room: parted(wh, intervals=some, periods=periods(minutes, len(some)), names=names)
        for room, wh in used.items()
        for minutes, some in [told.get(room, (HOUR, unknown))]
    }


def holidays_of(*, campus: Campus) -> frozenset[date]:
    """The holidays that the terms of a campus name: the calendar of its tariffs."""
    named = Term.objects.filter(campus=campus).values_list("holidays", flat=True)
    return frozenset(date.fromisoformat(day) for days in named for day in days)


def _intervals(day: date, room_ids: list[int]) -> Mapping[int, tuple[int, NDArray[np.int32]]]:
    """Room id -> (minutes, Wh of each interval); rooms with several meters are summed."""
    found: dict[int, tuple[int, NDArray[np.int32]]] = {}
    newest: dict[int, tuple[int, int, Packed, Packed]] = {}
    rows = MeterDay.objects.filter(
        Q(channel__meter__installations__ends_on=None)
        | Q(channel__meter__installations__ends_on__gt=F("day")),
        among("channel__meter__installations__room", room_ids),
        day=day,
        channel__flow=Channel.Flow.IMPORT,
        channel__meter__installations__starts_on__lte=F("day"),
        interval_minutes__lt=24 * HOUR,
    )
    values = rows.order_by("revision").values_list(
        *("channel_id", "channel__meter__installations__room"),
        *("interval_minutes", "intervals", "quality"),
    )
    asked = set(room_ids)
    for channel, room, minutes, packed, quality in values:
        if room in asked:
            newest[channel] = (room, minutes, packed, quality)
    for room, minutes, packed, quality in newest.values():
        wh = unpack(packed, quality).wh
        known = found.get(room)
        if known is not None and known[0] == minutes and len(known[1]) == len(wh):
            wh = np.where((known[1] < 0) | (wh < 0), -1, known[1] + wh).astype(np.int32)
        found[room] = (minutes, wh)
    return found
