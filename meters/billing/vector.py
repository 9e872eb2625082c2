"""One tariff for many rooms at once, in integers. `pricing` is its oracle; both always agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from meters.billing.columns import Column, constant, gathered
from meters.billing.cutting import Stretch, segment_columns
from meters.billing.cycles import Cycle
from meters.billing.line import ZERO, Context, Segment
from meters.billing.pricing import CycleUse, line_order, price, refuse_unfit, tariffs_of
from meters.billing.seasons import ALL_YEAR
from meters.billing.tariff import Tariff

Whole = NDArray[np.int64]
WH_OF_KWH = 1000


@dataclass(frozen=True, slots=True)
class UseColumns:
    """
    What many rooms used in the same cycle so far; arrays of int64, one entry a room.

    `wh` by period (`*` where hours are not known), `before` in Wh, and `nights`: person-nights of
    the whole cycle, which feed a quota as occupants = nights / days.
    """

    wh: Mapping[str, Whole]
    cycle: Cycle
    elapsed: int
    before: Whole
    nights: Whole


@dataclass(frozen=True, slots=True)
class Bills:
    """Totals in minor units, and each line as an exact column in the major unit."""

    total: Whole
    lines: Mapping[str, Column]


def price_rooms(*, stretches: Sequence[Stretch], use: UseColumns) -> Bills:
    """
    Price the same cycle for every room. A cycle in which the tariff changes goes room by room.

    :raises UseNotPriceable: if a tariff by time of use gets use without hours
    """
    if len(tariffs_of(stretches)) > 1:
        return _one_by_one(stretches, use)
    tariff = stretches[-1].tariff
    refuse_unfit(tariff, use.wh)
    cut = segment_columns(
        stretches, by_period=_chargeable(tariff, use), before=Column(use.before, WH_OF_KWH)
    )
    return _priced(tariff, use, cut)


def _one_by_one(stretches: Sequence[Stretch], use: UseColumns) -> Bills:
    bills = [price(stretches=stretches, use=_single(use, room)) for room in range(len(use.before))]
    lines = {
        name: gathered([bill.lines[index].amount for bill in bills])
        for index, name in enumerate(line_order(tariffs_of(stretches)))
    }
    return Bills(np.array([bill.total_minor for bill in bills], dtype=np.int64), lines)


def _single(use: UseColumns, room: int) -> CycleUse:
    return CycleUse(
        kwh={period: Fraction(int(wh[room]), WH_OF_KWH) for period, wh in use.wh.items()},
        cycle=use.cycle,
        elapsed=use.elapsed,
        before=Fraction(int(use.before[room]), WH_OF_KWH),
        occupants=Fraction(int(use.nights[room]), use.cycle.days),
    )


def _chargeable(tariff: Tariff, use: UseColumns) -> dict[str, Column]:
    columns = {period: Column(wh, WH_OF_KWH) for period, wh in use.wh.items()}
    if tariff.quota is None:
        return columns
    total = sum(columns.values(), constant(ZERO, len(use.before)))
    one = tariff.quota.of(cycle=use.cycle, occupants=Fraction(1), rooms=1)
    free = constant(one, len(use.before))
    if tariff.quota.by_occupant:
        free = Column(use.nights, use.cycle.days) * one
    return {ALL_YEAR: (total - free).clip(ZERO, None)}


def _priced(tariff: Tariff, use: UseColumns, cut: Sequence[Segment[Column]]) -> Bills:
    nothing = constant(ZERO, len(use.before))
    amounts: dict[str, Column] = {}
    context = Context(
        segments=tuple(cut),
        kwh=sum((segment.kwh for segment in cut), nothing),
        amounts=amounts,
        ladder=tariff.ladder,
        cycle_days=use.cycle.days,
        elapsed=Fraction(use.elapsed, use.cycle.days),
        rooms=1,
    )
    for line in tariff.lines:
        amounts[line.id] = line.column(context).rounded(line.rounding)
    total = sum((amounts[name] for name in tariff.total_of), nothing)
    minor = total.rounded(tariff.total_rounding) * Fraction(10**tariff.minor_digits)
    return Bills(minor.integers(), amounts)
