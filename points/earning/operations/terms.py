"""Dated terms: added, never edited, so that every award can be judged again by its own."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from campus.places.models import Campus
from points.earning import caps
from points.earning.models import RuleTerms
from points.earning.rules import rules
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
    :raises KeyError: if there is no such rule
    """
    shape = caps.Caps if rule == caps.NAME else rules()[rule].terms
    read(parameters, shape=shape)
    return RuleTerms.objects.create(
        campus=campus, rule=rule, valid_from=valid_from, parameters=dict(parameters)
    )
