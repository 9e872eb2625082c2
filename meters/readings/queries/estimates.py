"""How an estimated day of a room came to its figure, found again from what it was made of."""

from datetime import date, timedelta

from campus.places.models import Room
from meters.readings import bridging, estimation, intervals
from meters.readings.facts import EstimateFact
from meters.readings.models import Channel, MeterDay
from meters.readings.queries import to_close

REGISTER, SENDER = "register", "sender"


def how_estimated(*, room: Room, channel: Channel, day: date) -> EstimateFact:
    """The way in which `day`, which was closed as estimated, was estimated."""
    told = _told(channel, day)
    here = told.get(day)
    if here is not None and here.wh is not None:
        return EstimateFact(SENDER if here.intervals else _who(channel, day), {})
    if here is not None and here.intervals and _bridged(room, told, day) is not None:
        return EstimateFact(estimation.LINE, {})
    return _by_others(room, channel, day)


def _told(channel: Channel, day: date) -> dict[date, MeterDay]:
    """The newest telling of a day and of its neighbours."""
    days = [day + timedelta(days=n) for n in bridging.NEIGHBOURS]
    rows = MeterDay.objects.filter(channel=channel, day__in=days).order_by("revision")
    return {row.day: row for row in rows}


def _who(channel: Channel, day: date) -> str:
    """Registers read around it, or whoever sent the figure."""
    around = (day - timedelta(days=60), day + timedelta(days=60))
    read = channel.registers.filter(read_at__date__range=around).exists()
    return REGISTER if read else SENDER


def _bridged(room: Room, told: dict[date, MeterDay], day: date) -> int | None:
    hours = {
        other: (intervals.unpack(row.intervals, row.quality), row.interval_minutes)
        for other, row in told.items()
        if row.intervals
    }
    return bridging.bridged(day=day, told=hours, zone=room.residence.campus.zone)


def _by_others(room: Room, channel: Channel, day: date) -> EstimateFact:
    campus = room.residence.campus
    sheet = to_close.sheet(campus=campus, starts_on=day, ends_on=day)
    around = to_close.measured_around(channels=[channel.pk], day=day).get(channel.pk, {})
    told = {d: wh for d, wh in around.items() if (room.residence_id, d) not in sheet.outages}
    found = estimation.estimate(
        day=day, told=told, known_wh=0, bridged_wh=None, kind=sheet.kind, peers=()
    )
    if found is None:
        return EstimateFact(estimation.PEERS, {})
    days = found.facts["days"]
    assert isinstance(days, list)
    return EstimateFact(found.method, {"days": ", ".join(days)})
