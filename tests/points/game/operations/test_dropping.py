"""Awards ripen into drops; what nobody touches is banked; corrections reach what was collected."""

from datetime import timedelta

import pytest

from points.game import operations, queries
from points.game.models import Drop
from tests.points.game import making as make
from tests.points.game.making import wish

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def ripen(game_map: make.GameMap, *, later: timedelta = timedelta()) -> None:
    operations.ripen(campus=game_map.campus, day=make.DAY, at=make.AT + later)


def states(game_map: make.GameMap) -> list[tuple[int, str]]:
    rows = Drop.objects.filter(holder=game_map.holder, kind="saving").order_by("pk")
    return list(rows.values_list("amount", "state"))


def test_the_night_turns_each_award_into_one_drop() -> None:
    game_map = make.a_player()
    make.an_award(holder=game_map.holder, amount=31)
    make.an_award(holder=game_map.holder, amount=51)
    ripen(game_map)
    ripen(game_map)
    assert states(game_map) == [(31, "RIPE"), (51, "RIPE")]


def test_an_award_of_nothing_makes_no_drop() -> None:
    game_map = make.a_player()
    make.an_award(holder=game_map.holder, amount=0)
    ripen(game_map)
    assert states(game_map) == []


def test_a_drop_untouched_for_a_week_is_banked_at_full_value() -> None:
    game_map = make.a_player()
    make.a_drop(holder=game_map.holder, amount=31)
    ripen(game_map, later=WEEK - timedelta(seconds=1))
    assert (states(game_map), make.sun(game_map)) == ([(31, "RIPE")], 200)
    ripen(game_map, later=WEEK)
    ripen(game_map, later=WEEK)
    assert (states(game_map), make.sun(game_map)) == ([(31, "BANKED")], 231)
    assert queries.xp_of(holder=game_map.holder) == 231


def test_collecting_what_the_night_banked_gives_nothing_more() -> None:
    game_map = make.a_player()
    drop = make.a_drop(holder=game_map.holder, amount=31)
    ripen(game_map, later=WEEK)
    played = make.play(game_map, [wish("collect", drops=[str(drop.uid)])])
    assert [result["amount"] for result in played.results] == [0]
    assert make.sun(game_map) == 231


def test_a_correction_replaces_a_waiting_drop() -> None:
    game_map = make.a_player()
    make.a_drop(holder=game_map.holder, amount=31, fact="d")
    make.an_award(holder=game_map.holder, amount=44, fact="d", revision=2)
    ripen(game_map)
    assert states(game_map) == [(31, "VOID"), (44, "RIPE")]
    assert make.sun(game_map) == 200


def test_a_correction_of_a_collected_drop_is_booked_as_the_difference() -> None:
    game_map = make.a_player()
    make.a_drop(holder=game_map.holder, amount=31, fact="d")
    make.play(game_map, [wish("collect", drops="all")])
    for revision, amount, balance in ((2, 20, 220), (3, 0, 200), (4, 50, 250)):
        make.an_award(holder=game_map.holder, amount=amount, fact="d", revision=revision)
        ripen(game_map)
        ripen(game_map)
        assert (make.sun(game_map), make.booked(game_map)) == (balance, balance)
    assert queries.xp_of(holder=game_map.holder) == 250


def test_a_correction_below_what_is_left_never_makes_a_negative_balance() -> None:
    game_map = make.a_player()
    make.a_drop(holder=game_map.holder, amount=76, fact="d")
    make.play(game_map, [wish("collect", drops="all")])
    make.bought(game_map, "dorm_lodge")
    make.play(game_map, [wish("unlock_parcel", parcel=1)])
    make.bought(game_map, "cosmos")
    make.an_award(holder=game_map.holder, amount=0, fact="d", revision=2)
    ripen(game_map)
    assert make.sun(game_map) == 0
    make.a_drop(holder=game_map.holder, amount=40, fact="e")
    make.play(game_map, [wish("collect", drops="all")])
    assert make.sun(game_map) == 20


def test_a_correction_chain_that_was_never_collected_stays_one_drop() -> None:
    game_map = make.a_player()
    make.a_drop(holder=game_map.holder, amount=31, fact="d")
    for revision, amount in ((2, 0), (3, 51)):
        make.an_award(holder=game_map.holder, amount=amount, fact="d", revision=revision)
        ripen(game_map)
    make.play(game_map, [wish("collect", drops="all")])
    make.an_award(holder=game_map.holder, amount=60, fact="d", revision=4)
    ripen(game_map)
    assert make.sun(game_map) == 260
