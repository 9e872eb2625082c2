"""A whole number divided fairly."""

from hypothesis import given
from hypothesis import strategies as some

from points.earning.shares import split

WEIGHTS = some.lists(some.integers(0, 400), min_size=1, max_size=6)


@given(amount=some.integers(0, 10**7), weights=WEIGHTS, turn=some.integers(0, 50))
def test_parts_sum_to_the_whole_and_are_fair(amount: int, weights: list[int], turn: int) -> None:
    parts = split(amount, weights=weights, turn=turn)
    total = sum(weights)
    assert sum(parts) == (amount if total else 0)
    for part, weight in zip(parts, weights, strict=True):
        exact = amount * weight / total if total else 0
        assert abs(part - exact) < 1


def test_no_weight_gets_nothing() -> None:
    assert split(7, weights=[0, 3, 0], turn=2) == [0, 7, 0]


def test_equal_rests_are_served_in_turn() -> None:
    assert [split(4, weights=[1, 1, 1], turn=turn) for turn in range(3)] == [
        [2, 1, 1],
        [1, 2, 1],
        [1, 1, 2],
    ]
