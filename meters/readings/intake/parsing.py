"""From a file to rows of known meters, set aside; each fault of a row goes to the tally."""

from datetime import date, datetime, timedelta
from typing import BinaryIO
from zoneinfo import ZoneInfo

from meters.readings.formats import Format
from meters.readings.intake.directory import Directory, Served
from meters.readings.intake.spool import Spool
from meters.readings.intake.tally import Tally
from meters.readings.refusals import NoRows, RowFault, RowRefused, shown
from meters.readings.told import Told

# Clocks of gateways run ahead of ours by a little.
EARLY = timedelta(minutes=10)


def parse(
    *,
    format_: Format,
    stream: BinaryIO,
    zone: ZoneInfo,
    meters: Directory,
    at: datetime,
    spool: Spool,
    tally: Tally,
) -> None:
    """
    Read every row once.

    :raises FileRefused: as the format does; nothing was written yet
    """
    latest, rows = int((at + EARLY).timestamp()), 0
    for row in format_.rows(stream=stream, zone=zone):
        rows += 1
        if isinstance(row, RowFault):
            tally.refuse(row)
            continue
        try:
            _set_aside(row, _served(row, meters, latest), spool, tally)
        except RowRefused as fault:
            tally.refuse(RowFault(row.line, fault.code, fault.facts))
    if not rows:
        raise NoRows


def _served(row: Told, meters: Directory, latest: int) -> Served:
    meter = meters.by_serial.get(row.serial)
    if meter is None:
        raise RowRefused("unknown_meter", meter=shown(row.serial))
    day = date.fromordinal(row.stamp.days[-1])
    if row.stamp.over > latest:
        raise RowRefused("future", value=day.isoformat())
    if not meter.on(row.stamp.days):
        raise RowRefused("not_installed", meter=row.serial, day=day.isoformat())
    return meter


def _set_aside(row: Told, meter: Served, spool: Spool, tally: Tally) -> None:
    stamp = row.stamp
    tally.saw(stamp.days[0])
    spool.add(
        channel=meter.channel_id,
        at=stamp.at,
        wh=row.wh,
        line=row.line,
        day=stamp.days[-1],
        twice=stamp.twice,
    )
