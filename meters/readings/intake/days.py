"""Rows that each tell one day's use, weighed against what is stored. Pure."""

from meters.readings.intake.sifting import Sifted
from meters.readings.intake.spool import AT, CHANNEL, LINE, WH
from meters.readings.intake.weighed import (
    DayTold,
    Finding,
    Scales,
    Weighed,
    known_already,
    refuse_held,
)
from meters.readings.models import Status


def weigh_days(*, sifted: Sifted, scales: Scales) -> Weighed:
    """
    New revisions for what is told for the first time or told differently.

    A day that the file tells with two values is in doubt, whatever was known before: all its rows
    are held.
    """
    weighed, tally = Weighed(), scales.tally
    columns = sifted.kept[:, [CHANNEL, AT, WH, LINE]].tolist()
    for channel, day, wh, line in columns:
        now = scales.now(channel, day)
        if now.revision and (scales.only_new or (now.wh, now.status) == (wh, Status.ACTUAL)):
            tally.repeat([known_already(line)])
            continue
        state = now.totalling(wh, Status.ACTUAL)
        weighed.days.append(DayTold(channel, day, state, line))
    tally.accept(len(weighed.days))
    for rows in sifted.held_times():
        channel, day, line = (int(value) for value in rows[0, [CHANNEL, AT, LINE]])
        facts = refuse_held(rows, tally)
        now = scales.now(channel, day)
        if now.status != Status.SUSPECT and not (scales.only_new and now.revision):
            state = now.totalling(None, Status.SUSPECT)
            weighed.days.append(DayTold(channel, day, state, line))
            weighed.findings.append(Finding(channel, day, "two_values", facts, line))
    return weighed
