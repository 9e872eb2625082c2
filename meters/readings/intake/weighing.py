"""One part of a file, all rows of some channels, weighed against what is stored of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from meters.readings import sorting
from meters.readings.intake import storing
from meters.readings.intake.days import weigh_days
from meters.readings.intake.directory import Directory
from meters.readings.intake.hours import weigh_hours
from meters.readings.intake.registers import weigh_registers
from meters.readings.intake.tally import Tally
from meters.readings.intake.weighed import (
    DAY_LONG,
    Figures,
    Scales,
    Stored,
    Weighed,
    figures,
    whole_days,
)
from meters.readings.local_days import day_of, opens
from meters.readings.refusals import RowFault
from meters.readings.sorting import Rows, Sifted, spool
from meters.readings.sorting.spool import AT, CHANNEL, LINE


def weigh(
    *, rows: Rows, zone: ZoneInfo, meters: Directory, tally: Tally, only_new: bool
) -> Weighed:
    """What is to be written; each row is counted in the tally."""
    first, last = (day_of(int(at), zone) for at in (rows[:, AT].min(), rows[:, AT].max()))
    reach = _Reach(np.unique(rows[:, CHANNEL]).tolist(), first - 1, last + 1)
    stored = reach.stored()
    sifted = _sift(rows, stored, zone, tally)
    scales = Scales(stored, zone, tally, only_new)
    kept, held = sifted.kept, sifted.held_times()
    registers = spool.registers(kept)
    told = figures(spool.some(kept, ~registers) if registers.any() else kept, zone)
    days = whole_days(told, zone)
    torn = [figures(some, zone) for some in held if not spool.registers(some)[0]]
    torn_days = [some for some in torn if whole_days(some, zone)[0]]
    torn_hours = [some for some in torn if not whole_days(some, zone)[0]]
    weighed = weigh_days(kept=spool.some(told, days), held=torn_days, scales=scales)
    hours = spool.some(told, ~days) if days.any() else told
    weighed.add(weigh_hours(kept=hours, held=torn_hours, scales=scales))
    if registers.any() or len(torn) < len(held):
        shown = figures(spool.some(kept, registers), zone)
        torn_registers = [figures(some, zone) for some in held if spool.registers(some)[0]]
        weighed.add(_weigh_registers(shown, torn_registers, reach, meters, scales))
    return weighed


@dataclass(frozen=True, slots=True)
class _Reach:
    """Some channels, and day ordinals from `first` to `last`."""

    channels: Sequence[int]
    first: int
    last: int

    def stored(self) -> Stored:
        return storing.stored_days(channels=self.channels, first=self.first, last=self.last)


def _weigh_registers(
    kept: Figures, held: list[Figures], reach: _Reach, meters: Directory, scales: Scales
) -> Weighed:
    channels = sorted({int(row) for some in [kept, *held] for row in some[:, CHANNEL]})
    readings = storing.stored_readings(
        channels=channels,
        first=opens(reach.first, scales.zone),
        last=opens(reach.last + 1, scales.zone),
    )
    between = [day_of(at, scales.zone) for _channel, at, _event in readings]
    # A reading far off may bound days that this file never names.
    wider = _Reach(
        channels,
        min([reach.first, *(day - 1 for day in between)]),
        max([reach.last, *(day + 1 for day in between)]),
    )
    return weigh_registers(
        kept=kept,
        held=held,
        readings=readings,
        meters=meters.by_channel,
        scales=replace(scales, stored=wider.stored()),
    )


def _sift(rows: Rows, stored: Stored, zone: ZoneInfo, tally: Tally) -> Sifted:
    lengths = {
        channel: state.minutes * 60
        for (channel, _day), state in stored.items()
        if state.minutes < DAY_LONG
    }
    placed, lost = sorting.place(rows, lengths=lengths)
    for row in lost[~spool.in_doubt(lost)]:
        stamp = datetime.fromtimestamp(int(row[AT]), tz=zone).strftime("%Y-%m-%d %H:%M")
        tally.refuse(RowFault(int(row[LINE]), "hour_ambiguous", {"value": stamp}))
    sifted = sorting.sift(placed)
    tally.repeat(
        RowFault(int(line), "same_again", {"first": int(first)}) for line, first in sifted.repeated
    )
    tally.accept(int((~spool.in_doubt(sifted.superseded)).sum()))
    return sifted
