"""
What a day adds to the bills of many rooms, and to each resident's account. Pure: no tables.

A room stands somewhere in its cycle; a day's use moves it on. The same standing and the same day
give the same charge, however often and in whatever revision it is worked out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import numpy as np

from meters.billing.columns import Column
from meters.billing.cutting import Stretch
from meters.billing.cycles import Cycle
from meters.billing.pricing import plain
from meters.billing.seasons import ALL_YEAR
from meters.billing.splitting import NEW, Account, split_carried
from meters.billing.vector import UseColumns, price_rooms

# The landlord is the key None: who pays when nobody is there.
Key = int | None
LANDLORD: Key = None


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where a room stands in its cycle after a day: totals in Wh and minor units, and accounts.

    `by_period` holds the Wh of a tariff by time of use; it is empty for every other.
    """

    billed_from: date
    cycle_wh: int
    cycle_amount: int
    accounts: Mapping[Key, Account]
    by_period: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoomDay:
    """
    A room's day: Wh (None when withdrawn), who was there, and where the room stood before.

    `before_wh` is what it used earlier in a yearly tier window, `nights` the person-nights of the
    whole cycle as they look on this day. `by_period` parts `wh` where hours have their price.
    """

    room_id: int
    wh: int | None
    present: Sequence[int]
    nights: int
    before_wh: int
    standing: Standing
    by_period: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """What a day adds to somebody's account, and where the account stands after it."""

    amount: int
    account: Account
    present: bool


@dataclass(frozen=True, slots=True)
class Charge:
    """What a day adds to a room's bill; `entitled` is its running part of a pool, in millionths."""

    room: RoomDay
    amount: int
    lines: Mapping[str, str]
    standing: Standing
    parts: Mapping[Key, Part]
    entitled: int | None = None


def charges(
    *, stretches: Sequence[Stretch], cycle: Cycle, day: date, rooms: Sequence[RoomDay]
) -> Iterator[Charge]:
    """The charge of each room for a day of a cycle that all of them share."""
    alike: dict[date, list[RoomDay]] = defaultdict(list)
    for room in rooms:
        alike[room.standing.billed_from].append(room)
    for billed_from, some in alike.items():
        periods = _periods(stretches)
        use = _use(some, cycle, periods=periods, elapsed=(day - billed_from).days + 1)
        bills = price_rooms(stretches=stretches, use=use)
        lines = {name: _texts(column) for name, column in bills.lines.items()}
        for index, room in enumerate(some):
            its_lines = {name: texts[index] for name, texts in lines.items()}
            yield charge_of(room, total=int(bills.total[index]), lines=its_lines)


def _periods(stretches: Sequence[Stretch]) -> list[str]:
    tariff = stretches[-1].tariff
    return [period.id for period in tariff.periods] if tariff.hourly else []


def _use(
    rooms: Sequence[RoomDay], cycle: Cycle, *, periods: Sequence[str], elapsed: int
) -> UseColumns:
    def column(numbers: Iterator[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.fromiter(numbers, dtype=np.int64, count=len(rooms))

    wh = {
        period: column(
            room.standing.by_period.get(period, 0) + room.by_period.get(period, 0) for room in rooms
        )
        for period in periods
    }
    return UseColumns(
        wh=wh or {ALL_YEAR: column(room.standing.cycle_wh + (room.wh or 0) for room in rooms)},
        cycle=cycle,
        elapsed=elapsed,
        before=column(room.before_wh for room in rooms),
        nights=column(room.nights for room in rooms),
    )


def _texts(column: Column) -> list[str]:
    common = int(np.gcd.reduce(column.numerators, initial=column.denominator))
    numbers = (column.numerators // common).tolist()
    if column.denominator == common:
        return [str(number) for number in numbers]
    return [plain(Fraction(number, column.denominator // common)) for number in numbers]


def charge_of(
    room: RoomDay, *, total: int, lines: Mapping[str, str], entitled: int | None = None
) -> Charge:
    """The charge that brings a room's cycle to a total, split among who was there."""
    past = room.standing
    amount = 0 if room.wh is None else total - past.cycle_amount
    parts = _parts(room, amount)
    after = Standing(
        billed_from=past.billed_from,
        cycle_wh=past.cycle_wh + (room.wh or 0),
        cycle_amount=past.cycle_amount + amount,
        accounts={key: part.account for key, part in parts.items()},
        by_period=_sums(past.by_period, room.by_period),
    )
    return Charge(room, amount, lines, after, parts, entitled)


def _sums(past: Mapping[str, int], today: Mapping[str, int]) -> dict[str, int]:
    return {key: past.get(key, 0) + today.get(key, 0) for key in {**past, **today}}


def _parts(room: RoomDay, amount: int) -> dict[Key, Part]:
    """The day's amount on the accounts: equal for each person there, else on the landlord's."""
    present: Sequence[Key] = room.present or [LANDLORD]
    past = room.standing.accounts
    keys = sorted({*past, *present}, key=lambda key: key or 0)
    after = split_carried(amount, weights=dict.fromkeys(present, 1), accounts=past, tie_order=keys)
    return {
        key: Part(after[key].given - past.get(key, NEW).given, after[key], key in present)
        for key in keys
    }
