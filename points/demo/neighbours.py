"""Neighbours of the demo student who have begun to build: a room-mate, and two open to everyone."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import uuid4

from campus.people.models import Holder, Profile, Residency
from points.game import operations, queries
from points.game.rules import book as rules_book
from points.game.rules import placement, state
from points.game.rules.actions import Action

# What the welcome buys, and where it is wished to stand; the first free cell takes what does not.
FIRST = (("dorm_lodge", 8, 7), ("cosmos", 10, 9), ("bamboo", 7, 10), ("bench", 12, 9))


def build(*, today: date, at: datetime) -> None:
    """Open the campuses of a few neighbours and place what their welcome buys."""
    student = Profile.objects.select_related("holder__campus").get(user__username="student").holder
    for number, holder in enumerate(_neighbours(student)):
        game_map = operations.open_map(holder=holder, day=today, at=at)
        wishes = [Action(id=str(uuid4()), type="collect")]
        wishes += [Action(id=str(uuid4()), type="visibility", visibility="EVERYONE")] * bool(number)
        _play(game_map.holder, wishes, at)
        for item, x, y in FIRST:
            _play(holder, [_bought(holder, item, x + number, y)], at)


def _neighbours(student: Holder) -> Iterator[Holder]:
    """Who shares the room, then two from the same residence."""
    home = Residency.objects.filter(holder=student, ends_on=None).select_related("room").get()
    stays = Residency.objects.filter(ends_on=None).exclude(holder=student)
    stays = stays.select_related("holder__campus").order_by("pk")
    yield from (stay.holder for stay in stays.filter(room=home.room)[:1])
    near = stays.filter(room__residence=home.room.residence).exclude(room=home.room)
    yield from (stay.holder for stay in near[:2])


def _bought(holder: Holder, item: str, x: int, y: int) -> Action:
    game_map = queries.map_of(holder=holder)
    assert game_map is not None  # it was opened before
    campus, book = queries.campus_of(game_map=game_map), rules_book.current()
    one, spot = state.Instance(id="new", item=item), state.Spot(x, y)
    if placement.why_not(campus=campus, instance=one, spot=spot, book=book) is not None:
        spot = placement.first_free(campus=campus, instance=one, book=book) or spot
    return Action(id=str(uuid4()), type="buy", item=item, spot=spot)


def _play(holder: Holder, actions: list[Action], at: datetime) -> None:
    game_map = queries.map_of(holder=holder)
    assert game_map is not None  # it was opened before
    operations.play(
        game_map=game_map,
        base_version=game_map.version,
        rules_version=rules_book.current().version,
        wishes=[operations.Wish(action, action.id) for action in actions],
        at=at,
    )
