"""Reading what a campus agreed on: by which terms a term is settled, and its weather warnings."""

from datetime import date, timedelta

import numpy as np

from campus.places.models import Campus, Term
from meters.savings.calendar import Bools
from meters.savings.models import SavingTerms, WeatherWarning
from meters.savings.rule import RAMPS, Rule

COMFORT_WH = 300  # a person and day, until a campus says otherwise: lights, a fridge, a charger


def terms_on(*, campus: Campus, day: date) -> SavingTerms | None:
    """The saving terms that hold for an academic term starting on `day`."""
    rows = SavingTerms.objects.filter(campus=campus, valid_from__lte=day)
    return rows.order_by("-valid_from").first()


def rule_of(*, term: Term) -> Rule:
    """The rule that a term is settled by: the saving terms of its first day."""
    found = terms_on(campus=term.campus, day=term.starts_on)
    if found is None:
        return Rule(comfort_wh=COMFORT_WH)
    return Rule(own=RAMPS[found.ramp], comfort_wh=found.comfort_wh)


def warnings_of(*, campus: Campus) -> list[WeatherWarning]:
    """Every weather warning of a campus, newest first."""
    return list(WeatherWarning.objects.filter(campus=campus).order_by("-starts_on", "kind"))


def warned_days(*, campus: Campus, starts_on: date, ends_on: date) -> Bools:
    """On which of the days [starts_on, ends_on) a heat or cold warning held, bool[d]."""
    warned = np.zeros((ends_on - starts_on).days, dtype=np.bool_)
    rows = WeatherWarning.objects.filter(
        campus=campus, starts_on__lt=ends_on, ends_on__gt=starts_on
    )
    for first, after in rows.values_list("starts_on", "ends_on"):
        warned[max((first - starts_on).days, 0) : max((after - starts_on).days, 0)] = True
    return warned


def is_warned(*, campus: Campus, day: date) -> bool:
    """Whether a heat or cold warning holds on a day."""
    return bool(warned_days(campus=campus, starts_on=day, ends_on=day + timedelta(days=1))[0])
