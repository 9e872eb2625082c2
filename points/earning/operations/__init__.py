"""Everything that writes awards and the terms they are judged by."""

from points.earning.operations.deeds import award
from points.earning.operations.granting import Grant, award_sunlight
from points.earning.operations.limiting import set_budget
from points.earning.operations.night import award_night
from points.earning.operations.terms import (
    announce_terms,
    earliest_terms,
    install_default_terms,
    set_terms,
)

__all__ = [
    "Grant",
    "announce_terms",
    "award",
    "award_night",
    "award_sunlight",
    "earliest_terms",
    "install_default_terms",
    "set_budget",
    "set_terms",
]
