"""Tariffs published and plans chosen. A published document is never changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from campus.errors import Fault
from campus.places.models import Campus, Residence
from meters.billing.breakpoints import checked_tariff
from meters.billing.models import PlanChoice, Tariff, TariffPlan
from meters.billing.plans import Version, check_versions
from meters.billing.queries import deals
from meters.billing.refusals import TariffRefused
from meters.billing.tariff import Tariff as ReadTariff

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
    """What the calculator can price, but no room of this campus can be charged by."""
    faults = []
    if (tariff.currency, tariff.minor_digits) != (campus.currency, campus.minor_digits):
        message = _("the campus pays in %(currency)s") % {"currency": campus.currency}
        faults.append(Fault("currency", "currency_differs", message))
    if tariff.pooled:
        faults.append(Fault("tier_scope", "pool_needed", _("rooms are charged one by one")))
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
