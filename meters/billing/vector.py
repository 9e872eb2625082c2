"""One tariff for many rooms at once, in integers. `pricing` is its oracle; both always agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from meters.billing.columns import Column, constant
from meters.billing.cutting import Stretch, segment_columns
from meters.billing.cutting import shares as shares_of_days
from meters.billing.cycles import Cycle
from meters.billing.line import ZERO, Context, Line, Segment
from meters.billing.pricing import (
    line_named,
    line_order,
    of_tariff,
    refuse_unfit,
    shares_of,
    tariffs_of,
)
from meters.billing.quota import Quota
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
    Price the same cycle for every room, whatever changes inside it.

    :raises UseNotPriceable: if a tariff by time of use gets use without hours
    """
    tariff = stretches[-1].tariff
    refuse_unfit(tariff, use.wh)
    cut = segment_columns(
        stretches, by_period=_chargeable(stretches, use), before=Column(use.before, WH_OF_KWH)
    )
    pricing = _Pricing(stretches, use, cut)
    lines = {name: pricing.line(name) for name in line_order(pricing.tariffs)}
    total = pricing.total().rounded(tariff.total_rounding)
    return Bills((total * Fraction(10**tariff.minor_digits)).integers(), lines)


def _chargeable(stretches: Sequence[Stretch], use: UseColumns) -> dict[str, Column]:
    columns = {period: Column(wh, WH_OF_KWH) for period, wh in use.wh.items()}
    quotas = [
        _free(stretch.tariff.quota, use) * share
        for stretch, share in zip(stretches, shares_of_days(stretches), strict=True)
        if stretch.tariff.quota is not None
    ]
    if not quotas:
        return columns
    nothing = constant(ZERO, len(use.before))
    used = sum(columns.values(), nothing)
    return {ALL_YEAR: (used - sum(quotas, nothing)).clip(ZERO, None)}


def _free(quota: Quota, use: UseColumns) -> Column:
    one = quota.of(cycle=use.cycle, occupants=Fraction(1), rooms=1)
    if quota.by_occupant:
        return Column(use.nights, use.cycle.days) * one
    return constant(one, len(use.before))


class _Pricing:
    """The lines of one cycle in order, by the same rule as the plain evaluator."""

    def __init__(
        self, stretches: Sequence[Stretch], use: UseColumns, cut: Sequence[Segment[Column]]
    ) -> None:
        self.tariffs = tariffs_of(stretches)
        self._nothing = constant(ZERO, len(use.before))
        self._whole = self._running(self.tariffs[-1], cut, use)
        self._own = [self._whole]
        if len(self.tariffs) > 1:
            cuts = [of_tariff(tariff, stretches, cut) for tariff in self.tariffs]
            self._own = [self._running(*its, use) for its in zip(self.tariffs, cuts, strict=True)]

    def _running(
        self, tariff: Tariff, cut: Sequence[Segment[Column]], use: UseColumns
    ) -> "_Running":
        amounts: dict[str, Column] = {}
        context = Context(
            segments=tuple(cut),
            kwh=sum((segment.kwh for segment in cut), self._nothing),
            amounts=amounts,
            ladder=tariff.ladder,
            cycle_days=use.cycle.days,
            elapsed=Fraction(use.elapsed, use.cycle.days),
            rooms=1,
        )
        return _Running(tariff, context, amounts)

    def line(self, name: str) -> Column:
        """Price the next line of every room and remember it for the lines that stand on it."""
        own = [line_named(running.tariff, name) for running in self._own]
        line = next(line for line in reversed(own) if line)
        if len(own) == 1:
            self._whole.amounts[name] = line.column(self._whole.context).rounded(line.rounding)
            return self._whole.amounts[name]
        return self._line_of_several(name, line, own)

    def _line_of_several(self, name: str, line: Line, own: Sequence[Line | None]) -> Column:
        apart = [
            line.column(running.context) if line else self._nothing
            for line, running in zip(own, self._own, strict=True)
        ]
        together = sum(apart, self._nothing)
        alike = all(other == line for other in own)
        exact = line.column(self._whole.context) if alike else together
        amount = self._whole.amounts[name] = exact.rounded(line.rounding)
        shares = shares_of(own, [running.context for running in self._own])
        for running, its, share in zip(self._own, apart, shares, strict=True):
            running.amounts[name] = its + (amount - together) * share
        return amount

    def total(self) -> Column:
        """What the lines add up to, before the total is rounded."""
        amounts = (
            running.amounts[name] for running in self._own for name in running.tariff.total_of
        )
        return sum(amounts, self._nothing)


@dataclass(frozen=True, slots=True)
class _Running:
    """A tariff of the cycle, what its lines may look at, and what they have come to so far."""

    tariff: Tariff
    context: Context[Column]
    amounts: dict[str, Column]
