"""A tier of the dorm's monument was reached: every resident gets the same."""

from dataclasses import dataclass

from points.earning.rules import Deed, Earned, rule


@dataclass(frozen=True, slots=True)
class Terms:
    sun: int = 120


@rule("monument", kind="coop", terms=Terms)
def monument(deed: Deed, terms: Terms) -> Earned:
    """Once a tier; the award's fact names the monument and the tier."""
    return Earned(sun=terms.sun)
