"""Whose campus one may see, and what one gave there. Nothing can be taken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db.models import Count, QuerySet

from campus.people import queries as people
from campus.people.models import Holder
from campus.places import queries as places
from points.game.models import Card, GameMap, Instance, Watering
from points.game.rules import book as rules_book
from points.game.rules.state import Neighbour

MOST = 50
NEWEST = 1000  # of which the dorm is picked
EXHIBITED = 6
ROOM, DORM, EVERYONE = GameMap.Visibility


@dataclass(frozen=True, slots=True)
class NeighbourFact:
    """A campus that may be visited, and why: `room`, `dorm` or `campus`."""

    uid: str
    nickname: str
    name: str
    relation: str
    exhibited: bool


def may_visit(*, viewer: Holder, game_map: GameMap, day: date) -> str | None:
    """Why a student may visit another's campus on a day: room, dorm or campus; None if not."""
    owner = game_map.holder
    if owner.pk == viewer.pk or owner.campus_id != viewer.campus_id or owner.erased_at:
        return None
    mine, theirs = (people.room_of(holder=one, day=day) for one in (viewer, owner))
    if mine and theirs and mine.pk == theirs.pk:
        return "room"
    same_dorm = mine and theirs and mine.residence_id == theirs.residence_id
    if same_dorm and game_map.visibility in {DORM, EVERYONE}:
        return "dorm"
    return "campus" if game_map.visibility == EVERYONE else None


def visitable(*, viewer: Holder, day: date) -> list[NeighbourFact]:
    """Campuses that a student may visit: room-mates, this week's exhibition, then the dorm."""
    homes = {
        holder: room
        for room, holders in people.residents_on(campus=viewer.campus, day=day).items()
        for holder in holders
    }
    mine = homes.get(viewer.pk)
    mates = [holder for holder, room in homes.items() if room == mine]
    found = [(row, "room", False) for row in _others(viewer).filter(holder_id__in=mates)]
    found += [(row, "campus", True) for row in exhibition(viewer=viewer, day=day)]
    found += [(row, "dorm", False) for row in _dorm(viewer, homes)]
    names = people.nicknames(holders=[row.holder_id for row, *_ in found])
    told: dict[int, NeighbourFact] = {}
    for row, relation, exhibited in found:
        nickname = names.get(row.holder_id)
        if nickname is not None:
            fact = NeighbourFact(str(row.uid), nickname, row.name, relation, exhibited)
            told.setdefault(row.pk, fact)
    return list(told.values())[:MOST]


def exhibition(*, viewer: Holder, day: date) -> Sequence[GameMap]:
    """
    This week's exhibition among those open to everyone: half by lot, half by cards.

    The lot is drawn from the week, so that everybody sees the same and nobody can turn it.
    """
    year, week, _weekday = day.isocalendar()
    open_to_all = list(
        _others(viewer)
        .filter(visibility=EVERYONE)
        .annotate(liked=Count("cards"))
        .order_by("pk")[:500]
    )

    def lot(row: GameMap) -> str:
        return sha256(f"{year}:{week}:{row.uid}".encode()).hexdigest()

    drawn = sorted(open_to_all, key=lot)
    liked = sorted(drawn, key=lambda row: -row.liked)[: EXHIBITED // 2]
    by_lot = [row for row in drawn if row not in liked][: EXHIBITED - len(liked)]
    return liked + by_lot


def neighbours(*, viewer: Holder, owners: Iterable[str], day: date) -> Mapping[str, Neighbour]:
    """Map id -> what the rules must know of the campuses on which a student wants to water."""
    rows = GameMap.objects.filter(uid__in=[UUID(one) for one in owners])
    return {
        str(row.uid): _neighbour(viewer, row, day) for row in rows.select_related("holder__campus")
    }


def waterings_given(*, giver: Holder, day: date) -> int:
    """How many plants a student has watered on a day."""
    return Watering.objects.filter(giver=giver, day=day).count()


def cards_of(*, game_map: GameMap) -> Mapping[str, int]:
    """Kind of card -> how many visitors left it."""
    rows = Card.objects.filter(map=game_map).values_list("kind").annotate(count=Count("pk"))
    return dict(rows)


def card_by(*, giver: Holder, game_map: GameMap) -> str | None:
    """The kind of card that a visitor left."""
    rows = Card.objects.filter(map=game_map, giver=giver)
    return rows.values_list("kind", flat=True).first()


def previewed(*, uid: UUID) -> GameMap | None:
    """A campus whose owner lets a link show its picture; None for every other."""
    rows = GameMap.objects.filter(uid=uid, preview=True, holder__erased_at=None)
    return rows.select_related("holder__campus").first()


def _neighbour(viewer: Holder, row: GameMap, day: date) -> Neighbour:
    items = rules_book.current().items
    plants = row.instances.filter(state=Instance.State.PLACED).values_list("uid", "item")
    today = Watering.objects.filter(map=row, day=day)
    return Neighbour(
        open=may_visit(viewer=viewer, game_map=row, day=day) is not None,
        plants=frozenset(str(uid) for uid, item in plants if items[item].category == "plant"),
        watered_today=today.filter(giver=viewer).exists(),
        received_today=today.count(),
    )


def _others(viewer: Holder) -> QuerySet[GameMap]:
    rows = GameMap.objects.filter(campus=viewer.campus, holder__erased_at=None)
    return rows.exclude(holder=viewer)


def _dorm(viewer: Holder, homes: Mapping[int, int]) -> list[GameMap]:
    """The newest campuses of one's dorm that are open to it; `homes` is holder id -> room id."""
    dorms = {room.room_id: room.residence_id for room in places.rooms_of(campus=viewer.campus)}
    mine = dorms.get(homes.get(viewer.pk, 0))
    living = {holder for holder, room in homes.items() if mine and dorms[room] == mine}
    rows = _others(viewer).filter(visibility__in=(DORM, EVERYONE)).order_by("-pk")[:NEWEST]
    return [row for row in rows if row.holder_id in living][:MOST]
