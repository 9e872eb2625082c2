"""A tier of the dorm's monument was reached: every resident gets the same."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from points.earning.rules import Deed, Earned, rule
from points.earning.terms import parameter


@dataclass(frozen=True, slots=True)
class Terms:
    sun: int = parameter(120, _("Sunlight for each resident and tier"))


@rule("monument", title=_("A tier of the dorm's monument"), kind="coop", terms=Terms)
def monument(deed: Deed, terms: Terms) -> Earned:
    """Once a tier; the award's fact names the monument and the tier."""
    return Earned(sun=terms.sun)
