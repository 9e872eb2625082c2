"""Residents are told before a free quota or a prepaid balance runs out, once each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from campus.notices import operations as notices
from campus.notices import queries as told
from campus.people.queries import residents_on
from campus.places.models import BillMode, Campus, Residence
from meters.billing.facts import Outlook
from meters.billing.models import Adjustment, BillObjection
from meters.billing.queries import deals
from meters.billing.queries.desk import RunningLow, prepaid_rooms
from meters.billing.running_out import FINE, NOTICE_DAYS


def tell_running_out(*, campus: Campus, day: date, at: datetime) -> int:
    """
    After a day was charged: tell those whose quota or balance runs out soon. A balance is told of
    once until the official system reports another, a quota once a cycle.
    """
    residents, users = residents_on(campus=campus, day=day), told.users_of_holders(campus=campus)
    return sum(
        _tell(campus, row, [users[holder] for holder in holders if holder in users], at)
        for residence in _metered_out(campus, day)
        for row in prepaid_rooms(residence=residence, today=day)
        for holders in [residents.get(row.room.pk, ())]
    )


def _metered_out(campus: Campus, day: date) -> list[Residence]:
    """The residences where something can run out: prepaid ones, and those with a free quota."""
    known = deals.deals_of(campus_id=campus.pk)
    return [
        residence
        for residence in campus.residences.order_by("pk")
        if residence.pk in known
        for version in [deals.version_on(day, deal=known[residence.pk])]
        if version and (residence.bill_mode == BillMode.PREPAID or version.tariff.quota)
    ]


def _tell(campus: Campus, row: RunningLow, to: Sequence[int], at: datetime) -> int:
    told_of = _balance(row) or _quota(row.outlook)
    if told_of is None:
        return 0
    kind, key, params = told_of
    key = f"{kind.lower()}-{row.room.pk}-{key}"
    return notices.tell(campus=campus, kind=kind, to=to, key=key, params=params, at=at)


Told = tuple[str, str, Mapping[str, object]]


def _balance(row: RunningLow) -> Told | None:
    balance = row.outlook.balance
    if balance is None or balance.advice == FINE:
        return None
    read_on = balance.read_at.astimezone(row.room.residence.campus.zone).date()
    figures = {"balance_minor": balance.amount, "day": read_on.isoformat()}
    if balance.amount is None:
        figures = {"balance_wh": balance.wh, "day": read_on.isoformat()}
    until = {"until_on": balance.lasts.until.isoformat()} if balance.lasts else {}
    return "BALANCE_LOW", str(balance.balance_id), {**figures, **until}


def _quota(going: Outlook) -> Told | None:
    lasts, left = going.free_lasts, going.free_left
    if lasts is None or left is None or lasts.days > NOTICE_DAYS:
        return None
    params = {"left_wh": int(left * 1000), "until_on": lasts.until.isoformat()}
    return "QUOTA_LOW", going.starts_on.isoformat(), params


def tell_answered(*, objection: BillObjection, at: datetime) -> None:
    """Who said that a bill is wrong is told that there is an answer."""
    campus = objection.charge.room.residence.campus
    params = {"day": objection.charge.day.isoformat()}
    to = _users(campus, [objection.holder_id]).values()
    key = f"bill-answer-{objection.pk}"
    notices.tell(campus=campus, kind="BILL_ANSWERED", to=to, key=key, params=params, at=at)


def tell_adjusted(*, adjustment: Adjustment, at: datetime) -> None:
    """Everybody who gets back or owes something by an adjustment is told how much."""
    parts = dict(adjustment.parts.exclude(holder=None).values_list("holder_id", "amount"))
    campus = adjustment.room.residence.campus
    users = _users(campus, list(parts))
    params = {
        user: {"back_minor": -parts[holder]} if parts[holder] < 0 else {"owed_minor": parts[holder]}
        for holder, user in users.items()
    }
    key = f"bill-adjusted-{adjustment.pk}"
    notices.tell_each(campus=campus, kind="BILL_ADJUSTED", key=key, params=params, at=at)


def _users(campus: Campus, holders: Sequence[int]) -> Mapping[int, int]:
    """Holder id -> user id of those who are not erased."""
    users = told.users_of_holders(campus=campus)
    return {holder: users[holder] for holder in holders if holder in users}
