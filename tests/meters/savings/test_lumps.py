import numpy as np

from meters.savings.lumps import lump_days

EXPECTED = np.full((1, 10), 100.0)


def lumps(*days: float | None) -> list[int]:
    use = np.array([[np.nan if wh is None else wh for wh in days]])
    return np.flatnonzero(lump_days(use, expected=EXPECTED[:, : len(days)])[0]).tolist()


def test_what_catches_up_after_a_gap_is_a_lump() -> None:
    assert lumps(100, None, None, None, 400, 100) == [4]


def test_a_usual_day_after_a_gap_is_none() -> None:
    assert lumps(100, None, None, None, 140, 100) == []


def test_the_longer_the_gap_the_more_it_takes() -> None:
    assert lumps(100, None, 180, 100, None, None, 180) == [2]


def test_a_high_day_without_a_gap_is_no_lump() -> None:
    assert lumps(100, 900, 100, 900) == []
