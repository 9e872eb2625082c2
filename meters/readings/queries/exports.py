"""What meters told, as an asker may take it along."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from campus import clock
from campus.places.models import Campus, Residence
from meters.readings import intervals
from meters.readings.exporting import Figure
from meters.readings.models import Channel, MeterDay, MeterInstallation, Status

DAY = timedelta(days=1)
TOLD = (Status.ACTUAL, Status.ESTIMATED)
Stays = Mapping[int, Sequence[tuple[date, date]]]  # room id -> half-open stretches of days


def figures_of_residence(
    *, residence: Residence, starts_on: date, ends_on: date, daily: bool
) -> Iterator[Figure]:
    """What every meter of a residence told of [starts_on, ends_on)."""
    rooms = residence.rooms.values_list("pk", flat=True)
    stays = dict.fromkeys(rooms, ((starts_on, ends_on),))
    zones = MeterInstallation.objects.filter(zone__residence=residence)
    yield from _figures(residence.campus, stays, zones_of=[row.pk for row in zones], daily=daily)


def figures_of_stays(*, campus: Campus, stays: Stays, daily: bool) -> Iterator[Figure]:
    """What the meters of some rooms told of the days somebody lived there."""
    yield from _figures(campus, stays, zones_of=[], daily=daily)


def _figures(
    campus: Campus, stays: Stays, *, zones_of: Sequence[int], daily: bool
) -> Iterator[Figure]:
    installations = MeterInstallation.objects.filter(room_id__in=list(stays))
    served = list(installations.values_list("meter_id", "room_id", "starts_on", "ends_on"))
    if zones_of:
        period = next(iter(stays.values()), ((date.min, date.min),))
        stays = {**stays, 0: period}
        in_zones = MeterInstallation.objects.filter(pk__in=zones_of)
        served += [
            (meter, 0, first, after)
            for meter, first, after in in_zones.values_list("meter_id", "starts_on", "ends_on")
        ]
    channels = Channel.objects.filter(meter_id__in={meter for meter, *_ in served})
    for channel in channels.select_related("meter").order_by("meter__serial", "-flow"):
        spans = [
            (max(first, starts_on), min(after or date.max, ends_on))
            for meter, room, first, after in served
            if meter == channel.meter_id and room is not None
            for starts_on, ends_on in stays[room]
        ]
        yield from _of_channel(
            campus, channel, [span for span in spans if span[0] < span[1]], daily
        )


def _of_channel(
    campus: Campus, channel: Channel, spans: Sequence[tuple[date, date]], daily: bool
) -> Iterator[Figure]:
    for starts_on, ends_on in sorted(spans):
        rows = MeterDay.objects.filter(channel=channel, day__gte=starts_on, day__lt=ends_on)
        ordered = rows.order_by("day", "revision").iterator()
        for _day, revisions in groupby(ordered, key=lambda row: row.day):
            *_older, newest = revisions
            yield from (_whole if daily else _parts)(campus, channel, newest)


def _whole(campus: Campus, channel: Channel, row: MeterDay) -> Iterator[Figure]:
    if row.wh is None or row.status not in TOLD:
        return
    yield Figure(
        serial=channel.meter.serial,
        flow=channel.flow,
        starts_at=_opens(campus, row.day),
        ends_at=_opens(campus, row.day + DAY),
        wh=row.wh,
        estimated=row.status == Status.ESTIMATED,
        daily=True,
    )


def _parts(campus: Campus, channel: Channel, row: MeterDay) -> Iterator[Figure]:
    if not row.intervals:
        return
    told = intervals.unpack(row.intervals, row.quality)
    first = clock.day_starts(row.day, zone=campus.zone)
    step = timedelta(minutes=row.interval_minutes)
    for n, (wh, mark) in enumerate(zip(told.wh.tolist(), told.quality.tolist(), strict=True)):
        if wh >= 0 and mark != intervals.SUSPECT_MARK:
            yield Figure(
                serial=channel.meter.serial,
                flow=channel.flow,
                starts_at=(first + n * step).astimezone(campus.zone),
                ends_at=(first + (n + 1) * step).astimezone(campus.zone),
                wh=wh,
                estimated=mark == intervals.ESTIMATED_MARK,
                daily=False,
            )


def _opens(campus: Campus, day: date) -> datetime:
    return clock.day_starts(day, zone=campus.zone).astimezone(campus.zone)
