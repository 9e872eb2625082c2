"""A calculator for worked cases: needs documents only, no rows. See `manage.py price`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from campus.units import major
from meters.billing.accrual import running_bills
from meters.billing.cutting import cut, uncut
from meters.billing.cycles import Cycle, cycle_from, cycle_of
from meters.billing.line import ZERO
from meters.billing.lines.energy import Energy
from meters.billing.lines.fixed import Fixed
from meters.billing.plans import Version, check_versions, nearest
from meters.billing.pricing import Bill, CycleUse, plain, price
from meters.billing.rounding import Rounding
from meters.billing.seasons import ALL_YEAR
from meters.billing.splitting import Account, split, split_carried
from meters.billing.tariff import Tariff

Json = dict[str, Any]
SEGMENT_RULE = (
    "split by days; kWh per segment = round(total x days / D); "
    "tier bounds x days / D rounded; last tier = remainder; base by days"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Tariffs that follow one another; a day that none of them covers goes by the nearest."""

    versions: tuple[Version, ...]

    @classmethod
    def of(cls, tariffs: Iterable[Tariff]) -> "Plan":
        """
        Put tariffs in order of time.

        :raises TariffRefused: if two of them are valid on the same day
        """
        found = (Version(tariff, tariff.first_day, tariff.ends_on) for tariff in tariffs)
        versions = tuple(sorted(found, key=lambda version: version.starts_on))
        check_versions(versions)
        return cls(versions)

    def on(self, day: date) -> Tariff:
        """The tariff of a day."""
        return nearest(day, versions=self.versions).tariff


def answer(case: Mapping[str, Any], *, plans: Mapping[str, Plan]) -> Json:
    """
    What a case of kind cycle_bill, daily_accrual, split, split_carry or mixed_season comes to,
    under the keys of its `expect`. A case names its plan by the id of its tariffs.

    :raises KeyError: for a kind or a tariff that is not known, or an input that is missing
    """
    kind: Callable[[Json, Plan | None], Json] = KINDS[case["kind"]]
    return kind(case["input"], plans[case["tariff"]] if "tariff" in case else None)


def money(minor: int, tariff: Tariff) -> str:
    """Minor units as a decimal of the currency."""
    return f"{major(minor, digits=tariff.minor_digits):f}"


def kwh_of(value: Any) -> dict[str, Fraction]:
    """kWh by period from a case: one number, or an object of them."""
    by_period = value if isinstance(value, dict) else {ALL_YEAR: value}
    return {period: Fraction(Decimal(kwh)) for period, kwh in by_period.items()}


def _use(given: Json, cycle: Cycle, *, elapsed: int) -> CycleUse:
    return CycleUse(
        kwh=kwh_of(given.get("kwh", "0")),
        cycle=cycle,
        elapsed=elapsed,
        before=Fraction(Decimal(given.get("before", "0"))),
        occupants=Fraction(Decimal(str(given.get("occupants", 1)))),
        rooms=int(given.get("rooms", 1)),
    )


def _cycle_bill(given: Json, plan: Plan | None) -> Json:
    assert plan is not None
    on = date.fromisoformat(given["date"])
    tariff = plan.on(on)
    calendar = cycle_of(on, terms=tariff.cycle)
    days = int(given.get("cycle_days") or given.get("days") or calendar.days)
    cycle = Cycle(calendar.first_day, days, calendar.months)
    elapsed = given["elapsed"] if "elapsed" in given else given.get("days") or days
    use = _use(given, cycle, elapsed=int(elapsed))
    bill = price(stretches=uncut(tariff, cycle=cycle, on=on), use=use)
    found = {
        "total": money(bill.total_minor, tariff),
        "currency": tariff.currency,
        "lines": _lines(bill),
    }
    return found if bill.free_kwh is None else {**found, "free_kwh": plain(bill.free_kwh)}


def _lines(bill: Bill) -> dict[str, str]:
    return {line.line.id: plain(line.amount) for line in bill.lines}


def _daily_accrual(given: Json, plan: Plan | None) -> Json:
    assert plan is not None
    first = date.fromisoformat(given["cycle_start"])
    tariff = plan.on(first)
    days = int(given.get("cycle_days", cycle_of(first, terms=tariff.cycle).days))
    cycle = cycle_from(first, first + timedelta(days=days), terms=tariff.cycle)
    bills = running_bills(
        stretches=cut(cycle, in_force=plan.on),
        start=_use(given, cycle, elapsed=0),
        days=[kwh_of(kwh) for kwh in given["daily_kwh"]],
    )
    totals = [0, *(bill.total_minor for bill in bills)]
    daily = [after - before for before, after in pairwise(totals)]
    return {"daily": [money(amount, tariff) for amount in daily], "sum": money(totals[-1], tariff)}


def _weights(given: Json) -> dict[str, Fraction]:
    return {key: Fraction(Decimal(weight)) for key, weight in given.items()}


def _split(given: Json, _: Plan | None) -> Json:
    parts = split(
        given["amount_minor"], weights=_weights(given["weights"]), tie_order=given["tie_order"]
    )
    return {"shares": parts}


def _split_carry(given: Json, _: Plan | None) -> Json:
    keys = given["tie_order"]
    accounts = {key: Account() for key in keys}
    daily = []
    days = zip(given["daily_amounts_minor"], given["daily_weights"], strict=True)
    for amount, weights in days:
        after = split_carried(amount, weights=_weights(weights), accounts=accounts, tie_order=keys)
        daily.append({key: after[key].given - accounts[key].given for key in keys})
        accounts = after
    return {"daily_shares": daily, "totals": {key: accounts[key].given for key in keys}}


def _mixed_season(given: Json, plan: Plan | None) -> Json:
    assert plan is not None
    first, last = date.fromisoformat(given["from"]), date.fromisoformat(given["to"])
    tariff = plan.on(first)
    cycle = cycle_from(first, last + timedelta(days=1), terms=tariff.cycle)
    use = _use(given, cycle, elapsed=cycle.days)
    bill = price(stretches=cut(cycle, in_force=plan.on), use=use)
    return {
        "rule": SEGMENT_RULE,
        "segments": [_segment(bill, n) for n in range(len(bill.segments))],
        "lines": _lines(bill),
        "total": money(bill.total_minor, tariff),
    }


def _segment(bill: Bill, index: int) -> Json:
    """One segment of a cut cycle: kWh by tier, and what energy and fixed lines come to in it."""
    segment = bill.segments[index]
    found: Json = {"days": _whole(segment.share * bill.cycle_days), "kwh": _whole(segment.kwh)}
    for priced in bill.lines:
        parts = [part for part in priced.parts if part.places == (index,)]
        amount = sum((part.amount for part in parts), ZERO)
        if isinstance(priced.line, Energy):
            found["tier_kwh"] = [_whole(part.quantity) for part in parts]
            found[priced.line.id] = plain(amount)
        elif isinstance(priced.line, Fixed):
            step = Fraction(1, 10 ** (bill.tariff.minor_digits + 1))
            found[priced.line.id] = plain(Rounding("half_up", step).apply(amount))
    return found


def _whole(number: Fraction) -> int | str:
    return int(number) if number.denominator == 1 else plain(number)


KINDS: dict[str, Callable[[Json, Plan | None], Json]] = {
    "cycle_bill": _cycle_bill,
    "daily_accrual": _daily_accrual,
    "split": _split,
    "split_carry": _split_carry,
    "mixed_season": _mixed_season,
}
