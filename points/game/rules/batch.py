"""
An ordered batch of actions: each is all or nothing, and one that leans on a failed one fails with
it.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from points.game.rules.actions import Action, Changes, judge
from points.game.rules.book import Book
from points.game.rules.state import CAMPUS, Campus, Refused, changed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one action: its changes, or the code of its refusal."""

    action: Action
    changes: Changes = ()
    code: str | None = None


def run(
    *, campus: Campus, actions: Sequence[Action], at: datetime, book: Book
) -> Iterator[tuple[Outcome, Campus]]:
    """
    Each action's outcome with the campus after it, in order; a refused action leaves the campus as
    it was.
    """
    failed: set[str] = set()
    for action in actions:
        outcome = attempt(campus=campus, action=action, at=at, book=book, failed=failed)
        if outcome.code is None:
            campus = changed(campus=campus, changes=outcome.changes)
        else:
            failed.add(action.instance or action.id)
        yield outcome, campus


def attempt(
    *, campus: Campus, action: Action, at: datetime, book: Book, failed: Set[str]
) -> Outcome:
    """One action; `failed` holds the ids of what failed before it in the batch."""
    if failed & _leans_on(action):
        return Outcome(action=action, code="dependency_failed")
    try:
        return Outcome(action=action, changes=judge(campus=campus, action=action, at=at, book=book))
    except Refused as refused:
        return Outcome(action=action, code=refused.code)


def _leans_on(action: Action) -> set[str]:
    space = action.spot.space if action.spot else CAMPUS
    return {action.instance, space} - {"", CAMPUS}
