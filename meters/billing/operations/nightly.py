"""Each night's charges. Nothing is edited; what is closed for good becomes an adjustment."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from campus.places import queries as places
from campus.places.models import BillMode, Campus
from meters.billing.charging import Charge, charges
from meters.billing.cycles import Cycle
from meters.billing.facts import Deal
from meters.billing.models import DailyCharge, Share
from meters.billing.operations import adjusting
from meters.billing.operations.pooling import pool_charges
from meters.billing.plans import Version
from meters.billing.queries import closed, deals, standings
from meters.billing.queries.days import Day, by_deal, room_days
from meters.forecasting import operations as forecasting


@transaction.atomic
def charge_day(*, campus: Campus, day: date, at: datetime) -> int:
    """
    Charge what each room used on a closed day, and split it among who was there that night.

    A day without a reading is not charged: the next one takes its fixed part. Where a charge is
    as it was, nothing is written; where use, residents or tariff changed, a new revision is, and
    so for the later days of the cycle that this moves. In a cycle that is closed for good what
    changed waits as an adjustment instead. With the last day of a cycle the forecasts of its end
    are measured. Returns how many charges were written.
    """
    written = _charge_on(campus, day, None, at)
    for cycle, rooms in _ending(campus, day).items():
        forecasting.measure_month_end(
            campus=campus, room_ids=rooms, starts_on=cycle.first_day, ends_on=cycle.end, at=at
        )
    return len(written)


def _ending(campus: Campus, day: date) -> Mapping[Cycle, list[int]]:
    """The cycles of which a day is the last, with the rooms that are billed in them."""
    cycles = {
        residence: cycle
        for residence, deal in deals.deals_of(campus_id=campus.pk).items()
        for version in [deals.version_on(day, deal=deal)]
        if version is not None
        for cycle in [deals.cycle_on(day, version=version)]
        if cycle.end == day + timedelta(days=1)
    }
    found: dict[Cycle, list[int]] = defaultdict(list)
    for room in places.rooms_of(campus=campus) if cycles else ():
        if room.residence_id in cycles:
            found[cycles[room.residence_id]].append(room.room_id)
    return found


def charge_history(*, campus: Campus, starts_on: date, ends_on: date, at: datetime) -> int:
    """Charge each day of [starts_on, ends_on), in order, as `charge_day` does."""
    days = (starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days))
    return sum(charge_day(campus=campus, day=day, at=at) for day in days)


@transaction.atomic
def charge_rooms(*, campus: Campus, day: date, room_ids: Sequence[int], at: datetime) -> int:
    """Charge a day again for some rooms only, as `charge_day` does."""
    return len(_charge_on(campus, day, room_ids, at))


def _charge_on(
    campus: Campus, day: date, room_ids: Sequence[int] | None, at: datetime
) -> list[int]:
    # One writer of a campus at a time: each day stands on the newest charge of the one before.
    Campus.objects.select_for_update(no_key=True).get(pk=campus.pk)
    moved = _charge(Day.of(campus, day, only=room_ids), at)
    written = list(moved)
    for later in standings.charged_days_after(day, room_ids=moved):
        written += _charge(Day.of(campus, later, only=moved), at)
    return written


def _charge(day: Day, at: datetime) -> list[int]:
    """Charge one day; returns the rooms whose charge is new or another than before."""
    news = [
        (charge, version, cycle, deal)
        for deal, rooms in by_deal(day)
        for version in [deals.version_on(day.day, deal=deal)]
        if version is not None
        for cycle in [deals.cycle_on(day.day, version=version)]
        for charge in _charges(day, deal, version, cycle, rooms=rooms, at=at)
        if not _is_stored(day, charge, version)
    ]
    rows = [_row(day, *new, at=at) for new in news]
    DailyCharge.objects.bulk_create(rows)
    pairs = zip(rows, (new[0] for new in news), strict=True)
    Share.objects.bulk_create([share for row, charge in pairs for share in _shares(row, charge)])
    return [charge.room.room_id for charge, *_ in news]


def _charges(
    day: Day, deal: Deal, version: Version, cycle: Cycle, *, rooms: Sequence[int], at: datetime
) -> Iterator[Charge]:
    """The charges of a residence's rooms whose bill is open, each by itself or all as a pool."""
    room_ids = _still_open(day, deal, cycle, rooms, at)
    if version.tariff.pooled:
        return pool_charges(day, deal=deal, version=version, cycle=cycle, room_ids=room_ids, at=at)
    return charges(
        stretches=deals.stretches_of(cycle, deal=deal),
        cycle=cycle,
        day=day.day,
        rooms=room_days(day, deal=deal, version=version, cycle=cycle, room_ids=room_ids),
    )


def _still_open(
    day: Day, deal: Deal, cycle: Cycle, rooms: Sequence[int], at: datetime
) -> Sequence[int]:
    """The rooms whose bill is still revised; what changed in the others waits as adjustments."""
    if deal.mode != BillMode.CHARGED:
        return rooms
    shut = closed.closed_rooms(cycle, campus=day.campus, room_ids=rooms, at=at)
    changed = [room for room in rooms if room in shut and day.differs(room)]
    adjusting.note(room_ids=changed, starts_on=cycle.first_day, at=at)
    return [room for room in rooms if room not in shut]


def _is_stored(day: Day, charge: Charge, version: Version) -> bool:
    known = day.stored.get(charge.room.room_id)
    return known is not None and known.says(charge, tariff_id=version.key)


def _row(
    day: Day, charge: Charge, version: Version, cycle: Cycle, deal: Deal, *, at: datetime
) -> DailyCharge:
    known = day.stored.get(charge.room.room_id)
    return DailyCharge(
        room_id=charge.room.room_id,
        day=day.day,
        revision=known.revision + 1 if known else 1,
        tariff_id=version.key,
        mode=known.mode if known else deal.mode,
        use_revision=day.use[charge.room.room_id][1],
        wh=charge.room.wh,
        amount=charge.amount,
        cycle_starts_on=cycle.first_day,
        cycle_days=cycle.days,
        billed_from=charge.standing.billed_from,
        cycle_wh=charge.standing.cycle_wh,
        cycle_amount=charge.standing.cycle_amount,
        before_wh=charge.room.before_wh,
        occupant_nights=charge.room.nights,
        by_period=dict(charge.standing.by_period),
        pool_entitled=charge.entitled,
        lines=dict(charge.lines),
        charged_at=at,
    )


def _shares(row: DailyCharge, charge: Charge) -> Iterator[Share]:
    for key, (amount, entitled, paid, present) in standings.shares_of(charge).items():
        yield Share(
            charge=row,
            holder_id=key,
            amount=amount,
            entitled=entitled,
            paid=paid,
            present=present,
        )
