"""A bill in words: the names of its lines, and each step of its arithmetic."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campus.api.texts import told
from campus.units import major
from meters.billing.line import Line, Part
from meters.billing.lines.fixed import Fixed
from meters.billing.lines.minimum import Minimum
from meters.billing.pooling import FIXED, USE
from meters.billing.pricing import Bill, BillLine, plain
from meters.billing.rounding import Rounding

ROUNDING = "rounding"
# The ids that the tariffs at hand use; a document may name its lines itself with `label`.
LABELS = {
    "base": gettext_lazy("Base charge"),
    "bigfam": gettext_lazy("Discount for large families"),
    "climate": gettext_lazy("Climate and environment charge"),
    "energy": gettext_lazy("Energy charge"),
    "fixed": gettext_lazy("Fixed charge"),
    "freeze": gettext_lazy("Relief on the price rise"),
    "fuel": gettext_lazy("Fuel cost adjustment"),
    "fund": gettext_lazy("Electricity industry fund"),
    "ladder": gettext_lazy("Addition for higher tiers"),
    "min": gettext_lazy("Up to the minimum bill"),
    "pool_fixed": gettext_lazy("Fixed part, alike for each room"),
    "pool_use": gettext_lazy("By kWh, at the residence's price of the day"),
    "standing": gettext_lazy("Standing charge"),
    "tou": gettext_lazy("Energy charge by time of use"),
    "vat": gettext_lazy("Value-added tax"),
    ROUNDING: gettext_lazy("Rounding of the total"),
}
# The hours that the tariffs at hand tell apart.
PERIODS = {
    "light": gettext_lazy("Off-peak hours"),
    "mid": gettext_lazy("Mid-peak hours"),
    "peak": gettext_lazy("Peak hours"),
    "valley": gettext_lazy("Off-peak hours"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence of arithmetic, and which parts of a cut cycle it prices; empty: all of it."""

    text: str
    places: tuple[int, ...] = ()


def labels_of(document: Mapping[str, Any]) -> dict[str, str]:
    """The name of each line of a tariff document, in the language that is active now."""
    own = {line["id"]: line.get("label") for line in document["lines"]}
    named = {name: told(label) if label else _label(name) for name, label in own.items()}
    return {**named, **{name: _label(name) for name in (ROUNDING, FIXED, USE)}}


def _label(name: str) -> str:
    return str(LABELS.get(name, name))


def rounding_of(lines: Mapping[str, str], *, amount: int, digits: int) -> Decimal:
    """What rounding took from or added to the sum of the lines, in the major unit."""
    return major(amount, digits=digits) - sum(map(Decimal, lines.values()), Decimal(0))


def steps(priced: BillLine, *, bill: Bill, labels: Mapping[str, str]) -> list[Step]:
    """The arithmetic of a line for the cycle so far, one sentence a step."""
    found = [Step(_step(priced.line, part, bill, labels), part.places) for part in priced.parts]
    if priced.amount != priced.exact:
        words = {"exact": _shown(priced.exact, bill), "amount": _grouped(priced.amount)}
        found.append(Step(_("%(exact)s, rounded to %(amount)s") % words))
    return found


def _shown(number: Fraction, bill: Bill) -> str:
    """To two digits past the currency's own: enough to follow, short enough to read."""
    step = Fraction(1, 10 ** (bill.tariff.minor_digits + 2))
    return _grouped(Rounding("half_up", step).apply(number))


def _grouped(number: Fraction) -> str:
    """The decimal as people write it in all three languages: 24,000 and 1,502.2."""
    whole, point, rest = plain(number).partition(".")
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole) + point + rest


def _step(line: Line, part: Part, bill: Bill, labels: Mapping[str, str]) -> str:
    form = _fixed_form(line, part) if isinstance(line, Fixed) else _form(line, part)
    return form % {
        "quantity": _grouped(part.quantity),
        "rate": _grouped(part.rate),
        "percent": plain(part.rate * 100),
        "amount": _shown(part.amount, bill),
        "tier": (part.tier or 0) + 1,
        "period": PERIODS.get(part.period, part.period),
        "lines": " + ".join(labels.get(name, name) for name in part.of),
        "days": _grouped(part.quantity * bill.cycle_days),
        "cycle_days": bill.cycle_days,
    }


def _fixed_form(line: Fixed, part: Part) -> str:
    if line.daily:
        return _("%(rate)s × %(quantity)s days = %(amount)s")
    if part.tier is not None:
        return _("Tier %(tier)s: %(rate)s × %(days)s of %(cycle_days)s days = %(amount)s")
    return _("%(rate)s × %(days)s of %(cycle_days)s days = %(amount)s")


def _form(line: Line, part: Part) -> str:
    if isinstance(line, Minimum):
        return _("The least is %(rate)s; %(lines)s: %(quantity)s; missing %(amount)s")
    if part.of:
        return _("%(lines)s: %(quantity)s × %(percent)s%% = %(amount)s")
    if part.tier is not None:
        return _("Tier %(tier)s: %(quantity)s kWh × %(rate)s = %(amount)s")
    if part.period:
        return _("%(period)s: %(quantity)s kWh × %(rate)s = %(amount)s")
    return _("%(quantity)s kWh × %(rate)s = %(amount)s")
