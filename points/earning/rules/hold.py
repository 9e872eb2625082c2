"""A room that is low already keeps earning for staying low: savings are not all that counts."""

from dataclasses import dataclass

from points.earning.rules import rule


@dataclass(frozen=True, slots=True)
class Terms:
    """
    Sunlight in place of a smaller saving, for a room in the first `peer_percent` of its peers whose
    day stayed within `most_percent` of its baseline.
    """

    sun: int = 45
    peer_percent: int = 33
    most_percent: int = 103


@dataclass(frozen=True, slots=True)
class Held:
    """A day of a room: its place among `rooms` peers, its day, and what its saving gave already."""

    position: int
    rooms: int
    expected_wh: int
    actual_wh: int
    given: int


@rule("hold", kind="hold", terms=Terms)
def hold(held: Held, terms: Terms) -> int:
    """What is missing to the hold; nothing where the saving gave more."""
    low = 100 * held.position <= terms.peer_percent * held.rooms
    kept = 100 * held.actual_wh <= terms.most_percent * held.expected_wh
    return max(terms.sun - held.given, 0) if low and kept else 0
