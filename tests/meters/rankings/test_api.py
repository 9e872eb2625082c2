"""What a student sees of the order of rooms, and what nobody does."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.nights.models import NightRun, State
from campus.people.models import Profile
from campus.places.models import Room
from meters.rankings.operations import rank_day
from tests import factories
from tests.meters.rankings.weeks import AT, LAST, House, a_house, a_ranked_room

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _next_morning() -> Iterator[None]:
    with time_machine.travel("2026-03-30T03:00:00Z", tick=False):
        yield


def rank(house: House) -> None:
    rank_day(campus=house.campus, day=LAST, at=AT)
    NightRun.objects.create(
        campus=house.campus, day=LAST, state=State.DONE, started_at=AT, finished_at=AT
    )


def get(who: Profile, *, status: int = 200) -> dict[str, Any]:
    client = APIClient()
    client.force_login(who.user)
    answer = client.get("/api/v1/rankings/")
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def lives_in(room: Room) -> Profile:
    """A student of a room whose occupancy stands already."""
    profile = factories.a_student(campus=room.residence.campus)
    room.residencies.create(holder=profile.holder, starts_on=factories.SINCE)
    return profile


def test_a_student_sees_their_rank_and_nameless_others() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, 100 * n) for n in range(6)]
    rank(house)
    told = get(lives_in(rooms[4]))
    assert told["mine"] == {"rank": 2, "rooms": 6, "saved_wh_per_person": 200, "days": 7}
    assert (told["day"], told["part"], told["reason"]) == ("2026-03-29", "ENROLLED", None)
    assert told["campus"]["top"][1] == {
        "rank": 2, "label": None, "me": True, "saved_wh_per_person": 200,
    }  # fmt: skip
    assert not any(room.number in str(told) for room in rooms)


def test_a_resident_of_a_comparison_room_sees_no_rank_of_anybody() -> None:
    house = a_house()
    for n in range(6):
        a_ranked_room(house, 100 * n)
    room = a_ranked_room(house, 100, part="COMPARISON")
    rank(house)
    told = get(lives_in(room))
    assert told["reason"] == "comparison"
    assert [told[name] for name in ("mine", "residence", "campus")] == [None] * 3


def test_before_the_first_night_there_is_nothing_yet() -> None:
    house = a_house()
    room = a_ranked_room(house, 100)
    assert get(lives_in(room))["reason"] == "not_yet"


def test_who_lives_nowhere_is_told_so() -> None:
    assert get(factories.a_student(campus=a_house().campus), status=404)["code"] == "no_room"


def test_staff_and_strangers_find_nothing() -> None:
    client = APIClient()
    assert client.get("/api/v1/rankings/").status_code in {401, 403}
    client.force_login(factories.a_manager())
    assert client.get("/api/v1/rankings/").status_code == 404
