"""The monument of a dorm: what is built, what is next, who gave, and how much oneself gave."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from campus.people import queries as people
from campus.people.models import Holder
from campus.places import queries as places
from points.game.models import Contribution, GameMap, Monument
from points.game.rules import book as rules_book


@dataclass(frozen=True, slots=True)
class MonumentFact:
    """
    Sunlight `built`, the cumulative `targets` of its tiers, who gave (alphabetical, without
    amounts), and what the asker gave.
    """

    residence: dict[str, str]
    built: int
    targets: tuple[int, ...]
    tiers: int
    players: int
    names: tuple[str, ...]
    mine: int


def monument_on(*, holder: Holder, day: date) -> Monument | None:
    """The monument of the dorm where a student lives, in the term of `day`, if it was begun."""
    room = people.room_of(holder=holder, day=day)
    term = places.term_on(campus=holder.campus, day=day)
    if room is None or term is None:
        return None
    return Monument.objects.filter(residence=room.residence, term=term).first()


def monument_of(*, holder: Holder, day: date) -> MonumentFact | None:
    """What a student sees of their dorm's monument; None outside a term or without a room."""
    room = people.room_of(holder=holder, day=day)
    term = places.term_on(campus=holder.campus, day=day)
    if room is None or term is None:
        return None
    row = Monument.objects.filter(residence=room.residence, term=term).first()
    given = Contribution.objects.filter(monument=row) if row else Contribution.objects.none()
    givers = list(given.values_list("holder_id", flat=True).distinct())
    count = (
        row.players if row else players_of(residence_id=room.residence_id, holder=holder, day=day)
    )
    return MonumentFact(
        residence=room.residence.name,
        built=row.built if row else 0,
        targets=targets(players=count),
        tiers=row.tiers if row else 0,
        players=count,
        names=tuple(sorted(people.nicknames(holders=givers).values(), key=str.casefold)),
        mine=given.filter(holder=holder).aggregate(total=Sum("amount"))["total"] or 0,
    )


def targets(*, players: int) -> tuple[int, ...]:
    """Sunlight at which each tier is reached."""
    tiers: list[int] = rules_book.current().faucets["coop"]["tiers"]
    return tuple(players * each for each in tiers)


def players_of(*, residence_id: int, holder: Holder, day: date) -> int:
    """How many residents of a dorm have opened their campus; at least one."""
    rooms = {
        room.room_id
        for room in places.rooms_of(campus=holder.campus)
        if room.residence_id == residence_id
    }
    homes = people.residents_on(campus=holder.campus, day=day)
    living = {one for room, holders in homes.items() if room in rooms for one in holders}
    playing = GameMap.objects.filter(campus=holder.campus).values_list("holder_id", flat=True)
    return max(1, len(living & set(playing)))
