"""
The mini-campuses of the demo: the student's, and those of a few neighbours to visit.

They are opened before the first night, so that the roof's light falls on them, and built after the
last one, from nothing but what the nights have given: each wish goes through the rules, and what
cannot be paid is not built.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from campus.people.models import Holder, Profile, Residency
from points.demo.towns import BUILT, FURNISHED, FURNITURE, PLANTED, UPGRADED, Wished
from points.game import operations, queries
from points.game.rules import actions, placement, state
from points.game.rules import book as rules_book
from points.game.rules.actions import Action

GIFT = 180

TITLE = "The mini-campuses that students have built"


def build(*, today: date, at: datetime) -> None:
    """Open the campuses; the first sunlight lies on them."""
    for holder in _players():
        operations.open_map(holder=holder, day=today, at=at)


def live(*, today: date, at: datetime) -> None:
    """Spend what the nights have given; today's light still lies there to be collected."""
    for number, holder in enumerate(_players()):
        town = Town(holder=holder, at=at, turned=bool(number % 2))
        town.collect_but(newest=3 if number == 0 else 0)
        if number > 1:  # room-mates see one another anyway
            town.show()
        town.build()
        town.give()
        town.play()


def _players() -> list[Holder]:
    """The student, who shares the room, then two from the same residence."""
    student = Profile.objects.select_related("holder__campus").get(user__username="student").holder
    return [student, *_neighbours(student)]


def _neighbours(student: Holder) -> Iterator[Holder]:
    home = Residency.objects.filter(holder=student, ends_on=None).select_related("room").get()
    stays = Residency.objects.filter(ends_on=None).exclude(holder=student)
    stays = stays.select_related("holder__campus").order_by("pk")
    yield from (stay.holder for stay in stays.filter(room=home.room)[:1])
    near = stays.filter(room__residence=home.room.residence).exclude(room=home.room)
    yield from (stay.holder for stay in near[:2])


class Town:
    """A campus as it will be, and the actions that make it so; `turned` mirrors the plan."""

    def __init__(self, *, holder: Holder, at: datetime, turned: bool = False) -> None:
        game_map = queries.map_of(holder=holder)
        assert game_map is not None  # it was opened before the nights
        self.map, self.at, self.turned = game_map, at, turned
        self.book = rules_book.current()
        # Whether the dorm has a monument is for the server to say: a gift comes last.
        self.campus = replace(queries.campus_of(game_map=game_map), monument_open=True)
        self.actions: list[Action] = []

    def collect_but(self, *, newest: int) -> None:
        """Collect what is ripe, but for the `newest` lights."""
        ripe = [drop.id for drop in self.campus.drops.values() if drop.state == "RIPE"]
        if ripe[newest:]:
            kept = slice(0, len(ripe) - newest)
            self.do(Action(id=str(uuid4()), type="collect", drops=tuple(ripe[kept])))

    def show(self) -> None:
        """Open the gate to everyone."""
        self.do(Action(id=str(uuid4()), type="visibility", visibility="EVERYONE"))

    def build(self) -> None:
        """Houses, the garden, then inside the lodge and onto the houses, while sunlight lasts."""
        for wished in (*BUILT, *PLANTED):
            self._buy(wished)
        for item in UPGRADED:
            house = self._standing(item)
            if house is not None:
                self.do(Action(id=str(uuid4()), type="upgrade", instance=house.id))
        lodge = self._standing(FURNISHED)
        for item, x, y, rot in FURNITURE if lodge else ():
            spot = state.Spot(x, y, rot, lodge.id if lodge else state.CAMPUS)
            self.do(Action(id=str(uuid4()), type="buy", item=item, spot=spot))

    def give(self) -> None:
        """A part of what is left goes to the dorm's monument."""
        self.do(Action(id=str(uuid4()), type="donate", amount=GIFT))

    def do(self, action: Action) -> None:
        """Note an action, unless a rule forbids it."""
        try:
            self.campus = actions.applied(
                campus=self.campus, action=action, at=self.at, book=self.book
            )
        except state.Refused:
            return
        self.actions.append(action)

    def play(self) -> None:
        """Carry out what was noted, as a phone would send it."""
        most = self.book.batch.max_actions
        for first in range(0, len(self.actions), most):
            self._send(self.actions[first : first + most])

    def _send(self, noted: Sequence[Action]) -> None:
        self.map.refresh_from_db()
        operations.play(
            game_map=self.map,
            base_version=self.map.version,
            rules_version=self.book.version,
            wishes=[operations.Wish(action, action.id) for action in noted],
            at=self.at,
        )

    def _buy(self, wished: Wished) -> None:
        item, x, y, rot = wished
        if self.turned:
            x, y = y, x
            rot = rot if self.book.items[item].rotations == (0,) else rot ^ 1
        spot = self._near(item, state.Spot(x, y, rot))
        if spot is not None:
            self.do(Action(id=str(uuid4()), type="buy", item=item, spot=spot))

    def _near(self, item: str, wished: state.Spot) -> state.Spot | None:
        """The fitting spot nearest to the one wished for: the lake lies elsewhere each term."""
        one = state.Instance(id="new", item=item)
        around = sorted(
            (abs(x - wished.x) + abs(y - wished.y), y, x) for y in range(24) for x in range(24)
        )
        spots = (replace(wished, x=x, y=y) for _far, y, x in around)
        free = (
            spot
            for spot in spots
            if placement.why_not(campus=self.campus, instance=one, spot=spot, book=self.book)
            is None
        )
        return next(free, None)

    def _standing(self, item: str) -> state.Instance | None:
        houses = placement.in_space(campus=self.campus, space=state.CAMPUS)
        return next((one for one in houses if one.item == item), None)
