"""Which meter of the campus a row speaks of, and whether it served a space then. Pure."""

from datetime import date, tzinfo

import numpy as np
from numpy.typing import NDArray

from meters.readings.batch import Batch
from meters.readings.intake.directory import Directory, Served
from meters.readings.intake.tally import Tally
from meters.readings.local_days import day_of, days_met
from meters.readings.refusals import RowFault, RowRefused, shown
from meters.readings.row import Kind, Row
from meters.readings.sorting import Rows
from meters.readings.sorting.spool import AT, CHANNEL, LINE, SECONDS

Days = tuple[int, ...]
_NOBODY = -1


def served(row: Row, days: Days, meters: Directory, latest: int) -> Served:
    """
    The channel of a row, which has a part in `days`.

    :raises RowRefused: unknown_meter, unknown_channel, future, not_installed
    """
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


def days_of(row: Row, zone: tzinfo) -> Days:
    """The local days that a row has a part in."""
    if row.kind == Kind.REGISTER:
        return days_met(row.at, zone)
    return (day_of(row.at - 1 if row.ends else row.at, zone),)


def served_rows(
    *, batch: Batch, zone: tzinfo, meters: Directory, latest: int, tally: Tally
) -> Rows:
    """The rows of a batch under the channels of their meters; each fault is told by its line."""
    rows = batch.rows
    late = rows[:, AT] + (0 if batch.ends else rows[:, SECONDS]) > latest
    # The rows of one meter on one day are served alike, but those of the future.
    alike = (rows[:, CHANNEL] << 24 | _days(batch, zone)) << 1 | late
    _, first, places = np.unique(alike, return_index=True, return_inverse=True)
    channels = np.full(len(first), _NOBODY, dtype=np.int64)
    for n, place in enumerate(first.tolist()):
        row = _row(batch, place)
        days = days_of(row, zone)
        try:
            channels[n] = served(row, days, meters, latest).channel_id
        except RowRefused as fault:
            for line in rows[places == n, LINE].tolist():
                tally.refuse(RowFault(line, fault.code, fault.facts))
        else:
            tally.saw(days[0])
    rows[:, CHANNEL] = channels[places]
    kept: Rows = rows[rows[:, CHANNEL] != _NOBODY]
    return kept


def _days(batch: Batch, zone: tzinfo) -> NDArray[np.int64]:
    """For each row what days it has a part in, as one number: twice the last, and one if two."""
    at, places = np.unique(batch.rows[:, AT], return_inverse=True)
    met = [days_of(Row(0, "", each, 0, batch.kind, ends=batch.ends), zone) for each in at.tolist()]
    told = [2 * days[-1] + len(days) - 1 for days in met]
    found: NDArray[np.int64] = np.array(told, dtype=np.int64)[places]
    return found


def _row(batch: Batch, place: int) -> Row:
    channel, at, _amount, line, seconds = batch.rows[place, :5].tolist()
    return Row(line, batch.meters[channel], at, 0, batch.kind, seconds, batch.ends)
