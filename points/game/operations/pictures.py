"""The picture of a map, kept until the map changes."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from points.game import queries
from points.game.art import picture
from points.game.models import GameMap
from points.game.rules import book as rules_book


def picture_of(*, game_map: GameMap, size: str) -> bytes:
    """The map as PNG; an unchanged map is read back from storage."""
    folder, version = f"maps/{game_map.uid}/{size}", rules_book.current().version
    name = f"{folder}/{version}-{game_map.version}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            found: bytes = kept.read()
            return found
    campus = queries.campus_of(game_map=game_map)
    drawn = picture.png(campus=campus, seed=game_map.seed, size=size)
    _forget(folder)
    default_storage.save(name, ContentFile(drawn))
    return drawn


def _forget(folder: str) -> None:
    """Drop pictures of earlier versions: a map is seen as it is."""
    if default_storage.exists(folder):
        for old in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{old}")
