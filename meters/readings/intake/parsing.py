"""From a file to rows of known meters, set aside; each fault of a row goes to the tally."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from meters.readings.batch import Batch
from meters.readings.formats import Opened
from meters.readings.intake.directory import Directory, Served
from meters.readings.intake.serving import days_of, served, served_rows
from meters.readings.intake.tally import Tally
from meters.readings.refusals import NoRows, RowFault, RowRefused
from meters.readings.row import Remark, Row
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
        if isinstance(row, Batch):
            spool.add_rows(
                served_rows(batch=row, zone=zone, meters=meters, latest=latest, tally=tally)
            )
            continue
        days = days_of(row, zone)
        meter = serving.get((row.meter, row.channel, days))
        try:
            if meter is None or row.at + row.seconds > latest:
                meter = served(row, days, meters, latest)
                serving[row.meter, row.channel, days] = meter
        except RowRefused as fault:
            if not row.is_below_nothing:  # else it was refused when it was read
                tally.refuse(RowFault(row.line, fault.code, fault.facts))
            continue
        tally.saw(days[0])
        spool.add(channel=meter.channel_id, row=row)
        if row.balance:
            balances.append((meter.channel_id, row))
    return balances


def _rows(opened: Opened, tally: Tally) -> Iterator[Row | Batch]:
    """The rows that were understood."""
    told = False
    for row in opened.rows:
        if isinstance(row, Remark):
            tally.remark(row)
            continue
        told = True
        if isinstance(row, RowFault):
            tally.told(row)
        else:
            yield row
    if not told:
        raise NoRows
