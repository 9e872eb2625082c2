"""A tariff tried on what rooms really used, before anybody is billed by it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from campus.places.models import Residence
from campus.units import kwh
from meters.billing.charging import RoomDay, Standing
from meters.billing.cutting import cut
from meters.billing.cycles import Cycle, cycle_of, window_start
from meters.billing.facts import Trial, TrialRoom
from meters.billing.models import DailyCharge
from meters.billing.pooling import PoolPrice, PoolRoom, bill_of_pool, charged_together
from meters.billing.pricing import CycleUse
from meters.billing.queries import pools
from meters.billing.queries.bills import newest
from meters.billing.queries.hours import by_period
from meters.billing.refusals import NothingToTry
from meters.billing.seasons import ALL_YEAR
from meters.billing.tariff import Tariff
from meters.billing.vector import UseColumns, price_rooms
from meters.readings import queries as readings

Whole = NDArray[np.int64]


def try_tariff(*, residence: Residence, tariff: Tariff, today: date) -> Trial:
    """
    The last cycle that was billed to its end, room by room: as it was, and by another tariff over
    the same days. Nothing is written.

    :raises NothingToTry: if no cycle of the residence is over
    """
    rows = _last_cycle(residence, today)
    if not rows:
        raise NothingToTry
    first, days = rows[0].cycle_starts_on, rows[0].cycle_days
    months = cycle_of(first, terms=tariff.cycle).months
    cycle = Cycle(first, days, months)
    afters = (_pooled if tariff.pooled else _apart)(rows, cycle, residence, tariff)
    return Trial(
        starts_on=first,
        ends_on=cycle.end,
        rooms=tuple(
            TrialRoom(row.room_id, row.room.number, row.cycle_wh, row.cycle_amount, after)
            for row, after in zip(rows, afters, strict=True)
        ),
    )


def _apart(
    rows: Sequence[DailyCharge], cycle: Cycle, residence: Residence, tariff: Tariff
) -> Iterator[int]:
    """Each room's bill of the cycle, by itself."""
    use = _use(rows, cycle, residence, tariff)
    bills = price_rooms(stretches=cut(cycle, in_force=lambda _: tariff), use=use)
    return (int(total) for total in bills.total)


def _pooled(
    rows: Sequence[DailyCharge], cycle: Cycle, residence: Residence, tariff: Tariff
) -> Iterator[int]:
    """Each room's part of one bill for all of them, parted as a night parts a day."""
    common = pools.common_wh(
        residence_id=residence.pk, starts_on=cycle.first_day, ends_on=cycle.end
    )
    wh = common + sum(row.cycle_wh for row in rows)
    use = CycleUse(
        kwh={ALL_YEAR: Fraction(kwh(wh))},
        cycle=cycle,
        elapsed=cycle.days,
        occupants=Fraction(sum(row.occupant_nights for row in rows), cycle.days),
        rooms=pools.rooms_in(residence_id=residence.pk),
    )
    bill, fixed = bill_of_pool(stretches=cut(cycle, in_force=lambda _: tariff), use=use)
    priced = PoolPrice(use.rooms, fixed, bill.total_minor - fixed, wh, common, tariff.minor_digits)
    opened = Standing(cycle.first_day, 0, 0, {})
    days = (RoomDay(row.room_id, row.cycle_wh, (), row.occupant_nights, 0, opened) for row in rows)
    charged = charged_together(priced, [PoolRoom(day, 0, {}) for day in days])
    return (charge.amount for charge in charged)


def _last_cycle(residence: Residence, today: date) -> list[DailyCharge]:
    """The charge of its last day of each room billed in the newest cycle that is over."""
    charges = newest(DailyCharge.objects.filter(room__residence=residence, day__lt=today))
    ends = (
        (day, start)
        for day, start, days in charges.order_by("-day")
        .values_list("day", "cycle_starts_on", "cycle_days")
        .distinct()
        if day == start + timedelta(days=days - 1)
    )
    newest_end = next(ends, None)
    if newest_end is None:
        return []
    day, start = newest_end
    rows = charges.filter(day=day, cycle_starts_on=start).select_related("room")
    return list(rows.order_by("room__number"))


def _use(
    rows: Sequence[DailyCharge], cycle: Cycle, residence: Residence, tariff: Tariff
) -> UseColumns:
    nights = [row.occupant_nights for row in rows]
    room_ids = [row.room_id for row in rows]
    before = _before(room_ids, cycle, tariff)
    whole = np.array([row.cycle_wh for row in rows], dtype=np.int64)
    wh = _hours(room_ids, cycle, residence, tariff) if tariff.hourly else {"*": whole}
    return UseColumns(
        wh=wh,
        cycle=cycle,
        elapsed=cycle.days,
        before=np.array([before[room] for room in room_ids], dtype=np.int64),
        nights=np.array(nights, dtype=np.int64),
    )


def _before(room_ids: Sequence[int], cycle: Cycle, tariff: Tariff) -> Mapping[int, int]:
    """Wh used earlier in a yearly tier window."""
    used: dict[int, int] = defaultdict(int)
    if tariff.cycle.yearly_tiers:
        opens = window_start(cycle.first_day, terms=tariff.cycle)
        batch = readings.daily_uses(room_ids=room_ids, starts_on=opens, ends_on=cycle.first_day)
        for room, wh in zip(batch.room_id.tolist(), batch.wh.tolist(), strict=True):
            used[room] += max(wh, 0)
    return used


def _hours(
    room_ids: Sequence[int], cycle: Cycle, residence: Residence, tariff: Tariff
) -> dict[str, Whole]:
    """Wh of the cycle by period, each room's days parted as their meters told."""
    row_of = {room: row for row, room in enumerate(room_ids)}
    sums = {period.id: np.zeros(len(room_ids), dtype=np.int64) for period in tariff.periods}
    batch = readings.daily_uses(room_ids=room_ids, starts_on=cycle.first_day, ends_on=cycle.end)
    used: dict[date, dict[int, int]] = defaultdict(dict)
    columns = zip(
        batch.room_id.tolist(), batch.day_ordinal.tolist(), batch.wh.tolist(), strict=True
    )
    for room, day, wh in columns:
        if wh >= 0:
            used[date.fromordinal(day)][room] = wh
    for on, its in used.items():
        parts = by_period(campus=residence.campus, day=on, tariff=tariff, used=its)
        for room, some in parts.items():
            for period, wh in some.items():
                sums[period][row_of[room]] += wh
    return sums
