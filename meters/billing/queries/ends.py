"""What running cycles are expected to come to: many rooms at once, as columns where they can be."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from functools import cache

import numpy as np

from campus.units import kwh
from meters.billing.cutting import Stretch
from meters.billing.facts import MoneyBand
from meters.billing.models import DailyCharge, PoolDay
from meters.billing.pricing import CycleUse, Reach, price, reach
from meters.billing.queries.bills import priced_stretches, use_of
from meters.billing.queries.deals import deals_of
from meters.billing.queries.pools import pool_on
from meters.billing.seasons import ALL_YEAR
from meters.billing.vector import UseColumns, price_rooms
from meters.forecasting.month_end import Expected


@dataclass(frozen=True, slots=True)
class Running:
    """A room's cycle up to its newest charged day, and where it stands in it."""

    row: DailyCharge
    use: CycleUse
    stretches: Sequence[Stretch]
    reach: Reach

    @classmethod
    def of(
        cls, row: DailyCharge, *, pool: PoolDay | None, stretches: Sequence[Stretch]
    ) -> "Running":
        use = use_of(row, pool=pool)
        return cls(row, use, stretches, reach(stretches=stretches, use=use))

    @property
    def whole(self) -> CycleUse:
        """The same use, with all days of the cycle over."""
        billed_from = self.row.billed_from - self.row.cycle_starts_on
        return replace(self.use, elapsed=(timedelta(self.row.cycle_days) - billed_from).days)

    @property
    def priced_alike(self) -> object:
        """The same for all cycles that one pricing can do: a tariff is read once in a process."""
        cuts = tuple((id(cut.tariff), cut.season, cut.days, cut.restarts) for cut in self.stretches)
        return self.row.cycle_starts_on, self.whole.elapsed, cuts

    @property
    def by_hours(self) -> bool:
        """Whether its hours have their own prices, so that its use is no single column."""
        return set(self.use.kwh) != {ALL_YEAR}


def running(rows: Sequence[DailyCharge]) -> list[Running]:
    """The cycles of some rooms of one campus, each from its newest charge."""
    deals = deals_of(campus_id=rows[0].room.residence.campus_id)
    # Rooms of a residence stand on few days: the last one, and where a meter fell silent another.
    pool = cache(lambda residence, day: pool_on(residence_id=residence, day=day))
    cuts: dict[object, Sequence[Stretch]] = {}
    found = []
    for row in rows:
        home = row.room.residence_id
        cycle = (home, row.cycle_starts_on, row.cycle_days, row.tariff_id)
        if cycle not in cuts:
            cuts[cycle] = priced_stretches(row, deal=deals[home])
        its_pool = pool(home, row.day) if row.pooled else None
        found.append(Running.of(row, pool=its_pool, stretches=cuts[cycle]))
    return found


def money(cycles: Sequence[Running], expected: Mapping[int, Expected]) -> Mapping[int, MoneyBand]:
    """Room id -> what its cycle is expected to cost; rooms without an expectation are absent."""
    found: dict[int, MoneyBand] = {}
    alike: dict[object, list[Running]] = defaultdict(list)
    for cycle in cycles:
        row, band = cycle.row, expected.get(cycle.row.room_id)
        if band is None:
            continue
        if row.pooled:
            # In a pool a kWh costs what it cost so far: the end of all other rooms is not ours.
            costs = (row.cycle_amount * wh // max(row.cycle_wh, 1) for wh in _ends(band))
            found[row.room_id] = MoneyBand(*costs)
        elif cycle.by_hours:
            found[row.room_id] = MoneyBand(*(_priced(cycle, wh) for wh in _ends(band)))
        else:
            alike[cycle.priced_alike].append(cycle)
    for some in alike.values():
        found |= _together(some, expected)
    return found


def _ends(band: Expected) -> tuple[int, int, int]:
    return band.wh, band.low, band.high


def _together(cycles: Sequence[Running], expected: Mapping[int, Expected]) -> dict[int, MoneyBand]:
    """Rooms of one cycle and tariff: each three times, as many columns of one pricing."""
    wh = np.array([_ends(expected[cycle.row.room_id]) for cycle in cycles], np.int64)
    times = wh.shape[1]
    whole = cycles[0].whole
    bills = price_rooms(
        stretches=cycles[0].stretches,
        use=UseColumns(
            wh={ALL_YEAR: wh.ravel()},
            cycle=whole.cycle,
            elapsed=whole.elapsed,
            before=np.repeat(_column(cycles, "before_wh"), times),
            nights=np.repeat(_column(cycles, "occupant_nights"), times),
        ),
    )
    totals = bills.total.reshape(wh.shape)
    return {
        cycle.row.room_id: MoneyBand(*(int(end) for end in band))
        for cycle, band in zip(cycles, totals, strict=True)
    }


def _column(cycles: Sequence[Running], name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([getattr(cycle.row, name) for cycle in cycles], np.int64)


def _priced(cycle: Running, wh: int) -> int:
    """A cycle grown to so many Wh, each period in proportion."""
    whole, grown = cycle.whole, Fraction(kwh(wh))
    total = whole.total
    if not total:
        first = next(iter(whole.kwh), ALL_YEAR)
        use = replace(whole, kwh={**whole.kwh, first: grown})
    else:
        use = replace(whole, kwh={key: some * grown / total for key, some in whole.kwh.items()})
    return price(stretches=cycle.stretches, use=use).total_minor
