"""What is known today of a cycle that was billed: its days, its tariffs, and what was asked."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum

from campus.people import queries as people
from campus.places.models import Campus, Room
from meters.billing.charging import Key
from meters.billing.cutting import cut
from meters.billing.cycles import Cycle, cycle_of
from meters.billing.models import Adjustment, AdjustmentPart, DailyCharge, PoolDay
from meters.billing.pooling import PoolPrice
from meters.billing.queries.closed import closed_rooms, only_credits
from meters.billing.queries.deals import tariff_of
from meters.billing.queries.hours import by_period
from meters.billing.queries.pools import price_of, ups_of_days
from meters.billing.queries.standings import stored_on
from meters.billing.rebilling import DayUse, RoomCycle, billed_again, difference
from meters.billing.tariff import Tariff
from meters.readings import queries as readings

Changes = Mapping[date, int | None]


@dataclass(frozen=True, slots=True)
class Replay:
    """A room's billed cycle: as it is known now, what each has been asked for it, and by whom."""

    campus: Campus
    known: RoomCycle
    billed: Mapping[Key, int]
    charged_wh: Mapping[date, int | None]
    closed: bool

    @property
    def days(self) -> list[list[object]]:
        """[[day, Wh billed, Wh known now], ...] of the days that differ."""
        return [
            [day.day.isoformat(), self.charged_wh.get(day.day), day.wh]
            for day in self.known.days
            if self.charged_wh.get(day.day) != day.wh
        ]


def replay(
    *, room: Room, starts_on: date, at: datetime, changes: Changes | None = None
) -> Replay | None:
    """
    The cycle of a room that began on a day, as it is known now; None if it was never charged.

    :param changes: Wh (None: unknown) of some days, as if they were known already
    """
    charges = list(_newest(room, starts_on))
    if not charges:
        return None
    last, campus = charges[-1], room.residence.campus
    tariffs = {row.day: tariff_of(row.tariff) for row in charges}
    months = cycle_of(starts_on, terms=tariffs[last.day].cycle).months
    cycle = Cycle(starts_on, last.cycle_days, months)
    in_force = _in_force(tariffs)
    return Replay(
        campus=campus,
        known=RoomCycle(
            room_id=room.pk,
            cycle=cycle,
            stretches=cut(cycle, in_force=in_force),
            billed_from=last.billed_from,
            before_wh=last.before_wh,
            days=_days(room, cycle, last, in_force(last.day), changes or {}),
            pool=_pool(room, starts_on, tariffs),
            ups=ups_of_days(room_id=room.pk, starts_on=starts_on),
        ),
        billed=_billed(room, starts_on, last),
        charged_wh={row.day: row.wh for row in charges},
        closed=bool(closed_rooms(cycle, campus=campus, room_ids=[room.pk], at=at)),
    )


def parts_of(found: Replay, *, at: datetime) -> tuple[dict[Key, int], int]:
    """What a replayed cycle gives back to or asks from each resident, and what it comes to now."""
    after = billed_again(found.known)
    priced = {key: account.given for key, account in after.accounts.items()}
    late = only_credits(found.known.cycle.end, campus=found.campus, at=at)
    return (
        difference(billed=found.billed, priced=priced, only_credits=late),
        after.cycle_amount,
    )


def _pool(room: Room, starts_on: date, tariffs: Mapping[date, Tariff]) -> Mapping[date, PoolPrice]:
    """The price that each day of a pool had; empty where rooms are billed one by one."""
    if not any(tariff.pooled for tariff in tariffs.values()):
        return {}
    digits = room.residence.campus.minor_digits
    rows = PoolDay.objects.filter(residence=room.residence_id, cycle_starts_on=starts_on)
    return {row.day: price_of(row, digits=digits) for row in rows}


def _newest(room: Room, starts_on: date) -> Sequence[DailyCharge]:
    rows = DailyCharge.objects.filter(room=room, cycle_starts_on=starts_on)
    told = rows.select_related("tariff").order_by("day", "revision")
    return list({row.day: row for row in told}.values())


def _in_force(tariffs: Mapping[date, Tariff]) -> Callable[[date], Tariff]:
    """The tariff by which a day was charged; days without a charge go with the one before."""
    first, *_ = tariffs

    def found(day: date) -> Tariff:
        return tariffs[max((known for known in tariffs if known <= day), default=first)]

    return found


def _days(
    room: Room, cycle: Cycle, last: DailyCharge, tariff: Tariff, changes: Changes
) -> list[DayUse]:
    campus, after = room.residence.campus, last.day + timedelta(days=1)
    used = _used(room, last.billed_from, after) | dict(changes)
    found = []
    for n in range((after - last.billed_from).days):
        day = last.billed_from + timedelta(days=n)
        present = people.residents_on(campus=campus, day=day).get(room.pk, ())
        until = day + timedelta(days=1)
        lived = people.nights_between(campus=campus, starts_on=last.billed_from, ends_on=until)
        nights = sum(lived.get(room.pk, {}).values())
        to_come = (cycle.end - day).days - 1
        wh = used.get(day)
        parts: Mapping[str, int] = {}
        if tariff.hourly and wh is not None:
            parts = by_period(campus=campus, day=day, tariff=tariff, used={room.pk: wh})[room.pk]
        found.append(DayUse(day, wh, present, nights + to_come * len(present), parts))
    return found


def _used(room: Room, starts_on: date, ends_on: date) -> dict[date, int | None]:
    batch = readings.daily_uses(room_ids=[room.pk], starts_on=starts_on, ends_on=ends_on)
    pairs = zip(batch.day_ordinal.tolist(), batch.wh.tolist(), strict=True)
    return {date.fromordinal(day): None if wh < 0 else wh for day, wh in pairs}


def _billed(room: Room, starts_on: date, last: DailyCharge) -> dict[Key, int]:
    """What each was asked for the cycle so far, adjustments included."""
    asked: dict[Key, int] = defaultdict(int)
    for holder, (_, _, paid, _) in stored_on(last.day, room_ids=[room.pk])[room.pk].shares.items():
        asked[holder] += paid
    parts = AdjustmentPart.objects.filter(
        adjustment__room=room,
        adjustment__cycle_starts_on=starts_on,
        adjustment__state=Adjustment.State.POSTED,
    )
    for holder, amount in parts.values_list("holder").annotate(total=Sum("amount")):
        asked[holder] += amount
    return dict(asked)
