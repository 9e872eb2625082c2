"""The picture of a map, kept until the map changes, and of a room's month."""

from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from campus.places import queries as places
from campus.places.models import Enrolment, Room
from meters.readings import queries as readings
from meters.savings import queries as savings
from points.game import queries
from points.game.art import month, picture
from points.game.models import GameMap
from points.game.rules import book as rules_book

DAYS = timedelta(days=28)


def picture_of(*, game_map: GameMap, size: str, season: str) -> bytes:
    """The map as PNG; an unchanged map of the same season is read back from storage."""
    folder, version = f"maps/{game_map.uid}/{size}", rules_book.current().version
    name = f"{folder}/{version}-{game_map.version}-{season}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            found: bytes = kept.read()
            return found
    campus = queries.campus_of(game_map=game_map)
    drawn = picture.png(campus=campus, seed=game_map.seed, size=size, season=season)
    _forget(folder)
    default_storage.save(name, ContentFile(drawn))
    return drawn


def month_of(*, room: Room, today: date, size: str) -> bytes:
    """The last 28 closed days of a room as PNG."""
    first = today - DAYS
    used = readings.days_of_room(room=room, starts_on=first, ends_on=today)
    term = places.term_on(campus=room.residence.campus, day=today)
    # Comparison rooms see their use, never an expectation.
    enrolled = term is not None and places.part_of(room=room, term=term) == Enrolment.Part.ENROLLED
    usual = savings.days_of_room(room=room, starts_on=first, ends_on=today) if enrolled else []
    used_by_day = {fact.day: fact.wh for fact in used}
    usual_by_day = {fact.day: fact.expected_wh for fact in usual}
    days = [first + timedelta(days=n) for n in range(DAYS.days)]
    bars = tuple((used_by_day.get(day), usual_by_day.get(day)) for day in days)
    return month.png(bars=bars, first=first, size=size)


def _forget(folder: str) -> None:
    """Drop pictures of earlier versions: a map is seen as it is."""
    if default_storage.exists(folder):
        for old in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{old}")
