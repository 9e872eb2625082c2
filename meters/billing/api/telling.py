"""A bill as an answer, in the language and from the side of the person who asks."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from campus.api.texts import told
from campus.people import queries as people
from campus.places.models import Campus
from meters.billing import explaining
from meters.billing.facts import BillFact, MonthFact
from meters.billing.pricing import plain

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
        "tariff": {
            "uid": bill.tariff.uid,
            "name": told(bill.tariff.name),
            "valid_from": bill.tariff.valid_from,
            "plan": bill.tariff.plan,
        },
        "lines": _lines(bill),
        "tier": _tier(bill),
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
    return [{"text": text} for text in explaining.steps(priced, bill=bill.bill, labels=labels)]


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


def _tier(bill: BillFact) -> Json | None:
    tier = bill.bill.tier
    if tier is None:
        return None
    left = None if tier.kwh_left is None else plain(tier.kwh_left)
    return {"now": tier.now, "of": tier.of, "kwh_left": left}


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
            {key: line[key] for key in ("id", "label", "cycle_amount")}
            for line in (_lines(month.last) if month.last else [])
        ],
        "complete": month.complete,
        "prepaid": None,
    }
