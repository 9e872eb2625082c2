"""How a room's cycle is going, for those who live in it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import OuterRef, Subquery

from campus.people.models import Holder
from campus.places.models import BillMode, Room
from meters.billing.facts import BalanceFact, MoneyBand, Outlook
from meters.billing.models import Balance, DailyCharge
from meters.billing.pricing import Reach
from meters.billing.queries import ends
from meters.billing.running_out import Lasting, advice, lasting
from meters.forecasting import queries as forecasting
from meters.forecasting.month_end import Expected

WH = 1000
AT_ONCE = 1000  # fewer names than any engine takes


def outlook(*, room: Room, holder: Holder | None, today: date) -> Outlook | None:
    """The running cycle of a room, from its newest charged day; None before the first."""
    goings = _goings([room.pk], today)
    balances = newest_balances(room_ids=[room.pk])
    return next((_outlook(going, holder, balances) for going in goings), None)


def outlooks(*, room_ids: Sequence[int], today: date) -> Mapping[int, Outlook]:
    """
    Room id -> its running cycle, in so many statements for one room or for a thousand; rooms that
    were never charged are absent. The rooms must be of one campus.
    """
    parts = (room_ids[first : first + AT_ONCE] for first in range(0, len(room_ids), AT_ONCE))
    return {room: going for some in parts for room, going in _outlooks(some, today).items()}


def _outlooks(room_ids: Sequence[int], today: date) -> dict[int, Outlook]:
    balances = newest_balances(room_ids=room_ids)
    goings = _goings(room_ids, today)
    return {going.row.room_id: _outlook(going, None, balances) for going in goings}


def _outlook(going: "_Going", holder: Holder | None, balances: Mapping[int, Balance]) -> Outlook:
    row = going.row
    share = _share(row, holder) if holder else None
    told = balances.get(row.room_id) if row.mode == BillMode.PREPAID else None
    return Outlook(
        day=row.day,
        starts_on=row.cycle_starts_on,
        ends_on=going.ends_on,
        mode=row.mode,
        wh=row.cycle_wh,
        amount=row.cycle_amount,
        share=share[0] if share else None,
        per_day_wh=going.per_day,
        expected_wh=going.expected,
        expected=going.money,
        expected_share=_shared(going.money, row, share),
        tier=going.reach.tier,
        tier_lasts=_within(going, going.reach.tier.kwh_left if going.reach.tier else None),
        free_left=going.reach.free_left,
        free_kwh=_free(going.reach),
        free_lasts=_within(going, going.reach.free_left),
        balance=_balance(told, going) if told else None,
    )


def _goings(room_ids: Sequence[int], today: date) -> Iterator["_Going"]:
    """How the cycles of some rooms of one campus are going, read together."""
    rows = _last_charges(room_ids, today)
    if not rows:
        return
    cycles, expected = ends.running(rows), _expected(rows)
    money = ends.money(cycles, expected)
    for cycle in cycles:
        row = cycle.row
        yield _Going(row, today, cycle.reach, expected.get(row.room_id), money.get(row.room_id))


def _last_charges(room_ids: Sequence[int], today: date) -> list[DailyCharge]:
    """The newest charge of each room up to a day."""
    charges = DailyCharge.objects.filter(room=OuterRef("pk"), day__lte=today)
    last = charges.order_by("-day", "-revision").values("pk")[:1]
    rooms = Room.objects.filter(pk__in=room_ids).annotate(last=Subquery(last))
    keys = list(rooms.exclude(last=None).values_list("last", flat=True))
    rows = DailyCharge.objects.filter(pk__in=keys).order_by("room_id")
    return list(rows.select_related("tariff", "room__residence__campus"))


def _expected(rows: Sequence[DailyCharge]) -> dict[int, Expected]:
    """Room id -> the expected end of its cycle; rooms that stand on the same day go together."""
    alike: dict[tuple[date, date, int], list[DailyCharge]] = defaultdict(list)
    for row in rows:
        alike[row.day, row.cycle_starts_on, row.cycle_days].append(row)
    found: dict[int, Expected] = {}
    for (day, starts_on, days), some in alike.items():
        found |= forecasting.month_ends(
            campus_id=some[0].room.residence.campus_id,
            so_far={row.room_id: row.cycle_wh for row in some},
            day=day,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=days),
        )
    return found


@dataclass(frozen=True, slots=True)
class _Going:
    """A charged day, where its cycle stands, and what is expected of the rest."""

    row: DailyCharge
    today: date
    reach: Reach
    expected: Expected | None
    money: MoneyBand | None

    @property
    def ends_on(self) -> date:
        return self.row.cycle_starts_on + timedelta(days=self.row.cycle_days)

    @property
    def days_left(self) -> int:
        return (self.ends_on - self.row.day).days - 1

    @property
    def per_day(self) -> int | None:
        """Wh a day as expected for the rest of the cycle; after it, as in the cycle."""
        if self.expected is None:
            return None
        if self.days_left:
            return (self.expected.wh - self.row.cycle_wh) // self.days_left
        return self.row.cycle_wh // self.row.cycle_days

    @property
    def cost_per_day(self) -> int:
        """Minor units a day, as expected for the rest of the cycle."""
        if self.money is None or not self.days_left:
            return self.row.cycle_amount // ((self.row.day - self.row.billed_from).days + 1)
        return max(self.money.expected - self.row.cycle_amount, 0) // self.days_left


def _share(row: DailyCharge, holder: Holder) -> tuple[int, bool, int] | None:
    """What a holder pays of the cycle so far, whether they were there last, and how many were."""
    shares = list(row.shares.all())
    people = sum(share.present and share.holder_id is not None for share in shares)
    mine = (share for share in shares if share.holder_id == holder.pk)
    return next(((share.paid, share.present, people) for share in mine), None)


def _shared(
    money: MoneyBand | None, row: DailyCharge, share: tuple[int, bool, int] | None
) -> MoneyBand | None:
    """One's own part at the end, if those who are here stay."""
    if money is None or share is None:
        return None
    paid, present, people = share
    parts = people if present else 0

    def own(amount: int) -> int:
        return paid + ((amount - row.cycle_amount) // parts if parts else 0)

    return MoneyBand(own(money.expected), own(money.low), own(money.high))


def _free(reach: Reach) -> Fraction | None:
    return None if reach.free_kwh is None else reach.free_kwh + (reach.free_left or 0)


def _within(going: _Going, left: Fraction | None) -> Lasting | None:
    """How long kWh of the cycle last; None where they outlast it."""
    if left is None or going.per_day is None:
        return None
    found = lasting(
        left=int(left * WH), per_day=going.per_day, since=going.row.day, today=going.row.day
    )
    return found if found and found.until < going.ends_on else None


def newest_balances(*, room_ids: Sequence[int]) -> Mapping[int, Balance]:
    """Room id -> what the official system told last of it; rooms it never told of are absent."""
    told = Balance.objects.filter(room=OuterRef("pk")).order_by("-read_at", "-revision")
    rooms = Room.objects.filter(pk__in=room_ids).annotate(last=Subquery(told.values("pk")[:1]))
    keys = list(rooms.exclude(last=None).values_list("last", flat=True))
    return {row.room_id: row for row in Balance.objects.filter(pk__in=keys)}


def _balance(told: Balance, going: _Going) -> BalanceFact:
    """An official balance, and how long it lasts as the room is going."""
    money = told.amount is not None
    left = told.amount if told.amount is not None else told.wh
    zone = going.row.room.residence.campus.zone
    lasts = lasting(
        left=left or 0,
        per_day=going.cost_per_day if money else going.per_day or 0,
        since=told.read_at.astimezone(zone).date(),
        today=going.today,
    )
    terms, minor = going.reach.tariff.prepaid, 10**going.reach.tariff.minor_digits
    days = lasts.days if lasts else None
    return BalanceFact(
        balance_id=told.pk,
        amount=told.amount,
        wh=told.wh,
        read_at=told.read_at,
        told_by=told.source,
        lasts=lasts,
        advice=advice(amount=told.amount, terms=terms, minor=minor, days=days),
    )
