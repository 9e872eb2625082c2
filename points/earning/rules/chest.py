"""A chest for a week of good days, not consecutive; who was away needs fewer."""

from dataclasses import dataclass

from points.earning.rules import rule


@dataclass(frozen=True, slots=True)
class Terms:
    """`sun` for `good_days` of seven, at least `least` whatever the absence."""

    sun: int = 90
    good_days: int = 4
    least: int = 1


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday of one student: days with a saving or a hold, and days away."""

    good: int
    away: int


@rule("chest", kind="chest", terms=Terms)
def chest(week: Week, terms: Terms) -> int:
    """The need shrinks with the days away: ceil(good_days * (7 - away) / 7)."""
    need = max(-(-terms.good_days * (7 - week.away) // 7), terms.least)
    return terms.sun if week.good >= need else 0
