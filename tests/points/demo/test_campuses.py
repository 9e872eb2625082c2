"""The campuses of the demo are built from what people hold, by the rules, on whatever land."""

import pytest

from points.demo.campuses import Town
from points.demo.towns import BUILT, FURNITURE, PLANTED
from points.game import queries
from points.game.models import GameMap, Instance
from tests.points.game.making import AT, a_player

pytestmark = pytest.mark.django_db


def build(player: GameMap, *, turned: bool = False) -> set[str]:
    """What stands there afterwards."""
    town = Town(holder=player.holder, at=AT, turned=turned)
    town.build()
    town.play()
    return set(Instance.objects.filter(map=player, state="PLACED").values_list("item", flat=True))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_four_thousand_sunlight_build_every_house_on_any_land(seed: int) -> None:
    player = a_player(sun=4000)
    GameMap.objects.filter(pk=player.pk).update(seed=seed)
    standing = build(player, turned=seed == 2)
    assert {item for item, *_rest in (*BUILT, *FURNITURE)} <= standing
    seasonal = {"hanji_lantern", "exhibition_flags", "persimmon_tree", "harvest_table"}
    assert {item for item, *_rest in PLANTED} - standing <= seasonal | {"cherry_sapling"}
    assert Instance.objects.get(map=player, item="dorm_lodge").level == 3


def test_what_cannot_be_paid_is_not_built() -> None:
    player = a_player()
    assert "sculpture_hall" not in build(player)
    assert queries.campus_of(game_map=player).balances["SUN"] >= 0
