"""What a student sees of the order of rooms, what a manager sees, and what nobody does."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.nights.models import NightRun, State
from campus.people.models import Profile, User
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


def get(user: User, path: str = "rankings/", *, status: int = 200) -> dict[str, Any]:
    client = APIClient()
    client.force_login(user)
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def lives_in(room: Room) -> Profile:
    """A student of a room whose occupancy stands already."""
    profile = factories.a_student(campus=room.residence.campus)
    room.residencies.create(holder=profile.holder, starts_on=factories.SINCE)
    return profile


def test_a_student_sees_their_place_and_nameless_others() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, 100 * n) for n in range(6)]
    rank(house)
    told = get(lives_in(rooms[4]).user)
    assert told["rooms"]["mine"] == {
        "rank": 2, "ranked": 6, "score": 200, "days": 7, "efficient": True,
    }  # fmt: skip
    assert (told["starts_on"], told["ends_on"]) == ("2026-03-23", "2026-03-30")
    assert (told["part"], told["reason"], told["running"]) == ("ENROLLED", None, False)
    assert told["rooms"]["top"][1] == {"rank": 2, "label": None, "me": True, "score": 200}
    assert not any(room.number in str(told) for room in rooms)


def test_being_named_is_a_wish_that_can_be_taken_back() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, 100 * n) for n in range(6)]
    rank(house)
    profile = lives_in(rooms[5])
    client = APIClient()
    client.force_login(profile.user)
    assert get(profile.user)["named"] is False
    answer = client.put("/api/v1/rankings/name/", {"named": True}, format="json")
    assert (answer.status_code, answer.json()) == (200, {"named": True})
    assert get(lives_in(rooms[0]).user)["rooms"]["top"][0]["label"] == "Willow"
    client.put("/api/v1/rankings/name/", {"named": False}, format="json")
    assert "Willow" not in str(get(lives_in(rooms[0]).user))


def test_a_resident_of_a_comparison_room_sees_no_place_of_anybody() -> None:
    house = a_house()
    for n in range(6):
        a_ranked_room(house, 100 * n)
    room = a_ranked_room(house, 100, part="COMPARISON")
    rank(house)
    told = get(lives_in(room).user)
    assert told["reason"] == "comparison"
    assert [told[name] for name in ("group", "rooms", "residences")] == [None] * 3


def test_before_the_first_night_there_is_nothing_yet() -> None:
    assert get(lives_in(a_ranked_room(a_house(), 100)).user)["reason"] == "not_yet"


def test_a_period_that_does_not_exist_is_refused() -> None:
    user = lives_in(a_ranked_room(a_house(), 100)).user
    assert get(user, "rankings/?period=YEAR", status=400)["code"]


def test_a_manager_sees_the_residences_and_the_groups_of_their_rooms() -> None:
    house = a_house()
    for n in range(6):
        a_ranked_room(house, 100 * n)
    rank(house)
    told = get(factories.a_manager(), "manage/rankings/")
    assert told["groups"] == [
        {"rooms": 6, "type": "twin", "people": 2, "residence": "alder", "ranked": 6}
    ]
    assert told["residences"] is None


def test_who_lives_nowhere_is_told_so() -> None:
    assert get(factories.a_student(campus=a_house().campus).user, status=404)["code"] == "no_room"


def test_staff_strangers_and_students_find_nothing_of_one_another() -> None:
    assert APIClient().get("/api/v1/rankings/").status_code in {401, 403}
    get(factories.a_manager(), status=404)
    get(factories.a_student().user, "manage/rankings/", status=404)
