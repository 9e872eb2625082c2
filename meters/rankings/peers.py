"""
Who is compared with whom: groups of about thirty similar rooms. Pure.

Rooms of one type with the same number of people come first; within these, neighbours stay
together (same residence, same side of the house), because sun and wind are theirs in common. No
chance is involved: the same rooms make the same groups.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

ABOUT = 30
MIN_ROOMS = 5  # a smaller group would tell who is who
MIN_PEOPLE = 10


@dataclass(frozen=True, slots=True)
class Alike:
    """By what a room is compared."""

    room_id: int
    type_id: int
    people: int
    residence_id: int
    orientation: str
    number: str

    @property
    def kind(self) -> tuple[int, int]:
        """What rooms of a group should share."""
        return self.type_id, self.people


def groups_of(rooms: Iterable[Alike]) -> list[list[Alike]]:
    """
    Every room in exactly one group of 20 to 45, smaller only where there are no more of its kind.

    A kind too small to hide in joins the next kind in order of type and people.
    """
    ordered = sorted(rooms, key=_order)
    kinds = [list(same) for _kind, same in groupby(ordered, key=lambda room: room.kind)]
    return [part for kind in _joined(kinds) for part in _parts(kind)]


def may_be_published(people: Sequence[int]) -> bool:
    """Whether rooms with so many people each hide every one of them."""
    return len(people) >= MIN_ROOMS and sum(people) >= MIN_PEOPLE


def _order(room: Alike) -> tuple[object, ...]:
    return (*room.kind, room.residence_id, room.orientation, room.number, room.room_id)


def _joined(kinds: list[list[Alike]]) -> list[list[Alike]]:
    joined: list[list[Alike]] = []
    for kind in kinds:
        if joined and not _hides(joined[-1]):
            joined[-1].extend(kind)
        else:
            joined.append(kind)
    if len(joined) > 1 and not _hides(joined[-1]):
        joined[-2].extend(joined.pop())
    return joined


def _hides(rooms: Sequence[Alike]) -> bool:
    return may_be_published([room.people for room in rooms])


def _parts(rooms: list[Alike]) -> list[list[Alike]]:
    """Neighbours cut into parts of nearly one size."""
    count = max(1, round(len(rooms) / ABOUT))
    cuts = [round(n * len(rooms) / count) for n in range(count + 1)]
    return [rooms[first:after] for first, after in pairwise(cuts)]
