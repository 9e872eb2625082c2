"""What an erased person called their campus is forgotten; what they built stands, nameless."""

from datetime import datetime

from campus.people.forgetting import Person
from points.game.models import GameMap


def forget(*, person: Person, at: datetime) -> None:
    """Empty the name of an erased person's map."""
    GameMap.objects.filter(holder=person.holder_id).update(name="")
