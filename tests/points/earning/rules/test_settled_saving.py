"""Carbon points of a settled saving, split by nights."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from points.earning.rules.settled_saving import Settled, Terms, average, many, settled_saving

TERMS = Terms()


def test_ten_grams_are_one_point() -> None:
    assert settled_saving(Settled(co2_g=2340, nights=[7], turn=0), TERMS) == [234]


def test_half_a_point_rounds_up() -> None:
    assert settled_saving(Settled(co2_g=5, nights=[7], turn=0), TERMS) == [1]
    assert settled_saving(Settled(co2_g=4, nights=[7], turn=0), TERMS) == [0]


def test_a_room_shares_by_nights() -> None:
    assert settled_saving(Settled(co2_g=1000, nights=[7, 3], turn=0), TERMS) == [70, 30]


def test_the_odd_point_goes_round() -> None:
    first = settled_saving(Settled(co2_g=1010, nights=[7, 7], turn=0), TERMS)
    second = settled_saving(Settled(co2_g=1010, nights=[7, 7], turn=1), TERMS)
    assert (first, second) == ([51, 50], [50, 51])


def test_nobody_there_earns_nothing() -> None:
    assert settled_saving(Settled(co2_g=1000, nights=[0, 0], turn=0), TERMS) == [0, 0]


ROOM = some.tuples(
    some.integers(0, 10**6), some.lists(some.integers(0, 31), max_size=4), some.integers(0, 9)
)


@given(rooms=some.lists(ROOM, max_size=12))
def test_the_vector_form_agrees_with_the_scalar(rooms: list[tuple[int, list[int], int]]) -> None:
    singly = [settled_saving(Settled(*room), TERMS) for room in rooms]
    together = many(
        np.array([co2_g for co2_g, _nights, _turn in rooms], np.int64),
        room=np.array([n for n, room in enumerate(rooms) for _night in room[1]], np.int64),
        nights=np.array([night for room in rooms for night in room[1]], np.int64),
        turn=np.array([turn for _co2_g, _nights, turn in rooms], np.int64),
        terms=TERMS,
    )
    assert together.tolist() == [points for room in singly for points in room]


@given(room=ROOM)
def test_a_split_loses_and_makes_nothing(room: tuple[int, list[int], int]) -> None:
    co2_g, nights, turn = room
    whole = sum(settled_saving(Settled(co2_g, [1], turn), TERMS))
    parts = settled_saving(Settled(co2_g, nights, turn), TERMS)
    assert sum(parts) == (whole if sum(nights) else 0)


def test_the_average_is_per_night() -> None:
    points, nights = np.array([100, 0, 50]), np.array([7, 7, 7])
    assert average(points, nights=nights, of=np.array([7, 3, 0])).tolist() == [50, 21, 0]


def test_without_enrolled_nights_there_is_no_average() -> None:
    nothing = np.zeros(0, np.int64)
    assert average(nothing, nights=nothing, of=np.array([7])).tolist() == [0]
