"""The first time a student looks at their campus."""

from datetime import date, datetime

from django.db import transaction

from campus.people.models import Holder
from campus.places import queries as places
from points.earning import operations as earning
from points.game.models import GameMap
from points.game.operations import dropping
from points.game.rules import book as rules_book

SEEDS = 2**31


def open_map(*, holder: Holder, day: date, at: datetime) -> GameMap:
    """The student's map; the first time it is laid out and a welcome of sunlight lies on it."""
    found = GameMap.objects.filter(holder=holder).select_related("holder__campus").first()
    return found or _lay_out(holder, day, at)


@transaction.atomic
def _lay_out(holder: Holder, day: date, at: datetime) -> GameMap:
    first = rules_book.current().map.open_at_start
    game_map, new = GameMap.objects.get_or_create(
        holder=holder,
        defaults={
            "campus": holder.campus,
            "seed": _seed(holder, day),
            "parcels": list(first),
            "opened_at": at,
        },
    )
    if new:
        awards = earning.award(
            rule="welcome", fact_key=str(game_map.uid), holder=holder, fact={}, day=day, at=at
        )
        dropping.ripen_awards(awards=awards, at=at)
    return game_map


def _seed(holder: Holder, day: date) -> int:
    """Everybody of a term walks the same land."""
    term = places.term_on(campus=holder.campus, day=day)
    return (term.uid if term else holder.campus.uid).int % SEEDS
