"""A bill as an answer, in the language and from the side of the person who asks."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from campus.api.texts import told
from campus.people import queries as people
from campus.people.asker import Student
from campus.places.models import Campus
from meters.billing import explaining
from meters.billing.facts import AdjustmentFact, BillFact, MonthFact, Outlook, PlanFact
from meters.billing.pricing import Tier, plain
from meters.billing.statement import Day, Line, Statement

Json = dict[str, Any]


def told_bill(bill: BillFact, *, campus: Campus, holder_id: int) -> Json:
    """The shape of BillOut, as the holder sees it."""
    charge = bill.charge
    return {
        "day": charge.day,
        "mode": charge.mode,
        **_money(campus),
        "wh": charge.wh,
        "amount": charge.amount,
        "my_share": _share_of(bill, holder_id),
        "shares": _shares(bill, holder_id),
        "split": {"people": bill.people, "carry_explained": _carry(bill.people)},
        "tariff": _tariff(bill.tariff),
        "lines": _lines(bill),
        "tier": _tier(bill.bill.tier),
        "free_kwh_left": None if bill.bill.free_left is None else plain(bill.bill.free_left),
        "cycle": {
            "starts_on": charge.cycle_starts_on,
            "days": bill.cycle_days,
            "day_number": (charge.day - charge.cycle_starts_on).days + 1,
            "wh": charge.cycle_wh,
            "amount": charge.cycle_amount,
        },
        "revision": charge.revision,
        "revisions": [
            {"revision": r.revision, "amount": r.amount, "use_revision": r.use_revision}
            for r in bill.revisions
        ],
        "reads_from": f"energy/days/{charge.day}/source/",
    }


def _money(campus: Campus) -> Json:
    return {"currency": campus.currency, "minor_digits": campus.minor_digits}


def _share_of(bill: BillFact, holder_id: int) -> int | None:
    mine = (share.amount for share in bill.shares if share.holder_id == holder_id)
    return next(mine, None)


def _shares(bill: BillFact, holder_id: int) -> list[Json]:
    holders = [share.holder_id for share in bill.shares if share.holder_id is not None]
    names = people.nicknames(holders=holders)
    return [
        {
            "me": share.holder_id == holder_id,
            "name": names.get(share.holder_id) if share.holder_id is not None else None,
            "landlord": share.holder_id is None,
            "amount": share.amount,
        }
        for share in bill.shares
    ]


def _carry(present: int) -> str:
    if not present:
        return _("Nobody was registered here that night, so the landlord pays.")
    if present == 1:
        return _("You were the only one registered here that night.")
    return _(
        "Everyone registered here that night pays the same. What cannot be divided is carried "
        "from day to day, so nobody is ever a whole unit away from the exact share."
    )


def _lines(bill: BillFact) -> list[Json]:
    labels = explaining.labels_of(bill.tariff.document)
    before = bill.lines_before
    found = [
        {
            "id": name,
            "label": labels.get(name, name),
            "amount": _difference(amount, before.get(name, "0")),
            "cycle_amount": amount,
            "how": _how(bill, name, labels),
        }
        for name, amount in bill.lines.items()
    ]
    return [*found, *_rounding(bill, labels)]


def _difference(after: str, before: str) -> str:
    return f"{Decimal(after) - Decimal(before):f}"


def _how(bill: BillFact, name: str, labels: Mapping[str, str]) -> list[Json]:
    """The steps of a line, as long as pricing it again comes to what was charged."""
    priced = next((line for line in bill.bill.lines if line.line.id == name), None)
    if priced is None or plain(priced.amount) != bill.lines[name]:
        return []
    return [
        {"text": step.text, "span": _span(bill, step.places)}
        for step in explaining.steps(priced, bill=bill.bill, labels=labels)
    ]


def _span(bill: BillFact, places: Sequence[int]) -> Json | None:
    """The days of a part of a cycle, and since when its tariff is valid; None where it is uncut."""
    if not places or len(bill.stretches) == 1:
        return None
    first, last = places[0], places[-1] + 1
    before = sum(stretch.days for stretch in bill.stretches[:first])
    days = sum(stretch.days for stretch in bill.stretches[first:last])
    starts_on = bill.charge.cycle_starts_on + timedelta(days=before)
    return {
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=days),
        "tariff_from": bill.stretches[first].tariff.first_day,
    }


def _rounding(bill: BillFact, labels: Mapping[str, str]) -> list[Json]:
    digits = bill.bill.tariff.minor_digits
    charge = bill.charge
    after = explaining.rounding_of(bill.lines, amount=charge.cycle_amount, digits=digits)
    before = explaining.rounding_of(
        bill.lines_before, amount=charge.cycle_amount - charge.amount, digits=digits
    )
    if not after and not before:
        return []
    name = explaining.ROUNDING
    day, cycle = f"{after - before:f}", f"{after:f}"
    return [{"id": name, "label": labels[name], "amount": day, "cycle_amount": cycle, "how": []}]


def _tariff(plan: PlanFact) -> Json:
    return {
        "uid": plan.uid,
        "name": told(plan.name),
        "valid_from": plan.valid_from,
        "plan": plan.plan,
    }


def _tier(tier: Tier | None) -> Json | None:
    if tier is None:
        return None
    left = None if tier.kwh_left is None else plain(tier.kwh_left)
    return {"now": tier.now, "of": tier.of, "kwh_left": left}


def told_outlook(going: Outlook, *, campus: Campus) -> Json:
    """The shape of OutlookOut."""
    return {
        "day": going.day,
        "starts_on": going.starts_on,
        "ends_on": going.ends_on,
        "days": (going.ends_on - going.starts_on).days,
        "day_number": (going.day - going.starts_on).days + 1,
        "mode": going.mode,
        **_money(campus),
        "wh": going.wh,
        "amount": going.amount,
        "my_share": going.share,
        "per_day_wh": going.per_day_wh,
        "expected_wh": going.expected_wh and _band_of_use(going),
        "expected": going.expected,
        "my_expected": going.expected_share,
        "tier": _tier(going.tier),
        "tier_lasts": going.tier_lasts,
        "free": told_free(going),
        "balance": going.balance,
    }


def _band_of_use(going: Outlook) -> Json:
    assert going.expected_wh is not None
    end = going.expected_wh
    return {"expected": end.wh, "low": end.low, "high": end.high}


def told_free(going: Outlook) -> Json | None:
    """The shape of FreeOut, or None where nothing is free."""
    if going.free_left is None or going.free_kwh is None:
        return None
    left, whole = plain(going.free_left), plain(going.free_kwh)
    return {"kwh": whole, "kwh_left": left, "lasts": going.free_lasts}


def told_month(month: MonthFact, *, campus: Campus) -> Json:
    """The shape of MonthOut."""
    return {
        "starts_on": month.starts_on,
        "ends_on": month.ends_on,
        "mode": month.days[-1].mode,
        **_money(campus),
        "wh": sum(day.wh or 0 for day in month.days),
        "amount": sum(day.amount for day in month.days),
        "my_share": sum(month.parts.values()),
        "days": [
            {"day": day.day, "wh": day.wh, "amount": day.amount, "my_share": month.parts[day.day]}
            for day in month.days
        ],
        "lines": [
            {key: line[key] for key in ("id", "label", "cycle_amount", "how")}
            for line in (_lines(month.last) if month.last else [])
        ],
        "complete": month.complete,
        "adjustments": [_adjustment(found) for found in month.adjustments],
        "my_total": sum(month.parts.values()) + sum(found.part for found in month.adjustments),
        "tariff": _tariff(month.last.tariff) if month.last else None,
    }


def _adjustment(found: AdjustmentFact) -> Json:
    return {
        "uid": found.uid,
        "cycle_starts_on": found.cycle_starts_on,
        "cycle_ends_on": found.cycle_ends_on,
        "billed_on": found.billed_on,
        "amount": found.amount,
        "my_part": found.part,
        "days": [
            {"day": day, "billed_wh": billed, "known_wh": known}
            for day, billed, known in found.days
        ],
    }


def told_statement(month: MonthFact, *, me: Student, at: datetime) -> Statement:
    """A month as a statement in the active language."""
    last, room = month.last, me.room
    lines = _lines(last) if last else []
    return Statement(
        campus=told(me.campus.name),
        name=me.profile.nickname,
        room=f"{told(room.residence.name)} {room.number}" if room else "",
        mode=month.days[-1].mode,
        currency=me.campus.currency,
        digits=me.campus.minor_digits,
        zone=me.campus.zone,
        starts_on=month.starts_on,
        ends_on=month.ends_on,
        complete=month.complete,
        tariff=told(last.tariff.name) if last else "",
        days=[Day(day.day, day.wh, day.amount, month.parts[day.day]) for day in month.days],
        lines=[Line(line["label"], line["cycle_amount"]) for line in lines],
        adjustments=month.adjustments,
        made_at=at,
    )
