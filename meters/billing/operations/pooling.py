"""The nightly charge of residences that are billed as one."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from campus.units import kwh
from meters.billing.charging import Charge
from meters.billing.cycles import Cycle
from meters.billing.facts import Deal
from meters.billing.models import PoolDay
from meters.billing.plans import Version
from meters.billing.pooling import (
    PoolPrice,
    PoolRoom,
    bill_of_pool,
    charged_again,
    charged_together,
    entitled_after,
)
from meters.billing.pricing import CycleUse, plain
from meters.billing.queries import deals, pools, standings
from meters.billing.queries.days import Day, room_days
from meters.billing.seasons import ALL_YEAR


def pool_charges(
    day: Day,
    *,
    deal: Deal,
    version: Version,
    cycle: Cycle,
    room_ids: Sequence[int],
    at: datetime,
) -> Iterator[Charge]:
    """
    The charges of a pool's rooms. The first close of a day prices it for all; afterwards a room
    that was corrected is charged by that price, and no other room is moved.
    """
    read = room_days(day, deal=deal, version=version, cycle=cycle, room_ids=room_ids)
    past = standings.stored_before(day.day, since=cycle.first_day, room_ids=room_ids)
    ups = pools.ups_of_rooms(room_ids=room_ids, day=day.day)
    rooms = pools.pool_rooms(read, past=past, ups=ups)
    known = pools.pool_on(residence_id=deal.residence_id, day=day.day)
    digits = version.tariff.minor_digits
    if known is None:
        priced = _priced(day, deal, version, cycle, rooms)
        priced.priced_at = at
        priced.save()
        yield from charged_together(pools.price_of(priced, digits=digits), rooms)
        return
    had = pools.price_of(known, digits=digits)
    yield from (charged_again(had, room) for room in rooms if _moved(day, room, had))


def _moved(day: Day, room: PoolRoom, had: PoolPrice) -> bool:
    """Whether a room's day, or what stands before it in the cycle, is other than it was charged."""
    stored = day.stored.get(room.day.room_id)
    if stored is None or day.differs(room.day.room_id):
        return True
    if stored.cycle_amount - stored.amount != room.day.standing.cycle_amount:
        return True
    return stored.pool_entitled != entitled_after(had, room)


def _priced(
    day: Day, deal: Deal, version: Version, cycle: Cycle, rooms: Sequence[PoolRoom]
) -> PoolDay:
    """The pool's bill with this day, less the bill without it."""
    before = pools.pool_before(residence_id=deal.residence_id, day=day.day, since=cycle.first_day)
    tomorrow = day.day + timedelta(days=1)
    common = pools.common_wh(residence_id=deal.residence_id, starts_on=day.day, ends_on=tomorrow)
    wh = common + sum(room.day.wh or 0 for room in rooms)
    cycle_wh = wh + (before.cycle_wh if before else 0)
    nights = sum(room.day.nights for room in rooms)
    opened = min((room.day.standing.billed_from for room in rooms), default=day.day)
    use = CycleUse(
        kwh={ALL_YEAR: Fraction(kwh(cycle_wh))},
        cycle=cycle,
        elapsed=(day.day - opened).days + 1,
        occupants=Fraction(nights, cycle.days),
        rooms=pools.rooms_in(residence_id=deal.residence_id),
    )
    bill, fixed = bill_of_pool(stretches=deals.stretches_of(cycle, deal=deal), use=use)
    total = bill.total_minor
    past_fixed, past_total = (before.cycle_fixed, before.cycle_amount) if before else (0, 0)
    return PoolDay(
        residence_id=deal.residence_id,
        day=day.day,
        tariff_id=version.key,
        cycle_starts_on=cycle.first_day,
        cycle_days=cycle.days,
        rooms=use.rooms,
        wh=wh,
        common_wh=common,
        fixed=fixed - past_fixed,
        variable=(total - fixed) - (past_total - past_fixed),
        cycle_wh=cycle_wh,
        cycle_fixed=fixed,
        cycle_amount=total,
        lines={line.line.id: plain(line.amount) for line in bill.lines},
    )
