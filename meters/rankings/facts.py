"""What this room hands to others: frozen, and free of tables."""

from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A room's place among `rooms`, for the week that ended with `day`."""

    rank: int
    rooms: int
    saved_wh_per_person: int
    days: int
    day: date


@dataclass(frozen=True, slots=True)
class TopRow:
    """One of the first places; rooms stay nameless unless they are the asker's own."""

    rank: int
    label: str | None
    me: bool
    saved_wh_per_person: int


@dataclass(frozen=True, slots=True)
class Board:
    """A published group: how many rooms it ranks, the asker's place, and the first ten."""

    day: date
    rooms: int
    mine: PlaceFact | None
    top: tuple[TopRow, ...]


@dataclass(frozen=True, slots=True)
class Rankings:
    """All that a student may know of the order of rooms; `reason` says why `mine` is None."""

    day: date | None
    part: str | None
    mine: PlaceFact | None
    reason: str | None
    residence: Board | None
    campus: Board | None

    @classmethod
    def none(cls, *, part: str | None = None, reason: str | None = "not_yet") -> Self:
        """Nothing to tell."""
        return cls(None, part, None, reason, None, None)
