"""Sunlight for the first opening of one's campus, so that a first building can stand on day 0."""

from dataclasses import dataclass

from points.earning.rules import Deed, Earned, rule


@dataclass(frozen=True, slots=True)
class Terms:
    sun: int = 200


@rule("welcome", kind="welcome", terms=Terms)
def welcome(deed: Deed, terms: Terms) -> Earned:
    """Once in a life."""
    return Earned(sun=0 if deed.paid_ever else terms.sun)
