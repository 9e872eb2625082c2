"""Random batches against the database: the rules' state, the rows and the book stay one."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings

from points.game import queries
from points.game.operations import Wish
from points.game.rules.actions import Action
from tests.points.game import laws
from tests.points.game import making as make

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1800)]


def sendable(actions: Sequence[Action], drops: Sequence[str]) -> list[Wish]:
    """The actions under ids that the server takes, speaking of one another as before."""
    ids = {action.id: str(uuid4()) for action in actions}
    own = {f"d{number}": uid for number, uid in enumerate(drops)}
    return [Wish(_renamed(action, ids, own), str(number)) for number, action in enumerate(actions)]


def _renamed(action: Action, ids: dict[str, str], drops: dict[str, str]) -> Action:
    spot = action.spot
    return replace(
        action,
        id=ids[action.id],
        instance=ids.get(action.instance, str(uuid4())) if action.instance else "",
        drops=tuple(drops[drop] for drop in action.drops) if action.drops is not None else None,
        spot=replace(spot, space=ids.get(spot.space, spot.space)) if spot else None,
    )


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(actions=laws.wishes(most=15))
def test_random_batches_keep_every_law_and_repeat_to_nothing(actions: list[Action]) -> None:
    game_map = make.a_player(sun=600)
    drops = [str(make.a_drop(holder=game_map.holder, amount=40).uid) for _each in range(3)]
    wishes = sendable(actions, drops)
    before, version = queries.campus_of(game_map=game_map), game_map.version
    played = make.play(game_map, wishes)
    accepted = sum(result["ok"] is True for result in played.results)
    assert played.game_map.version == version + accepted
    ids = [wish.action.id for wish in wishes]
    after = queries.campus_of(game_map=played.game_map, named=ids)
    laws.check(after, before)
    assert make.booked(game_map) == make.sun(game_map) == after.balances["SUN"]
    again = make.play(game_map, wishes)
    assert again.results == played.results
    assert queries.campus_of(game_map=again.game_map, named=ids) == after
