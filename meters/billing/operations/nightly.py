"""Each night's charges. Nothing is edited; what is closed for good becomes an adjustment."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from campus import bulk
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


New = tuple[Charge, Version, Cycle, Deal]


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
    rows = (_row(day, *new, at=at) for new in news)
    bulk.insert(model=DailyCharge, columns=_CHARGE, rows=rows)
    made = _keys(day, news)
    shares = (share for charge, *_ in news for share in _shares(made[charge.room.room_id], charge))
    bulk.insert(model=Share, columns=_SHARE, rows=shares)
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


_CHARGE = (
    "room", "day", "revision", "tariff", "mode", "use_revision", "wh", "amount", "cycle_starts_on",
    "cycle_days", "billed_from", "cycle_wh", "cycle_amount", "before_wh", "occupant_nights",
    "by_period", "pool_entitled", "lines", "charged_at",
)  # fmt: skip
_SHARE = ("charge", "holder", "amount", "entitled", "paid", "present")


def _row(
    day: Day, charge: Charge, version: Version, cycle: Cycle, deal: Deal, *, at: datetime
) -> tuple[object, ...]:
    """A charge in the order of _CHARGE."""
    room, after = charge.room, charge.standing
    known = day.stored.get(room.room_id)
    return (
        room.room_id,
        day.day,
        _revision(day, charge),
        version.key,
        known.mode if known else deal.mode,
        day.use[room.room_id][1],
        room.wh,
        charge.amount,
        cycle.first_day,
        cycle.days,
        after.billed_from,
        after.cycle_wh,
        after.cycle_amount,
        room.before_wh,
        room.nights,
        dict(after.by_period),
        charge.entitled,
        dict(charge.lines),
        at,
    )


def _revision(day: Day, charge: Charge) -> int:
    known = day.stored.get(charge.room.room_id)
    return known.revision + 1 if known else 1


def _keys(day: Day, news: Sequence[New]) -> Mapping[int, int]:
    """Room id -> the key of the charge that was just written."""
    revisions = {charge.room.room_id: _revision(day, charge) for charge, *_ in news}
    return standings.keys_on(day.day, revisions=revisions)


def _shares(charge_id: int, charge: Charge) -> Iterator[tuple[object, ...]]:
    """The parts of a charge in the order of _SHARE."""
    for key, part in standings.shares_of(charge).items():
        yield (charge_id, key, *part)
