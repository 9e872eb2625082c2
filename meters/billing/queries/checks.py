"""Whether a document could be published in a plan, told place by place; nothing is written."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from campus.errors import Fault
from campus.places.models import Campus
from meters.billing.breakpoints import checked_tariff
from meters.billing.cutting import uncut
from meters.billing.cycles import cycle_of
from meters.billing.models import TariffPlan
from meters.billing.plans import Version, check_versions
from meters.billing.pricing import CycleUse, price
from meters.billing.queries.deals import tariff_of
from meters.billing.refusals import TariffRefused
from meters.billing.seasons import ALL_YEAR
from meters.billing.tariff import Tariff

# Two residents, in the season in which the tariff begins, alike in each period of the day.
SAMPLES = (50, 100, 200, 300, 450)


def publishable(
    *,
    plan: TariffPlan,
    document: Mapping[str, Any],
    valid_from: date | None = None,
    valid_to: date | None = None,
    not_before: date | None = None,
) -> tuple[Tariff, Version]:
    """
    A document as the next version of a plan.

    :param not_before: the first day on which it may begin: bills that were told stay as they are
    :raises TariffRefused: with each place that keeps it from being published
    """
    tariff = checked_tariff(document)
    _refuse_another_currency(tariff, plan.campus)
    version = Version(tariff, valid_from or tariff.first_day, valid_to or tariff.ends_on)
    if not_before and version.starts_on < not_before:
        message = _("a tariff begins today or later: days before are billed already")
        raise TariffRefused(faults=[Fault("valid_from", "begins_in_the_past", message)])
    check_versions([*_known(plan, version), version])
    return tariff, version


def _refuse_another_currency(tariff: Tariff, campus: Campus) -> None:
    if (tariff.currency, tariff.minor_digits) != (campus.currency, campus.minor_digits):
        message = _("the campus pays in %(currency)s") % {"currency": campus.currency}
        raise TariffRefused(faults=[Fault("currency", "currency_differs", message)])


def _known(plan: TariffPlan, version: Version) -> list[Version]:
    """The versions of a plan; an open one before the new version would end where it begins."""
    return [
        Version(
            tariff_of(row),
            row.valid_from,
            version.starts_on
            if row.valid_to is None and row.valid_from < version.starts_on
            else row.valid_to,
        )
        for row in plan.tariffs.order_by("valid_from")
    ]


def samples_of(tariff: Tariff) -> list[dict[str, object]]:
    """What some uses of a whole cycle would cost: [{kwh, total}], so that an author can compare."""
    cycle = cycle_of(tariff.first_day, terms=tariff.cycle)
    stretches = uncut(tariff, cycle=cycle, on=cycle.first_day)
    first, *others = [period.id for period in tariff.periods] or [ALL_YEAR]
    share = Fraction(1, 1 + len(others)) if tariff.hourly else Fraction(1)
    periods = [first, *others] if tariff.hourly else [first]
    found = []
    for kwh in SAMPLES:
        by_period = dict.fromkeys(periods, kwh * share)
        use = CycleUse(kwh=by_period, cycle=cycle, elapsed=cycle.days, occupants=Fraction(2))
        bill = price(stretches=stretches, use=use)
        found.append({"kwh": str(kwh), "total": bill.total_minor})
    return found
