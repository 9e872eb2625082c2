"""A chest for a week of good days, not consecutive; who was away needs fewer."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from points.earning.rules import rule
from points.earning.terms import parameter


@dataclass(frozen=True, slots=True)
class Terms:
    """`sun` for `good_days` of seven, at least `least` whatever the absence."""

    sun: int = parameter(90, _("Sunlight of a chest"))
    good_days: int = parameter(4, _("Good days of a week without absence"), most=7)
    least: int = parameter(1, _("Good days that even an absent room needs"), most=7)


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday of one student: days with a saving or a hold, and days away."""

    good: int
    away: int


@rule("chest", title=_("A week of good days"), kind="chest", terms=Terms)
def chest(week: Week, terms: Terms) -> int:
    """The need shrinks with the days away: ceil(good_days * (7 - away) / 7)."""
    need = max(-(-terms.good_days * (7 - week.away) // 7), terms.least)
    return terms.sun if week.good >= need else 0
