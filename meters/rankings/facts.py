"""What this room hands to others: frozen, and free of tables."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A place among `ranked`; `score` is Wh per person and day, or 1/1000 of a residence's."""

    rank: int
    ranked: int
    score: int
    days: int

    @property
    def efficient(self) -> bool:
        """Whether it is in the better third: approval comes first."""
        return 3 * self.rank <= self.ranked


@dataclass(frozen=True, slots=True)
class TopRow:
    """One of the first places; rooms are nameless unless their people want to be named."""

    rank: int
    label: str | None
    me: bool
    score: int


@dataclass(frozen=True, slots=True)
class Board:
    """A published order: the asker's place and the first ones, never the last."""

    ranked: int
    mine: PlaceFact | None
    top: tuple[TopRow, ...]


@dataclass(frozen=True, slots=True)
class GroupFact:
    """With whom a room is compared; what its rooms do not share is None."""

    rooms: int
    type: str | None
    people: int | None
    residence: str | None


@dataclass(frozen=True, slots=True)
class Standings:
    """
    All that a student may know of a period; `reason` says why their room has no place.

    `ends_on` is the first day after the days that are told; a running period goes on beyond it.
    `named` says whether the asker is named on boards.
    """

    period: str
    part: str | None
    reason: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    running: bool = False
    revision: int = 0
    note: str = ""
    group: GroupFact | None = None
    rooms: Board | None = None
    residences: Board | None = None
    named: bool = False
