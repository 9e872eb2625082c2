import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.rankings.periods import MONTH, TERM, WEEK
from meters.rankings.standings import Tally, eligible, order, score, share_permille


def a_tally(*, saved: int = 1400, counted: int = 7, missing: int = 0, away: int = 0) -> Tally:
    """One room of two people."""
    return Tally(
        people=np.array([2]),
        days=np.array([counted + missing + away]),
        counted=np.array([counted]),
        missing=np.array([missing]),
        saved_wh=np.array([saved]),
        expected_wh=np.array([counted * 4000]),
    )


def takes_part(tally: Tally, *, kind: str = WEEK, length: int = 7) -> bool:
    return bool(eligible(tally, kind=kind, length=length)[0])


def test_a_score_is_per_person_and_day() -> None:
    assert score(a_tally(saved=1400))[0] == 100
    assert score(a_tally(saved=-1400))[0] == -100


def test_days_away_neither_help_nor_harm() -> None:
    assert score(a_tally(saved=800, counted=4, away=3))[0] == 100
    assert takes_part(a_tally(counted=4, away=3))
    assert not takes_part(a_tally(counted=3, away=4))


def test_in_a_week_no_day_may_be_missing_and_none_may_lie_before_moving_in() -> None:
    assert takes_part(a_tally(counted=7))
    assert not takes_part(a_tally(counted=6, missing=1))
    assert not takes_part(a_tally(counted=6))


@pytest.mark.parametrize("kind", [MONTH, TERM])
def test_in_a_month_a_tenth_may_be_missing_and_half_must_be_lived(kind: str) -> None:
    assert takes_part(a_tally(counted=27, missing=3), kind=kind, length=30)
    assert not takes_part(a_tally(counted=26, missing=4), kind=kind, length=30)
    assert takes_part(a_tally(counted=15), kind=kind, length=30)
    assert not takes_part(a_tally(counted=14), kind=kind, length=30)


@given(st.integers(1, 500_000), st.integers(4, 90), st.integers(1, 9))
def test_a_missing_day_is_worth_no_more_than_a_day_without_a_saving(
    saved: int, counted: int, missing: int
) -> None:
    measured = a_tally(saved=saved, counted=counted + missing)
    unmeasured = a_tally(saved=saved, counted=counted, missing=missing)
    assert (
        score(unmeasured)[0]
        == score(measured)[0]
        <= score(a_tally(saved=saved, counted=counted))[0]
    )


SCORES = st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 5)), max_size=40)


@given(SCORES)
def test_a_rank_is_one_more_than_the_number_of_better_rooms_of_the_group(
    rooms: list[tuple[int, int]],
) -> None:
    groups = np.array([group for group, _score in rooms], dtype=np.int64)
    scores = np.array([each for _group, each in rooms], dtype=np.int64)
    placed = order(scores, groups=groups, ids=np.arange(len(rooms)))
    for row, rank in zip(placed.row.tolist(), placed.rank.tolist(), strict=True):
        better = (groups == groups[row]) & (scores > scores[row])
        assert rank == better.sum() + 1
    for group in np.unique(groups):
        inside = placed.position[groups[placed.row] == group].tolist()
        assert inside == list(range(1, len(inside) + 1))


def test_a_residence_is_judged_by_what_its_rooms_saved_together() -> None:
    shares = share_permille(
        saved_wh=np.array([500, -100, 0]), expected_wh=np.array([10_000, 10_000, 0])
    )
    assert shares.tolist() == [50, -10, 0]
