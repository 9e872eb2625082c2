"""What an erased person called their campus is forgotten; what they built stands, nameless."""

from datetime import datetime

from campus.people.forgetting import Person
from points.game.models import GameMap, Layout


def forget(*, person: Person, at: datetime) -> None:
    """Empty the names of an erased person's map and layouts, and let nobody visit it."""
    maps = GameMap.objects.filter(holder=person.holder_id)
    maps.update(name="", visibility=GameMap.Visibility.ROOM, preview=False)
    Layout.objects.filter(map__in=maps).update(name="")
