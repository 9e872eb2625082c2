"""Watering a neighbour's plant: both sides get a little, a few times a day."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from points.earning.rules import Deed, Earned, rule
from points.earning.terms import parameter


@dataclass(frozen=True, slots=True)
class Terms:
    """A student gives at most 5 and receives at most 10 a day; the game counts which is which."""

    sun: int = parameter(2, _("Sunlight for each of the two"))
    paid_per_day: int = parameter(15, _("Most that are paid a day"))


@rule("helping", title=_("Watering another's plant"), kind="help", terms=Terms)
def helping(deed: Deed, terms: Terms) -> Earned:
    """The same for who waters and whose plant it is."""
    return Earned(sun=terms.sun if deed.paid_today < terms.paid_per_day else 0)
