import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from meters.rankings.peers import MIN_PEOPLE, MIN_ROOMS, Alike, groups_of, may_be_published

ROOMS = st.lists(
    st.builds(
        Alike,
        room_id=st.integers(1, 10_000),
        type_id=st.integers(1, 3),
        people=st.integers(1, 4),
        residence_id=st.integers(1, 3),
        orientation=st.sampled_from(["N", "S"]),
        number=st.just("1"),
    ),
    unique_by=lambda room: room.room_id,
    max_size=120,
)


def rooms(count: int, *, people: int = 2, kind: int = 1, first: int = 1) -> list[Alike]:
    return [Alike(first + n, kind, people, 1, "S", f"{n:03}") for n in range(count)]


def test_sixty_rooms_make_two_groups_of_thirty() -> None:
    assert [len(group) for group in groups_of(rooms(60))] == [30, 30]


def test_neighbours_on_one_side_of_the_house_stay_together() -> None:
    south, north = rooms(30), rooms(30, first=101)
    north = [Alike(r.room_id, 1, 2, 1, "N", r.number) for r in north]
    assert [{r.orientation for r in group} for group in groups_of(south + north)] == [{"N"}, {"S"}]


def test_a_kind_too_small_to_hide_in_joins_the_next() -> None:
    [group] = groups_of(rooms(30) + rooms(3, people=3, first=100))
    assert len(group) == 33


def test_five_single_rooms_are_too_few_people_and_five_shared_ones_are_not() -> None:
    assert not may_be_published([1] * 5)
    assert may_be_published([2] * 5)
    assert not may_be_published([3] * 4)


@given(ROOMS)
def test_each_room_is_in_one_group_and_chance_has_no_part(many: list[Alike]) -> None:
    groups = groups_of(many)
    assert Counter(room.room_id for group in groups for room in group) == Counter(
        room.room_id for room in many
    )
    shuffled = random.Random(1).sample(many, len(many))
    assert groups_of(shuffled) == groups


@given(ROOMS)
def test_whoever_can_be_hidden_is(many: list[Alike]) -> None:
    people = [room.people for room in many]
    if len(many) >= MIN_ROOMS and sum(people) >= MIN_PEOPLE:
        assert all(may_be_published([r.people for r in group]) for group in groups_of(many))
    assert all(len(group) < 60 for group in groups_of(many))
