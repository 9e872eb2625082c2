"""
One contract for many rooms: what a day added to the bill of the pool, parted among its rooms. Pure.

The utility bills the average room and multiplies, so a heavy room reaches no tier of its own. What
is owed without any use is owed alike by each room; the rest goes by the kWh of the day, common
areas counting alike for all. Each room's entitlement is carried in millionths of a minor unit, so
that the rooms add up every day and none is ever a whole unit away from its exact part.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from meters.billing.charging import Charge, RoomDay, charge_of
from meters.billing.cutting import Stretch
from meters.billing.pricing import Bill, CycleUse, plain
from meters.billing.pricing import price as price_of_cycle
from meters.billing.rounding import WHOLE, Rounding
from meters.billing.splitting import rounded

MICRO = 10**6
FIXED, USE = "pool_fixed", "pool_use"
UP, DOWN = Rounding("ceil"), Rounding("floor")


@dataclass(frozen=True, slots=True)
class PoolPrice:
    """
    What a day added to the bill of a pool, in minor units: `fixed` alike for each of `rooms`,
    `variable` for `wh`, of which `common_wh` was used in nobody's room. `digits` of the currency.
    """

    rooms: int
    fixed: int
    variable: int
    wh: int
    common_wh: int
    digits: int


@dataclass(frozen=True, slots=True)
class PoolRoom:
    """
    A room's day, and what it was entitled to before: millionths, and its running lines. `up` says
    which way its running part was rounded on the night that priced the day, if it was there.
    """

    day: RoomDay
    entitled: int
    lines: Mapping[str, str]
    up: bool | None = None


def bill_of_pool(*, stretches: Sequence[Stretch], use: CycleUse) -> tuple[Bill, int]:
    """The bill of a pool so far, and what of it would be owed without any use, in minor units."""
    idle = replace(use, kwh=dict.fromkeys(use.kwh, Fraction(0)))
    bill = price_of_cycle(stretches=stretches, use=use)
    fixed = price_of_cycle(stretches=stretches, use=idle).total_minor
    return bill, min(fixed, bill.total_minor)


def charged_together(price: PoolPrice, rooms: Sequence[PoolRoom]) -> Iterator[Charge]:
    """The charges of all rooms that were read, on the night that prices the day."""
    after = [_after(price, room) for room in rooms]
    owed = {
        n: Fraction(entitled, MICRO) - room.day.standing.cycle_amount
        for n, (room, (entitled, _)) in enumerate(zip(rooms, after, strict=True))
    }
    # Where every room was read this is the whole amount; millionths that got lost are no unit.
    amount = WHOLE.apply(sum(owed.values(), Fraction(0)))
    parts = rounded(int(amount), owed, list(owed))
    for n, (room, (entitled, lines)) in enumerate(zip(rooms, after, strict=True)):
        yield _charge(room, parts[n], entitled, lines)


def charged_again(price: PoolPrice, room: PoolRoom) -> Charge:
    """
    The charge of one room by the price that a day had: nobody else is moved by a correction. It is
    rounded as it was on that night, so that a correction and its opposite cancel.
    """
    entitled, lines = _after(price, room)
    owed = Fraction(entitled, MICRO) - room.day.standing.cycle_amount
    rounding = WHOLE if room.up is None else UP if room.up else DOWN
    return _charge(room, int(rounding.apply(owed)), entitled, lines)


def entitled_after(price: PoolPrice, room: PoolRoom) -> int:
    """A room's running entitlement with a day, in millionths of a minor unit."""
    return _after(price, room)[0]


def _charge(room: PoolRoom, amount: int, entitled: int, lines: Mapping[str, str]) -> Charge:
    total = room.day.standing.cycle_amount + amount
    return charge_of(room.day, total=total, lines=lines, entitled=entitled)


def _after(price: PoolPrice, room: PoolRoom) -> tuple[int, dict[str, str]]:
    """The running entitlement after the day, and the two lines it consists of."""
    if room.day.wh is None:
        return room.entitled, dict(room.lines)
    fixed = price.fixed * MICRO // price.rooms
    weight = Fraction(room.day.wh) + Fraction(price.common_wh, price.rooms)
    part = weight / price.wh if price.wh else Fraction(1, price.rooms)
    use = int(price.variable * MICRO * part)
    scale = MICRO * 10**price.digits
    lines = {
        name: plain(Fraction(room.lines.get(name, "0")) + Fraction(more, scale))
        for name, more in ((FIXED, fixed), (USE, use))
    }
    return room.entitled + fixed + use, lines
