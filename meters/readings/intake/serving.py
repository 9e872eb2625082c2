"""Which meter of the campus a row speaks of, and whether it served a space then. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Self

import numpy as np
from numpy.typing import NDArray

from meters.readings.batch import Batch
from meters.readings.intake.directory import Directory, Served
from meters.readings.intake.tally import Tally
from meters.readings.local_days import day_of, days_met, days_of_all, opening
from meters.readings.refusals import RowFault, RowRefused, shown
from meters.readings.row import CHANNEL as ONLY
from meters.readings.row import Kind, Row
from meters.readings.sorting import Rows, spool
from meters.readings.sorting.spool import AT, CHANNEL, SECONDS

Days = tuple[int, ...]
Column = NDArray[np.int64]
NOBODY = -1
_NEVER = date.max.toordinal() + 1


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
    first, last = _days(batch, zone)
    serving = _Serving.of([meters.find(serial, ONLY) for serial in batch.meters])
    good = ~late & serving.on(rows[:, CHANNEL], first, last)
    if good.any():
        tally.saw(int(first[good].min()))
        tally.saw(int(first[good].max()))
    if not good.all():
        for row in (_row(batch, place) for place in np.flatnonzero(~good).tolist()):
            tally.refuse(_fault(row, days_of(row, zone), meters, latest))
        rows = spool.some(rows, good)
    rows[:, CHANNEL] = serving.channels[rows[:, CHANNEL]]
    return rows


def _fault(row: Row, days: Days, meters: Directory, latest: int) -> RowFault:
    try:
        meter = served(row, days, meters, latest)
    except RowRefused as fault:
        return RowFault(row.line, fault.code, fault.facts)
    raise AssertionError(f"line {row.line}: {meter.serial} is served alone, not among others")


@dataclass(frozen=True, slots=True, eq=False)
class _Serving:
    """
    Meters by their place in a batch: their channels (-1 for none), and their periods
    [first, after) as int64[periods, meters]; where a meter has fewer, they begin after all days.
    """

    channels: Column
    first: Column
    after: Column

    @classmethod
    def of(cls, found: Sequence[Served | None]) -> Self:
        channels = [meter.channel_id if meter else NOBODY for meter in found]
        periods = [
            [one for one in meter.periods if one[0] < one[1]] if meter else [] for meter in found
        ]
        most = max(map(len, periods), default=0)
        bounds = np.full((2, most, len(found)), _NEVER, dtype=np.int64)
        for n, of_meter in enumerate(periods):
            if of_meter:
                bounds[:, : len(of_meter), n] = np.array(of_meter, dtype=np.int64).T
        return cls(np.array(channels, dtype=np.int64), bounds[0], bounds[1])

    def on(self, meters: Column, first: Column, last: Column) -> NDArray[np.bool_]:
        """Whether each of some meters served a space on any of its days, `first` to `last`."""
        found = np.zeros(len(meters), dtype=np.bool_)
        for begins, after in zip(self.first, self.after, strict=True):
            found |= (last >= begins[meters]) & (first < after[meters])
        return found


def _days(batch: Batch, zone: tzinfo) -> tuple[Column, Column]:
    """For each row the first and the last day it has a part in: as `days_of` has it."""
    at = batch.rows[:, AT]
    last = days_of_all(at - 1 if batch.ends else at, zone)
    if batch.kind != Kind.REGISTER:
        return last, last
    return last - (at == opening(last, zone)), last


def _row(batch: Batch, place: int) -> Row:
    channel, at, _amount, line, seconds = batch.rows[place, :5].tolist()
    return Row(line, batch.meters[channel], at, 0, batch.kind, seconds, batch.ends)
