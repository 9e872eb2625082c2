"""Tariffs published and plans chosen. A published document is never changed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from campus.people.models import User
from campus.places.models import Campus, Residence
from meters.billing.models import PlanChoice, Tariff, TariffPlan
from meters.billing.plans import Version
from meters.billing.queries.checks import publishable

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
    not_before: date | None = None,
    at: datetime | None = None,
    by: User | None = None,
) -> Tariff:
    """
    Add a `cc-tariff/1` document to a plan, valid on [valid_from, valid_to); by default as its
    own dates say, and never before `not_before`. The version before it, if it was open-ended, ends
    where this one begins. Who published it, and when, is kept with it.

    :raises TariffRefused: if it cannot be priced, overlaps, or is in another currency
    """
    TariffPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    _tariff, version = publishable(
        plan=plan,
        document=document,
        valid_from=valid_from,
        valid_to=valid_to,
        not_before=not_before,
    )
    _end_the_version_before(plan, version)
    return plan.tariffs.create(
        valid_from=version.starts_on,
        valid_to=version.ends_on,
        document=dict(document),
        published_at=at,
        published_by=by,
    )


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
