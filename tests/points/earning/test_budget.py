"""A settlement that a budget cannot pay is shared out evenly, and never more than is left."""

from hypothesis import given
from hypothesis import strategies as st

from points.earning.budget import share

AMOUNTS = st.lists(st.integers(0, 5000), max_size=40)


@given(AMOUNTS, st.integers(0, 100_000))
def test_shares_never_exceed_what_is_left_nor_what_was_wanted(
    amounts: list[int], left: int
) -> None:
    wanted = sum(amounts)
    shares = [share(amount, left=left, wanted=wanted) for amount in amounts]
    assert sum(shares) <= min(left, wanted)
    assert all(got <= amount for got, amount in zip(shares, amounts, strict=True))


@given(AMOUNTS, st.integers(0, 100_000))
def test_at_most_a_point_a_person_stays_behind(amounts: list[int], left: int) -> None:
    wanted = sum(amounts)
    shares = [share(amount, left=left, wanted=wanted) for amount in amounts]
    assert min(left, wanted) - sum(shares) <= len(amounts)


def test_with_enough_left_everybody_gets_all() -> None:
    assert share(120, left=500, wanted=500) == 120


def test_with_nothing_left_nobody_gets_anything() -> None:
    assert share(120, left=0, wanted=500) == 0
