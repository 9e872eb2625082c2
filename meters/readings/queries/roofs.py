"""What the roofs of a campus generated, and how much of its night a residence used."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from campus.places.models import Campus, Residence, ZoneKind
from meters.readings import intervals
from meters.readings.models import Channel, MeterDay

DAY_MINUTES = 1440
EVENING = 18  # from this hour to midnight is the night that a window shows


@dataclass(frozen=True, slots=True)
class RoofDay:
    """
    Wh that all roofs of a campus generated on a day, and by hour where every meter tells hours.

    `simulated` when none of the meters is real.
    """

    day: date
    wh: int
    hours: tuple[int, ...] | None
    simulated: bool


def roof_days(*, campus: Campus, starts_on: date, ends_on: date) -> list[RoofDay]:
    """The days of [starts_on, ends_on) of which a roof told something, in order."""
    told: dict[date, dict[int, MeterDay]] = defaultdict(dict)
    rows = MeterDay.objects.filter(
        channel__meter__campus=campus,
        channel__flow=Channel.Flow.EXPORT,
        day__gte=starts_on,
        day__lt=ends_on,
        wh__isnull=False,
    ).exclude(channel__meter__installations__zone__kind=ZoneKind.WHOLE)  # feeds back, makes nothing
    for row in rows.select_related("channel__meter").order_by("day", "revision"):
        told[row.day][row.channel_id] = row
    return [_roof(day, list(channels.values())) for day, channels in sorted(told.items())]


def p90_of(wh: Sequence[int]) -> int:
    """The yield that nine of ten days stay at or below; 0 where there are none."""
    return sorted(wh)[max(0, -(-9 * len(wh) // 10) - 1)] if wh else 0


def nights_of(*, residence: Residence, starts_on: date, ends_on: date) -> Mapping[date, int]:
    """
    Day -> Wh of a whole residence: its evening where all its rooms tell hours, else its day.

    Days of which a room is missing are left out: they would look darker than they were.
    """
    here = _of_rooms(residence).filter(day__gte=starts_on, day__lt=ends_on)
    days: dict[date, dict[int, MeterDay]] = defaultdict(dict)
    for row in here.order_by("revision"):
        days[row.day][row.channel_id] = row
    whole = max((len(rows) for rows in days.values()), default=0)
    full = {
        day: list(rows.values())
        for day, rows in days.items()
        if len(rows) == whole and all(row.wh is not None for row in rows.values())
    }
    hourly = all(row.interval_minutes < DAY_MINUTES for rows in full.values() for row in rows)
    return {
        day: sum(_evening(row) if hourly else row.wh or 0 for row in rows)
        for day, rows in sorted(full.items())
    }


def _of_rooms(residence: Residence) -> QuerySet[MeterDay]:
    served = Q(channel__meter__installations__room__residence=residence)
    since = Q(channel__meter__installations__starts_on__lte=F("day"))
    until = Q(channel__meter__installations__ends_on=None) | Q(
        channel__meter__installations__ends_on__gt=F("day")
    )
    return MeterDay.objects.filter(served, since, until, channel__flow=Channel.Flow.IMPORT)


def _roof(day: date, rows: Sequence[MeterDay]) -> RoofDay:
    return RoofDay(
        day=day,
        wh=sum(row.wh or 0 for row in rows),
        hours=_hours(rows),
        simulated=all(row.channel.meter.simulated for row in rows),
    )


def _hours(rows: Sequence[MeterDay]) -> tuple[int, ...] | None:
    """Wh by hour of the day, 24 of them; a 25th hour counts to the last."""
    if not all(row.interval_minutes < DAY_MINUTES and row.intervals for row in rows):
        return None
    hours = [0] * 24
    for row in rows:
        for number, wh in enumerate(intervals.unpack(row.intervals, row.quality).wh.tolist()):
            hours[min(23, number * row.interval_minutes // 60)] += max(0, wh)
    return tuple(hours)


def _evening(row: MeterDay) -> int:
    first = EVENING * 60 // row.interval_minutes
    return int(intervals.unpack(row.intervals, row.quality).wh[first:].clip(min=0).sum())
