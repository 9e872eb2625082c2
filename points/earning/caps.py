"""How much a day, a week and a term may give, whatever was done. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from points.earning.terms import parameter

NAME, TITLE = "caps", _("Caps")  # under which their dated terms are kept
# Rules that neither fill nor feel a cap: a first gift, and what a whole dorm reached as equals.
EXEMPT = ("welcome", "monument")


@dataclass(frozen=True, slots=True)
class Caps:
    """
    Of sunlight, and of all carbon points that one person is awarded in a term.

    The term's cap lies far above any honest saving: it is there for a meter that went mad.
    """

    sun_per_day: int = parameter(180, _("Sunlight a day"))
    sun_per_week: int = parameter(1000, _("Sunlight a week"))
    cp_per_term: int = parameter(4000, _("Carbon points a term"))


@dataclass(frozen=True, slots=True)
class Given:
    """Sunlight a holder was awarded on a day, and in its week (Monday to Sunday) with that day."""

    day: int = 0
    week: int = 0


def counting(rules: Iterable[str]) -> set[str]:
    """Those of the rules that fill and feel the caps."""
    return set(rules) - set(EXEMPT)


def granted(amount: int, *, given: Given, caps: Caps) -> int:
    """What of an amount is granted beside what was given already; the rest is not."""
    left = min(caps.sun_per_day - given.day, caps.sun_per_week - given.week)
    return min(amount, max(left, 0))


def granted_of_term(amount: int, *, given: int, caps: Caps) -> int:
    """What of an amount of carbon points is granted beside what the term gave already."""
    return min(amount, max(caps.cp_per_term - given, 0))
