"""How the nights went."""

from datetime import date

from campus.nights.models import NightRun, State
from campus.places.models import Campus


def last_closed(*, campus: Campus) -> date | None:
    """The newest day whose night is done."""
    done = campus.nights.filter(state=State.DONE).order_by("-day")
    return done.values_list("day", flat=True).first()


def recent(*, campus: Campus, limit: int = 14) -> list[NightRun]:
    """The newest nights with their steps."""
    return list(campus.nights.order_by("-day").prefetch_related("steps")[:limit])
