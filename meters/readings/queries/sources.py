"""Where a figure comes from, down to the line of a file."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from campus import clock
from campus.places.models import Campus, Room
from meters.readings import intervals
from meters.readings.facts import DeliveryFact, IntervalFact, RevisionFact, SourceFact
from meters.readings.models import DailyUse, Delivery, MeterDay, Status
from meters.readings.queries.estimates import how_estimated
from meters.readings.queries.serving import import_channel
from meters.readings.queries.uses import newest


def source_of_day(*, room: Room, day: date) -> SourceFact | None:
    """Where the use of a room on a day comes from; None when no meter served the room."""
    channel = import_channel(room=room, day=day)
    if channel is None:
        return None
    closed = newest(DailyUse.objects.filter(room=room, day=day)).first()
    told = list(MeterDay.objects.filter(channel=channel, day=day).order_by("-revision"))
    estimated = closed is not None and closed.status == Status.ESTIMATED
    return SourceFact(
        day=day,
        wh=closed.wh if closed else None,
        status=closed.status if closed else None,
        serial=channel.meter.serial,
        simulated=channel.meter.simulated,
        intervals=_intervals(told[0], room.residence.campus) if told else None,
        revisions=_revisions(told),
        estimate=how_estimated(room=room, channel=channel, day=day) if estimated else None,
    )


def _intervals(told: MeterDay, campus: Campus) -> tuple[IntervalFact, ...] | None:
    if not told.intervals:
        return None
    hours = intervals.unpack(told.intervals, told.quality)
    first = clock.day_starts(told.day, zone=campus.zone)
    step = timedelta(minutes=told.interval_minutes)
    return tuple(
        IntervalFact(
            starts_at=_local(first + n * step, campus),
            wh=int(wh) if wh >= 0 else None,
            quality=intervals.name_of(int(mark)),
        )
        for n, (wh, mark) in enumerate(zip(hours.wh, hours.quality, strict=True))
    )


def _local(at: datetime, campus: Campus) -> datetime:
    return at.astimezone(campus.zone)


def _revisions(told: Sequence[MeterDay]) -> tuple[RevisionFact, ...]:
    by_id = Delivery.objects.in_bulk({row.delivery_id for row in told})
    return tuple(
        RevisionFact(
            revision=row.revision,
            wh=row.wh,
            status=row.status,
            told_at=by_id[row.delivery_id].received_at,
            delivery=_delivery(by_id[row.delivery_id], row.line),
        )
        for row in told
    )


def _delivery(row: Delivery, line: int) -> DeliveryFact:
    return DeliveryFact(uid=str(row.uid), name=row.name, received_at=row.received_at, line=line)
