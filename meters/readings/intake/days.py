"""Rows that each tell one day's use, weighed against what is stored. Pure."""

from collections.abc import Sequence

from meters.readings.intake.weighed import (
    CHANNEL,
    DAY,
    LINE,
    QUALITY,
    WH,
    DayTold,
    Figures,
    Finding,
    Scales,
    Weighed,
    known_already,
    refuse_held,
)
from meters.readings.models import Status
from meters.readings.row import Quality

_STATUS = {
    Quality.MEASURED: Status.ACTUAL,
    Quality.ESTIMATED: Status.ESTIMATED,
    Quality.DOUBTED: Status.SUSPECT,
}


def weigh_days(*, kept: Figures, held: Sequence[Figures], scales: Scales) -> Weighed:
    """
    New revisions for what is told for the first time or told differently.

    A day that the file tells with two values is in doubt, whatever was known before: all its rows
    are held.
    """
    weighed, tally = Weighed(), scales.tally
    below: list[tuple[int, int, int]] = []
    columns = kept[:, [CHANNEL, DAY, WH, LINE, QUALITY]].tolist()
    for channel, day, wh, line, quality in columns:
        now, status = scales.now(channel, day), _STATUS[Quality(quality)]
        if wh < 0 and quality == Quality.DOUBTED:
            below.append((channel, day, line))
            continue
        if now.revision and (scales.only_new or (now.wh, now.status) == (wh, status)):
            tally.repeat([known_already(line)])
            continue
        state = now.totalling(wh, status)
        weighed.days.append(DayTold(channel, day, state, line))
    tally.accept(len(weighed.days))
    for channel, day, line in below:
        now = scales.now(channel, day)
        if now.status != Status.SUSPECT and not (scales.only_new and now.revision):
            state = now.totalling(None, Status.SUSPECT)
            weighed.days.append(DayTold(channel, day, state, line))
            weighed.findings.append(Finding(channel, day, "below_nothing", {}, line))
    for rows in held:
        channel, day, line = (int(value) for value in rows[0, [CHANNEL, DAY, LINE]])
        facts = refuse_held(rows, tally)
        now = scales.now(channel, day)
        if now.status != Status.SUSPECT and not (scales.only_new and now.revision):
            state = now.totalling(None, Status.SUSPECT)
            weighed.days.append(DayTold(channel, day, state, line))
            weighed.findings.append(Finding(channel, day, "two_values", facts, line))
    return weighed
