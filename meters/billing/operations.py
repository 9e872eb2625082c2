"""Writing bills: tariffs published, plans chosen, and each night's charges. Nothing is edited."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db import transaction

from campus.errors import Fault
from campus.people import queries as people
from campus.places import queries as places
from campus.places.models import Campus, Residence
from meters.billing.breakpoints import checked_tariff
from meters.billing.charging import Charge, RoomDay, Standing, charges
from meters.billing.cycles import Cycle, window_start
from meters.billing.facts import Deal
from meters.billing.lines.energy import Energy
from meters.billing.models import DailyCharge, PlanChoice, Share, Tariff, TariffPlan
from meters.billing.plans import Version, check_versions
from meters.billing.queries import deals, standings
from meters.billing.refusals import TariffRefused
from meters.billing.tariff import Tariff as ReadTariff
from meters.readings import queries as readings

Text = Mapping[str, str]


def open_plan(*, campus: Campus, code: str, name: Text) -> TariffPlan:
    """A price agreement without tariffs yet; `name` is {ko, en, zh-Hans}."""
    return TariffPlan.objects.create(campus=campus, code=code, name=dict(name))


@transaction.atomic
def publish_tariff(
    *,
    plan: TariffPlan,
    document: Mapping[str, Any],
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Tariff:
    """
    Add a `cc-tariff/1` document to a plan, valid on [valid_from, valid_to); by default as its
    own dates say. The version before it, if it was open-ended, ends where this one begins.

    :raises TariffRefused: if it cannot be priced, overlaps, or is in another currency
    """
    TariffPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    read = checked_tariff(document)
    _refuse_unchargeable(read, plan.campus)
    version = Version(read, valid_from or read.first_day, valid_to or read.ends_on)
    _end_the_version_before(plan, version)
    rows = plan.tariffs.order_by("valid_from")
    known = [Version(deals.tariff_of(row), row.valid_from, row.valid_to) for row in rows]
    check_versions([*known, version])
    return plan.tariffs.create(
        valid_from=version.starts_on, valid_to=version.ends_on, document=dict(document)
    )


def _refuse_unchargeable(tariff: ReadTariff, campus: Campus) -> None:
    """What the calculator can price, but the nightly charge of a room cannot (yet)."""
    faults = []
    if (tariff.currency, tariff.minor_digits) != (campus.currency, campus.minor_digits):
        faults.append(Fault("currency", "currency_differs", f"the campus pays {campus.currency}"))
    if any(isinstance(line, Energy) and line.period_rates for line in tariff.lines):
        faults.append(Fault("lines", "hours_needed", "rooms are charged by days, not by hours"))
    if tariff.pooled:
        faults.append(Fault("tier_scope", "pool_needed", "rooms are charged one by one"))
    if faults:
        raise TariffRefused(faults=faults)


def _end_the_version_before(plan: TariffPlan, version: Version) -> None:
    open_ended = plan.tariffs.filter(valid_to=None, valid_from__lt=version.starts_on)
    open_ended.update(valid_to=version.starts_on)


@transaction.atomic
def choose_plan(*, residence: Residence, plan: TariffPlan, starts_on: date) -> PlanChoice:
    """Price a residence by a plan from a day on; the plan chosen before ends there."""
    Residence.objects.select_for_update(no_key=True).get(pk=residence.pk)
    chosen = PlanChoice.objects.filter(residence=residence, starts_on__lt=starts_on)
    chosen.filter(ends_on=None).update(ends_on=starts_on)
    return PlanChoice.objects.create(residence=residence, plan=plan, starts_on=starts_on)


@transaction.atomic
def charge_day(*, campus: Campus, day: date, at: datetime) -> int:
    """
    Charge what each room used on a closed day, and split it among who was there that night.

    A day without a reading is not charged: the next one takes its fixed part. Where a charge is
    as it was, nothing is written; where use, residents or tariff changed, a new revision is, and
    so for the later days of the cycle that this moves. Returns how many charges were written.
    """
    # One writer of a campus at a time: each day stands on the newest charge of the one before.
    Campus.objects.select_for_update(no_key=True).get(pk=campus.pk)
    moved = _charge(_Day.of(campus, day), at)
    written = len(moved)
    for later in standings.charged_days_after(day, room_ids=moved):
        written += len(_charge(_Day.of(campus, later, only=moved), at))
    return written


def charge_history(*, campus: Campus, starts_on: date, ends_on: date, at: datetime) -> int:
    """Charge each day of [starts_on, ends_on), in order, as `charge_day` does."""
    days = (starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days))
    return sum(charge_day(campus=campus, day=day, at=at) for day in days)


@dataclass(frozen=True, slots=True)
class _Day:
    """One day of a campus: use by room, who was there, and what is charged already."""

    campus: Campus
    day: date
    use: Mapping[int, tuple[int | None, int]]
    present: Mapping[int, Sequence[int]]
    stored: Mapping[int, standings.Stored]
    nights: Callable[[date], Mapping[int, Mapping[int, int]]]

    @classmethod
    def of(cls, campus: Campus, day: date, *, only: Sequence[int] | None = None) -> "_Day":
        batch = readings.use_of_day(campus=campus, day=day)
        columns = zip(
            batch.room_id.tolist(), batch.wh.tolist(), batch.revision.tolist(), strict=True
        )
        wanted = None if only is None else set(only)
        use = {
            room: (None if wh < 0 else wh, revision)
            for room, wh, revision in columns
            if wanted is None or room in wanted
        }
        present = people.residents_on(campus=campus, day=day)
        # Asked once for each first day of billing, however many residences share it.
        nights = cache(
            lambda first: people.nights_between(
                campus=campus, starts_on=first, ends_on=day + timedelta(days=1)
            )
        )
        stored = standings.stored_on(day, room_ids=list(use))
        return cls(campus, day, use, present, stored, nights)

    def to_charge(self, room_id: int) -> bool:
        """A missing day is nothing to charge, unless it was charged and then withdrawn."""
        return self.use[room_id][0] is not None or room_id in self.stored


def _charge(day: _Day, at: datetime) -> list[int]:
    """Charge one day; returns the rooms whose charge is new or another than before."""
    news = [
        (charge, version, cycle, deal)
        for deal, rooms in _by_deal(day)
        for version in [deals.version_on(day.day, deal=deal)]
        if version is not None
        for cycle in [deals.cycle_on(day.day, version=version)]
        for charge in charges(
            stretches=deals.stretches_of(cycle, deal=deal),
            cycle=cycle,
            day=day.day,
            rooms=_room_days(day, deal, cycle, rooms),
        )
        if not _is_stored(day, charge, version)
    ]
    rows = [_row(day, *new, at=at) for new in news]
    DailyCharge.objects.bulk_create(rows)
    pairs = zip(rows, (new[0] for new in news), strict=True)
    Share.objects.bulk_create([share for row, charge in pairs for share in _shares(row, charge)])
    return [charge.room.room_id for charge, *_ in news]


def _is_stored(day: _Day, charge: Charge, version: Version) -> bool:
    known = day.stored.get(charge.room.room_id)
    return known is not None and known.says(charge, tariff_id=version.key)


def _by_deal(day: _Day) -> Iterator[tuple[Deal, list[int]]]:
    """The rooms to charge, residence by residence; those without a tariff plan are left out."""
    rooms: dict[int, list[int]] = defaultdict(list)
    for fact in places.rooms_of(campus=day.campus):
        if fact.room_id in day.use and day.to_charge(fact.room_id):
            rooms[fact.residence_id].append(fact.room_id)
    known = deals.deals_of(campus_id=day.campus.pk)
    return ((known[home], some) for home, some in rooms.items() if home in known)


def _room_days(day: _Day, deal: Deal, cycle: Cycle, room_ids: Sequence[int]) -> list[RoomDay]:
    past = standings.stored_before(day.day, since=cycle.first_day, room_ids=room_ids)
    fresh = [room for room in room_ids if room not in past]
    opened = _billed_from(day.day, deal, cycle, fresh)
    before = _before(cycle, deal, fresh)
    stood = {room: row.standing for room, row in past.items()} | {
        room: Standing(first, 0, 0, {}) for room, first in opened.items()
    }
    nights = _nights(day, cycle, {standing.billed_from for standing in stood.values()})
    return [
        RoomDay(
            room_id=room,
            wh=day.use[room][0],
            present=day.present.get(room, ()),
            nights=nights[stood[room].billed_from].get(room, 0),
            before_wh=past[room].before_wh if room in past else before.get(room, 0),
            standing=stood[room],
        )
        for room in room_ids
    ]


def _billed_from(
    day: date, deal: Deal, cycle: Cycle, room_ids: Sequence[int]
) -> Mapping[int, date]:
    """
    The first day of the cycle for which a room pays: the first that was closed for it, and not
    before its residence had a tariff. A day whose reading is missing was closed, too.
    """
    since = deals.billed_since(cycle, deal=deal)
    opened = dict.fromkeys(room_ids, day)
    if since < day:
        batch = readings.daily_uses(room_ids=room_ids, starts_on=since, ends_on=day)
        pairs = zip(batch.room_id.tolist(), batch.day_ordinal.tolist(), strict=True)
        for room, ordinal in pairs:
            opened[room] = min(opened[room], date.fromordinal(ordinal))
    return opened


def _before(cycle: Cycle, deal: Deal, room_ids: Sequence[int]) -> Mapping[int, int]:
    """Wh used in the yearly tier window before the cycle; nothing where tiers are per cycle."""
    version = deals.version_on(cycle.first_day, deal=deal)
    used: dict[int, int] = defaultdict(int)
    if version is None or not version.tariff.cycle.yearly_tiers or not room_ids:
        return used
    starts_on = window_start(cycle.first_day, terms=version.tariff.cycle)
    batch = readings.daily_uses(room_ids=room_ids, starts_on=starts_on, ends_on=cycle.first_day)
    for room, wh in zip(batch.room_id.tolist(), batch.wh.tolist(), strict=True):
        used[room] += max(wh, 0)
    return used


def _nights(day: _Day, cycle: Cycle, since: set[date]) -> Mapping[date, Mapping[int, int]]:
    """First billed day -> room -> person-nights of the cycle, if nobody moves after today."""
    to_come = (cycle.end - day.day).days - 1
    return {
        first: {
            room: sum(nights.values()) + to_come * len(day.present.get(room, ()))
            for room, nights in day.nights(first).items()
        }
        for first in since
    }


def _row(
    day: _Day, charge: Charge, version: Version, cycle: Cycle, deal: Deal, *, at: datetime
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
