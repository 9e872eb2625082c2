"""From a file to rows of known meters, set aside; each fault of a row goes to the tally."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo

from meters.readings.formats import Opened
from meters.readings.intake.directory import Directory, Served
from meters.readings.intake.tally import Tally
from meters.readings.local_days import day_of, days_met
from meters.readings.refusals import NoRows, RowFault, RowRefused, shown
from meters.readings.row import Kind, Remark, Row
from meters.readings.sorting import Spool

# Clocks of gateways run ahead of ours by a little.
EARLY = timedelta(minutes=10)


def parse(
    *,
    opened: Opened,
    zone: tzinfo,
    meters: Directory,
    at: datetime,
    spool: Spool,
    tally: Tally,
) -> list[tuple[int, Row]]:
    """
    Read every row once; returns (channel, row) of those that tell a balance.

    :raises FileRefused: as the format does; nothing was written yet
    """
    latest = int((at + EARLY).timestamp())
    balances: list[tuple[int, Row]] = []
    # A meter that served its space on a day did so for all rows of that day.
    serving: dict[tuple[str, str, tuple[int, ...]], Served] = {}
    for row in _rows(opened, tally):
        days = _days(row, zone)
        meter = serving.get((row.meter, row.channel, days))
        try:
            if meter is None or row.at + row.seconds > latest:
                meter = _served(row, days, meters, latest)
                serving[row.meter, row.channel, days] = meter
        except RowRefused as fault:
            tally.refuse(RowFault(row.line, fault.code, fault.facts))
            continue
        tally.saw(days[0])
        spool.add(channel=meter.channel_id, row=row)
        if row.balance:
            balances.append((meter.channel_id, row))
    return balances


def _rows(opened: Opened, tally: Tally) -> Iterator[Row]:
    """The rows that were understood."""
    told = False
    for row in opened.rows:
        if isinstance(row, Remark):
            tally.remark(row)
            continue
        told = True
        if isinstance(row, RowFault):
            tally.refuse(row)
        else:
            yield row
    if not told:
        raise NoRows


def _served(row: Row, days: tuple[int, ...], meters: Directory, latest: int) -> Served:
    meter = meters.find(row.meter, row.channel)
    if meter is None:
        if meters.knows(row.meter):
            raise RowRefused("unknown_channel", meter=shown(row.meter), channel=row.channel)
        raise RowRefused("unknown_meter", meter=shown(row.meter))
    day = date.fromordinal(days[-1])
    if row.at + (0 if row.ends else row.seconds) > latest:
        raise RowRefused("future", value=day.isoformat())
    if not meter.on(days):
        raise RowRefused("not_installed", meter=row.meter, day=day.isoformat())
    return meter


def _days(row: Row, zone: tzinfo) -> tuple[int, ...]:
    """The local days that a row has a part in."""
    if row.kind == Kind.REGISTER:
        return days_met(row.at, zone)
    return (day_of(row.at - 1 if row.ends else row.at, zone),)
