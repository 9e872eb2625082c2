"""
A cycle of one room billed again from its first day, as it would have been charged night by night.
Pure: no tables. A correction of a closed cycle is the difference to what was billed, and since
both are worked out alike, a correction and its opposite cancel to the last minor unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from meters.billing.charging import LANDLORD, Key, RoomDay, Standing, charges
from meters.billing.cutting import Stretch
from meters.billing.cycles import Cycle
from meters.billing.pooling import PoolPrice, PoolRoom, charged_again


@dataclass(frozen=True, slots=True)
class DayUse:
    """A day as it is known now: Wh (None when unknown), who was there, nights of the cycle."""

    day: date
    wh: int | None
    present: Sequence[int]
    nights: int
    by_period: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoomCycle:
    """A room's cycle, with the tariffs of its time; in a pool, how each day was priced."""

    room_id: int
    cycle: Cycle
    stretches: Sequence[Stretch]
    billed_from: date
    before_wh: int
    days: Sequence[DayUse]
    pool: Mapping[date, PoolPrice] = field(default_factory=dict)
    ups: Mapping[date, bool] = field(default_factory=dict)


def billed_again(known: RoomCycle) -> Standing:
    """Where the room stands after the last day of the cycle."""
    standing = Standing(known.billed_from, 0, 0, {})
    entitled, lines = 0, dict[str, str]()
    for day in known.days:
        if day.wh is None:
            continue
        room = _room_day(known, day, standing)
        if day.day in known.pool:
            placed = PoolRoom(room, entitled, lines, known.ups.get(day.day))
            charge = charged_again(known.pool[day.day], placed)
            entitled, lines = charge.entitled or 0, dict(charge.lines)
        else:
            (charge,) = charges(
                stretches=known.stretches, cycle=known.cycle, day=day.day, rooms=[room]
            )
        standing = charge.standing
    return standing


def _room_day(known: RoomCycle, day: DayUse, standing: Standing) -> RoomDay:
    return RoomDay(
        room_id=known.room_id,
        wh=day.wh,
        present=day.present,
        nights=day.nights,
        before_wh=known.before_wh,
        standing=standing,
        by_period=day.by_period,
    )


def difference(
    *, billed: Mapping[Key, int], priced: Mapping[Key, int], only_credits: bool
) -> dict[Key, int]:
    """
    What each resident gets back (below zero) or owes; those for whom nothing changes are absent.
    With `only_credits` nobody but the landlord is asked for more.
    """
    keys = sorted({*billed, *priced}, key=lambda key: key or 0)
    found = {key: priced.get(key, 0) - billed.get(key, 0) for key in keys}
    return {
        key: amount
        for key, amount in found.items()
        if amount and (amount < 0 or key is LANDLORD or not only_credits)
    }
