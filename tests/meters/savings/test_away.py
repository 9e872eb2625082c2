import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meters.savings.away import away_days, low_days

USUAL = 1000.0
BELOW = np.array([0.5])


def away(*use: float) -> list[bool]:
    row = np.array([use], dtype=np.float64)
    found: list[bool] = away_days(row, expected=np.full_like(row, USUAL), below=BELOW)[0].tolist()
    return found


def test_two_low_days_in_a_row_are_away() -> None:
    assert away(1000, 400, 400, 1000) == [False, True, True, False]


def test_a_single_low_day_is_not() -> None:
    assert away(1000, 400, 1000) == [False, False, False]


def test_a_day_at_the_threshold_is_not_low() -> None:
    assert away(500, 500) == [False, False]


def test_a_missing_day_neither_ends_nor_lengthens_the_row() -> None:
    assert away(400, np.nan, 400, np.nan, 1000) == [True, False, True, False, False]


def test_each_room_has_its_own_threshold() -> None:
    use = np.full((2, 2), 450.0)
    expected = np.full((2, 2), USUAL)
    found = away_days(use, expected=expected, below=np.array([0.5, 0.4]))
    assert found.tolist() == [[True, True], [False, False]]


def test_a_day_without_an_expected_use_is_never_away() -> None:
    use = np.array([[1.0, 1.0]])
    assert not away_days(use, expected=np.full((1, 2), np.nan), below=BELOW).any()


days = st.lists(st.one_of(st.just(np.nan), st.floats(0, 2000)), min_size=1, max_size=20)


@given(days)
def test_who_is_away_was_low_and_not_alone(told: list[float]) -> None:
    use = np.array([told])
    expected = np.full_like(use, USUAL)
    low = low_days(use, expected=expected, below=BELOW)[0]
    known = ~np.isnan(use[0])
    found = away_days(use, expected=expected, below=BELOW)[0]
    assert not (found & ~low).any()
    # Without the gaps, the rule is the plain one: a low neighbour on either side.
    dense = low[known]
    beside = np.zeros_like(dense)
    beside[1:] |= dense[:-1]
    beside[:-1] |= dense[1:]
    assert found[known].tolist() == (dense & beside).tolist()
