"""Ranking rooms by what they saved per person and counted day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WINDOW = 7  # closed days: every weekday once
MIN_COUNTED = 4  # of them: one frugal day between two journeys is no week
MIN_ROOMS = 5  # a smaller group would tell who is who
MIN_PEOPLE = 10


@dataclass(frozen=True, slots=True)
class RoomDay:
    """One day of an enrolled room; `saved_wh` is None unless the day counts."""

    room_id: int
    people: int
    measured: bool
    saved_wh: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """A room's week: Wh saved per person and counted day (negative when it used more)."""

    room_id: int
    people: int
    saved_wh_per_person: int
    days: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A score with its place. Ties share a rank; positions are 1..n without gaps."""

    score: Score
    rank: int
    position: int


def score_of(days: Sequence[RoomDay]) -> Score | None:
    """
    A room's score over the window; None when a day is missing or too few of them count.

    Away days neither help nor harm: they are left out of the mean.
    """
    if len(days) < WINDOW or not all(day.measured for day in days):
        return None
    saved = [day.saved_wh for day in days if day.saved_wh is not None]
    if len(saved) < MIN_COUNTED:
        return None
    people = days[0].people
    return Score(days[0].room_id, people, round(sum(saved) / (people * len(saved))), len(saved))


def places(scores: Iterable[Score]) -> list[Placed]:
    """The rooms in order, the highest saving first; equal savings share the better rank."""
    ordered = sorted(scores, key=lambda score: (-score.saved_wh_per_person, score.room_id))
    placed: list[Placed] = []
    for position, score in enumerate(ordered, start=1):
        before = placed[-1] if placed else None
        same = before and before.score.saved_wh_per_person == score.saved_wh_per_person
        placed.append(Placed(score, before.rank if before and same else position, position))
    return placed


def may_be_published(scores: Sequence[Score]) -> bool:
    """Whether a group is large enough that no room can be recognised by its figures."""
    return len(scores) >= MIN_ROOMS and sum(score.people for score in scores) >= MIN_PEOPLE
