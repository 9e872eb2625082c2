"""A room that is low already keeps earning for staying low: savings are not all that counts."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from points.earning.rules import rule
from points.earning.terms import parameter


@dataclass(frozen=True, slots=True)
class Terms:
    """
    Sunlight in place of a smaller saving, for a room in the first `peer_percent` of its peers whose
    day stayed within `most_percent` of its baseline.
    """

    sun: int = parameter(45, _("Sunlight of such a day"))
    peer_percent: int = parameter(33, _("Part of similar rooms that is low, in percent"), most=100)
    most_percent: int = parameter(103, _("Most of the usual use, in percent"), most=200)


@dataclass(frozen=True, slots=True)
class Held:
    """A day of a room: its place among `rooms` peers, its day, and what its saving gave already."""

    position: int
    rooms: int
    expected_wh: int
    actual_wh: int
    given: int


@rule("hold", title=_("Staying low"), kind="hold", terms=Terms)
def hold(held: Held, terms: Terms) -> int:
    """What is missing to the hold; nothing where the saving gave more."""
    low = 100 * held.position <= terms.peer_percent * held.rooms
    kept = 100 * held.actual_wh <= terms.most_percent * held.expected_wh
    return max(terms.sun - held.given, 0) if low and kept else 0
