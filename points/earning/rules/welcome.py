"""Sunlight for the first opening of one's campus, so that a first building can stand on day 0."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from points.earning.rules import Deed, Earned, rule
from points.earning.terms import parameter


@dataclass(frozen=True, slots=True)
class Terms:
    sun: int = parameter(200, _("Sunlight"))


@rule("welcome", title=_("First opening of the map"), kind="welcome", terms=Terms)
def welcome(deed: Deed, terms: Terms) -> Earned:
    """Once in a life."""
    return Earned(sun=0 if deed.paid_ever else terms.sun)
