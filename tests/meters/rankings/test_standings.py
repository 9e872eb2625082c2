import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.rankings.standings import (
    MIN_COUNTED,
    WINDOW,
    RoomDay,
    Score,
    may_be_published,
    places,
    score_of,
)


def a_week(*saved: int | None, people: int = 2) -> list[RoomDay]:
    """Days that count with what they saved; None for a day away."""
    return [RoomDay(1, people, True, wh) for wh in saved]


def test_a_score_is_per_person_and_counted_day() -> None:
    score = score_of(a_week(700, 700, 700, 700, 700, 700, 700))
    assert score == Score(1, 2, 350, 7)


def test_away_days_are_left_out_of_the_mean() -> None:
    score = score_of(a_week(700, None, None, 700, 700, 700, None))
    assert score is not None
    assert (score.saved_wh_per_person, score.days) == (350, 4)


def test_a_room_that_was_mostly_away_is_not_ranked() -> None:
    counted = [700] * (MIN_COUNTED - 1)
    away = [None] * (WINDOW - len(counted))
    assert score_of(a_week(*counted, *away)) is None


def test_a_missing_day_cannot_win() -> None:
    week = a_week(*[700] * 6)
    assert score_of([*week, RoomDay(1, 2, False, None)]) is None
    assert score_of(week) is None


def test_using_more_gives_a_negative_score() -> None:
    score = score_of(a_week(*[-100] * 7))
    assert score is not None
    assert score.saved_wh_per_person == -50


def scores(*saved: int) -> list[Score]:
    return [Score(room, 2, wh, 7) for room, wh in enumerate(saved, start=1)]


def test_ties_share_the_better_rank_and_the_next_is_left_free() -> None:
    placed = places(scores(10, 30, 30, 20))
    assert [(p.score.room_id, p.rank, p.position) for p in placed] == [
        (2, 1, 1),
        (3, 1, 2),
        (4, 3, 3),
        (1, 4, 4),
    ]


@given(st.lists(st.integers(-50, 50), max_size=40))
def test_a_rank_is_one_more_than_the_number_of_better_rooms(saved: list[int]) -> None:
    placed = places(scores(*saved))
    assert [p.position for p in placed] == list(range(1, len(saved) + 1))
    for one in placed:
        better = sum(wh > one.score.saved_wh_per_person for wh in saved)
        assert one.rank == better + 1


@pytest.mark.parametrize(
    ("rooms", "people", "published"), [(4, 3, False), (5, 1, False), (5, 2, True), (10, 1, True)]
)
def test_a_group_too_small_to_hide_in_is_not_published(
    rooms: int, people: int, published: bool
) -> None:
    members = [Score(room, people, 0, 7) for room in range(rooms)]
    assert may_be_published(members) is published
