from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meters.rankings.operations import rank_day
from meters.rankings.queries import place_of, rankings_of
from tests.meters.rankings.weeks import AT, LAST, House, a_house, a_ranked_room

pytestmark = pytest.mark.django_db


def rank(house: House) -> None:
    rank_day(campus=house.campus, day=LAST, at=AT)


def test_a_room_sees_the_first_ten_and_itself_never_the_last() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, 100 * n) for n in range(15)]
    rank(house)
    told = rankings_of(room=rooms[3], day=LAST)
    assert told.residence is not None
    assert told.mine is not None
    assert (told.mine.rank, told.mine.rooms, told.mine.days) == (12, 15, 7)
    assert [row.rank for row in told.residence.top] == list(range(1, 11))
    assert not any(row.me for row in told.residence.top)
    assert {row.label for row in told.residence.top} == {None}
    assert told.reason is None


def test_one_of_the_first_finds_itself_marked() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, 100 * n) for n in range(6)]
    rank(house)
    told = rankings_of(room=rooms[4], day=LAST)
    assert told.campus is not None
    assert [row.me for row in told.campus.top] == [False, True, False, False, False, False]


@pytest.mark.parametrize(
    ("week", "part", "reason"),
    [
        ([100] * 6 + ["NO_DATA"], "ENROLLED", "missing_days"),
        (["AWAY"] * 4 + [100] * 3, "ENROLLED", "away"),
        ([100] * 7, "COMPARISON", "comparison"),
    ],
)
def test_who_has_no_place_is_told_why(week: list[int | str], part: str, reason: str) -> None:
    house = a_house()
    for n in range(6):
        a_ranked_room(house, 100 * n)
    room = a_ranked_room(house, week, part=part)
    rank(house)
    told = rankings_of(room=room, day=LAST)
    assert (told.mine, told.reason, told.part) == (None, reason, part)


def test_a_comparison_room_sees_no_board() -> None:
    house = a_house()
    for n in range(6):
        a_ranked_room(house, 100 * n)
    room = a_ranked_room(house, 100, part="COMPARISON")
    rank(house)
    told = rankings_of(room=room, day=LAST)
    assert (told.day, told.residence, told.campus) == (None, None, None)


def test_where_nothing_is_published_the_group_is_too_small() -> None:
    house = a_house()
    room = a_ranked_room(house, 100)
    rank(house)
    assert rankings_of(room=room, day=LAST).reason == "too_few"
    assert place_of(room=room, day=LAST) is None


def test_the_place_is_that_of_the_day() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, 100 * n) for n in range(6)]
    rank(house)
    place = place_of(room=rooms[5], day=LAST)
    assert place is not None
    assert (place.rank, place.rooms, place.day) == (1, 6, LAST)
    assert place_of(room=rooms[5], day=LAST - timedelta(days=1)) is None


def test_a_board_is_read_with_few_statements_whatever_its_length() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, 100 * n) for n in range(6)]
    rank(house)
    with CaptureQueriesContext(connection) as told:
        rankings_of(room=rooms[0], day=LAST)
    assert len(told) <= 6
