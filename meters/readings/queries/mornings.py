"""What this room adds to a student's morning."""

from collections.abc import Mapping
from datetime import date

from campus.people import queries as people
from campus.places.models import Campus
from meters.readings.queries.uses import use_of_day


def news(*, campus: Campus, day: date) -> Mapping[int, Mapping[str, object]]:
    """Holder id -> what the room of that night used; rooms without a reading are absent."""
    used = use_of_day(campus=campus, day=day)
    living = people.residents_on(campus=campus, day=day)
    return {
        holder: {"used_wh": wh}
        for room, wh in zip(used.room_id.tolist(), used.wh.tolist(), strict=True)
        if wh >= 0
        for holder in living.get(room, ())
    }
