"""Dated terms: added, never edited, so that every award can be judged again by its own."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from campus.places.models import Campus
from points.earning import caps, queries
from points.earning.models import RuleTerms
from points.earning.refusals import TermsStandAlready, TermsTooEarly
from points.earning.rules import rules, shape_of
from points.earning.terms import read


@transaction.atomic
def install_default_terms(*, campus: Campus, valid_from: date) -> None:
    """Put every rule of the code, and the caps, in force from a day on; what stands is kept."""
    defaults = {name: rule.defaults() for name, rule in rules().items()}
    defaults[caps.NAME] = asdict(caps.Caps())
    for name, parameters in defaults.items():
        RuleTerms.objects.get_or_create(
            campus=campus, rule=name, valid_from=valid_from, defaults={"parameters": parameters}
        )


def set_terms(
    *, campus: Campus, rule: str, valid_from: date, parameters: Mapping[str, Any]
) -> RuleTerms:
    """
    Give a rule new parameters from a day on.

    :raises TermsRefused: if the rule does not know one of them
    :raises TermsStandAlready: if others begin on that day
    :raises KeyError: if there is no such rule
    """
    read(parameters, shape=shape_of(rule))
    terms, new = RuleTerms.objects.get_or_create(
        campus=campus, rule=rule, valid_from=valid_from, defaults={"parameters": dict(parameters)}
    )
    if not new:
        raise TermsStandAlready
    return terms


def announce_terms(
    *, campus: Campus, rule: str, valid_from: date, parameters: Mapping[str, Any], at: datetime
) -> RuleTerms:
    """
    Say before it holds what a rule will give; what is left out stays as it is by then.

    :raises TermsTooEarly: if it would hold before the local day after `at`
    :raises TermsRefused, TermsStandAlready: as for :func:`set_terms`
    """
    earliest = earliest_terms(today=at.astimezone(campus.zone).date())
    if valid_from < earliest:
        raise TermsTooEarly(day=earliest)
    before = queries.dated_terms(campus=campus).on(rule=rule, day=valid_from)
    known = before.parameters if before else asdict(shape_of(rule)())
    return set_terms(
        campus=campus, rule=rule, valid_from=valid_from, parameters={**known, **parameters}
    )


def earliest_terms(*, today: date) -> date:
    """The first local day from which terms may hold that are announced today."""
    return today + timedelta(days=1)
