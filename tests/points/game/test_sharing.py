"""A link shows a campus to anybody whom its owner lets, and nothing of any other."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from campus.people.forgetting import Person
from points.game import operations
from points.game.models import GameMap
from tests.points.game import making as make
from tests.points.game.making import wish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


def shown(game_map: GameMap, *, preview: bool) -> None:
    asked = wish("visibility", visibility="ROOM", preview=preview)
    assert make.codes(make.play(game_map, [asked])) == [None]


def test_a_shared_link_unfolds_to_its_picture_and_tells_no_room() -> None:
    game_map = make.a_player()
    shown(game_map, preview=True)
    page = Client().get(f"/c/{game_map.uid}/")
    words = page.content.decode()
    assert page.status_code == 200
    assert f"/c/{game_map.uid}.png" in words
    assert 'property="og:image"' in words
    picture = Client().get(f"/c/{game_map.uid}.png")
    assert picture.content.startswith(b"\x89PNG")
    again = Client().get(f"/c/{game_map.uid}.png", headers={"If-None-Match": picture["ETag"]})
    assert again.status_code == 304


def test_a_link_that_was_not_allowed_is_as_one_that_never_was() -> None:
    game_map = make.a_player()
    for uid in (game_map.uid, uuid4()):
        assert Client().get(f"/c/{uid}/").status_code == 404
        assert Client().get(f"/c/{uid}.png").status_code == 404
    shown(game_map, preview=True)
    shown(game_map, preview=False)
    assert Client().get(f"/c/{game_map.uid}/").status_code == 404


def test_an_erased_person_is_no_longer_shown() -> None:
    game_map = make.a_player()
    shown(game_map, preview=True)
    person = Person(user_id=0, holder_id=game_map.holder_id, names=())
    operations.forget(person=person, at=make.AT)
    assert Client().get(f"/c/{game_map.uid}/").status_code == 404
