"""The first look at one's campus."""

import pytest

from points.game import operations, queries
from points.game.models import Drop, GameMap
from tests import factories
from tests.points.game import making as make

pytestmark = pytest.mark.django_db


def test_the_first_opening_lays_out_the_middle_parcels_and_a_welcome() -> None:
    game_map = make.a_player(collect=False)
    assert game_map.parcels == [5, 6, 9, 10]
    assert list(Drop.objects.values_list("kind", "amount", "state")) == [("welcome", 200, "RIPE")]


def test_opening_again_changes_nothing() -> None:
    game_map = make.a_player(collect=False)
    again = operations.open_map(holder=game_map.holder, day=make.DAY, at=make.AT)
    assert again.pk == game_map.pk
    assert (GameMap.objects.count(), Drop.objects.count()) == (1, 1)


def test_students_of_one_term_walk_the_same_land() -> None:
    factories.a_term()
    seeds = {
        operations.open_map(holder=factories.a_student().holder, day=make.DAY, at=make.AT).seed
        for _each in range(3)
    }
    assert len(seeds) == 1


def test_the_welcome_builds_the_first_house_on_day_zero() -> None:
    game_map = make.a_player()
    make.bought(game_map, "dorm_lodge", x=8, y=8)
    assert make.sun(game_map) == 80
    assert queries.shown(game_map=game_map, day=make.DAY).level == 2
