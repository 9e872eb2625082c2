"""Neighbours give: water, cards, a monument. Nothing of another can be taken or changed."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from campus.people.models import Holder, Residency
from points.earning.models import Award
from points.game import operations, queries
from points.game.models import Card, Contribution, Drop, GameMap, Layout, Monument, Watering
from points.game.operations import monuments
from points.game.rules.state import Spot
from points.ledger.models import Transfer
from tests import factories
from tests.points.game import making as make
from tests.points.game.making import wish

pytestmark = pytest.mark.django_db


def room_mates(count: int = 2) -> list[GameMap]:
    """Maps of students of one room, in a term, each with the welcome collected."""
    first = make.a_player()
    room = factories.a_room(residence=factories.a_residence(campus=first.campus))
    others = [a_neighbour(first.campus) for _each in range(count - 1)]
    for one in (first, *others):
        Residency.objects.filter(holder=one.holder).delete()
        moved_in(one.holder, room)
    return [first, *others]


def a_neighbour(campus: Any) -> GameMap:
    holder = factories.a_student(campus=campus).holder
    game_map = operations.open_map(holder=holder, day=make.DAY, at=make.AT)
    GameMap.objects.filter(pk=game_map.pk).update(seed=1)
    make.play(game_map, [wish("collect", drops="all")])
    return game_map


def moved_in(holder: Holder, room: Any) -> None:
    Residency.objects.create(holder=holder, room=room, starts_on=factories.SINCE)


def a_term(game_map: GameMap) -> Any:
    return factories.a_term(
        campus=game_map.campus,
        starts_on=make.DAY - timedelta(days=36),
        ends_on=make.DAY + timedelta(days=70),
    )


def test_a_watered_plant_gives_both_sides_a_little_and_takes_nothing() -> None:
    giver, owner = room_mates()
    tree = make.bought(owner, "cosmos", x=9, y=9)
    before = make.sun(owner)
    asked = wish("water", owner=str(owner.uid), instance=str(tree))
    assert make.codes(make.play(giver, [asked])) == [None]
    assert Watering.objects.get().plant.uid == tree
    ripe = Drop.objects.filter(kind="help", state="RIPE")
    assert sorted(ripe.values_list("holder_id", "amount")) == sorted(
        [(giver.holder_id, 2), (owner.holder_id, 2)]
    )
    assert make.sun(owner) == before


def test_a_pair_waters_once_a_day() -> None:
    giver, owner = room_mates()
    tree = str(make.bought(owner, "cosmos", x=9, y=9))
    asked = [wish("water", owner=str(owner.uid), instance=tree) for _each in range(2)]
    assert make.codes(make.play(giver, asked)) == [None, "limit_reached"]
    again = wish("water", owner=str(owner.uid), instance=tree)
    assert make.codes(make.play(giver, [again])) == ["limit_reached"]
    tomorrow = make.AT + timedelta(days=1)
    again = wish("water", owner=str(owner.uid), instance=tree)
    assert make.codes(make.play(giver, [again], at=tomorrow)) == [None]
    assert Watering.objects.count() == 2


def test_water_needs_a_visit_and_a_plant() -> None:
    giver, owner = room_mates()
    stranger = a_neighbour(giver.campus)
    bench = str(make.bought(owner, "bench", x=9, y=9))
    asked = [
        wish("water", owner=str(owner.uid), instance=bench),
        wish("water", owner=str(owner.uid), instance=str(uuid4())),
        wish("water", owner=str(stranger.uid), instance=str(uuid4())),
        wish("water", owner=str(uuid4()), instance=str(uuid4())),
        wish("water", owner=str(giver.uid), instance=str(uuid4())),
    ]
    told = make.codes(make.play(giver, asked))
    assert told == ["wrong_target", "wrong_target", "forbidden", "forbidden", "forbidden"]
    assert not Watering.objects.exists()


def test_who_may_visit_is_the_owners_choice() -> None:
    viewer, mate = room_mates()
    stranger = a_neighbour(viewer.campus)
    elsewhere = factories.a_residence(campus=viewer.campus, code="birch")
    other_dorm = factories.a_room(residence=elsewhere)
    Residency.objects.filter(holder=stranger.holder).delete()
    moved_in(stranger.holder, other_dorm)

    def relation(game_map: GameMap) -> str | None:
        game_map.refresh_from_db()
        return queries.may_visit(viewer=viewer.holder, game_map=game_map, day=make.DAY)

    assert (relation(mate), relation(stranger), relation(viewer)) == ("room", None, None)
    make.play(stranger, [wish("visibility", visibility="DORM")])
    assert relation(stranger) is None
    make.play(stranger, [wish("visibility", visibility="EVERYONE")])
    assert relation(stranger) == "campus"
    seen = queries.visitable(viewer=viewer.holder, day=make.DAY)
    assert {(one.uid, one.relation, one.exhibited) for one in seen} == {
        (str(mate.uid), "room", False),
        (str(stranger.uid), "campus", True),
    }


def test_a_card_is_replaced_not_counted_twice() -> None:
    giver, owner = room_mates()
    for kind in ("CALM", "BEAUTIFUL"):
        operations.leave_card(giver=giver.holder, game_map=owner, kind=kind, at=make.AT)
    assert Card.objects.count() == 1
    assert queries.cards_of(game_map=owner) == {"BEAUTIFUL": 1}


def test_a_gift_to_the_monument_is_paid_and_its_size_is_the_givers_own() -> None:
    giver, mate = room_mates()
    a_term(giver)
    assert make.codes(make.play(giver, [wish("donate", amount=60)])) == [None]
    assert (make.sun(giver), make.booked(giver)) == (140, 140)
    mine, theirs = (queries.monument_of(holder=one.holder, day=make.DAY) for one in (giver, mate))
    assert mine is not None
    assert theirs is not None
    assert (mine.built, mine.mine, theirs.mine) == (60, 60, 0)
    assert mine.targets == (440, 960, 1520, 2100)
    assert len(mine.names) == 1


def test_more_than_one_has_cannot_be_given_and_a_closed_monument_takes_nothing() -> None:
    giver, _mate = room_mates()
    assert make.codes(make.play(giver, [wish("donate", amount=60)])) == ["closed"]
    a_term(giver)
    asked = [wish("donate", amount=amount) for amount in (0, -5, 201, 10**9)]
    assert make.codes(make.play(giver, asked)) == ["insufficient"] * 4
    assert make.sun(giver) == 200
    assert not Monument.objects.exists()


def test_a_tier_thanks_every_resident_once() -> None:
    giver, mate = room_mates()
    a_term(giver)
    make.a_drop(holder=giver.holder, amount=400)
    make.play(giver, [wish("collect", drops="all"), wish("donate", amount=500)])
    for _night in range(2):
        monuments.reward(campus=giver.campus, day=make.DAY, at=make.AT)
    thanks = Award.objects.filter(rule="monument")
    assert sorted(thanks.values_list("holder_id", "amount")) == sorted(
        [(giver.holder_id, 120), (mate.holder_id, 120)]
    )


def test_roof_light_left_for_three_days_goes_to_the_dorm_in_the_students_name() -> None:
    student, _mate = room_mates()
    a_term(student)
    drop = make.a_drop(holder=student.holder, amount=9)
    Drop.objects.filter(pk=drop.pk).update(kind="sunshine")
    soon, later = (make.AT + timedelta(hours=hours) for hours in (71, 73))
    for at, gifts in ((soon, 0), (later, 1), (later, 0)):
        assert monuments.gift_untouched(campus=student.campus, day=make.DAY, at=at) == gifts
    drop.refresh_from_db()
    assert (drop.state, Monument.objects.get().built) == ("GIFTED", 9)
    assert Contribution.objects.get().holder_id == student.holder_id
    entry = Transfer.objects.get(source_id=str(drop.uid))
    assert (entry.amount, entry.code, entry.wallet_id) == (9, "MONUMENT", None)
    assert make.codes(make.play(student, [wish("collect", drops=[str(drop.uid)])], at=later)) == [
        "not_ripe"
    ]


def test_a_layout_brings_everything_back_at_once() -> None:
    game_map = make.a_player()
    make.bought(game_map, "bench", x=9, y=9)
    tree = make.bought(game_map, "cosmos", x=8, y=8)
    make.play(game_map, [wish("layout_save", slot=0, name="Spring")])
    make.play(
        game_map,
        [
            wish("move", instance=str(tree), x=9, y=10),
            wish("buy", item="bamboo", currency="SUN", place={"x": 8, "y": 8}),
        ],
    )
    played = make.play(game_map, [wish("layout_load", slot=0)])
    assert make.codes(played) == [None]
    after = queries.campus_of(game_map=game_map)
    spots = {one.item: one.spot for one in after.instances.values()}
    assert spots == {"bench": Spot(9, 9), "cosmos": Spot(8, 8), "bamboo": None}
    assert make.codes(make.play(game_map, [wish("layout_load", slot=1)])) == ["no_layout"]
    assert Layout.objects.get().name == "Spring"


def test_a_room_is_furnished_and_keeps_its_things_while_the_house_is_stored() -> None:
    game_map = make.a_player()
    lodge = str(make.bought(game_map, "dorm_lodge", x=8, y=8))
    easel = wish(
        "buy", item="easel", currency="SUN", place={"x": 2, "y": 3, "rot": 1, "space": lodge}
    )
    assert make.codes(make.play(game_map, [easel])) == [None]
    there = queries.campus_of(game_map=game_map).instances[easel.action.id]
    assert there.spot == Spot(2, 3, 1, lodge)
    batch = [wish("store", instance=lodge), wish("place", instance=lodge, x=9, y=9)]
    assert make.codes(make.play(game_map, batch)) == [None, None]
    assert queries.campus_of(game_map=game_map).instances[easel.action.id] == there


def test_a_seasonal_item_is_sold_in_its_chapter_only() -> None:
    game_map = make.a_player(sun=2000)
    asked = [wish("buy", item=item, currency="SUN") for item in ("clay_jars", "rice_stook")]
    assert make.codes(make.play(game_map, asked)) == ["unknown_item", "unknown_item"]
    a_term(game_map)  # its sixth week
    asked = [wish("buy", item=item, currency="SUN") for item in ("clay_jars", "rice_stook")]
    assert make.codes(make.play(game_map, asked)) == [None, "unknown_item"]


@pytest.mark.parametrize("name", ["F u c k", "씨발 캠퍼스", " ", "x" * 25])
def test_an_unkind_name_is_refused(name: str) -> None:
    game_map = make.a_player()
    assert make.codes(make.play(game_map, [wish("rename", name=name)])) == ["bad_name"]
    game_map.refresh_from_db()
    assert not game_map.name
