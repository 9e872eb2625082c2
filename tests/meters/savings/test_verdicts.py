import numpy as np

from meters.savings.verdicts import (
    AWAY,
    COUNTED,
    NO_DATA,
    POSSIBLY_AWAY,
    REACH,
    revised,
    verdicts,
)

BELOW = np.array([0.5])


def told(*use: float) -> list[int]:
    row = np.array([use], dtype=np.float64)
    found: list[int] = verdicts(row, expected=np.full_like(row, 1000.0), below=BELOW)[0].tolist()
    return found


def test_last_nights_low_day_is_possibly_away() -> None:
    assert told(1000, 400) == [COUNTED, POSSIBLY_AWAY]


def test_the_next_day_disproves_or_confirms_it() -> None:
    assert told(400, 1000) == [COUNTED, COUNTED]
    assert told(400, 400) == [AWAY, AWAY]


def test_a_missing_day_leaves_it_open() -> None:
    assert told(400, np.nan) == [POSSIBLY_AWAY, NO_DATA]
    assert told(400, np.nan, 400) == [AWAY, NO_DATA, AWAY]


def change(before: list[int], now: list[int], *, night: int) -> list[bool]:
    measured = np.array([[code not in (NO_DATA, -1) for code in now]])
    found: list[bool] = revised(
        np.array([before]), np.array([now]), measured=measured, night=night
    )[0].tolist()
    return found


def test_a_stored_verdict_that_holds_no_more_is_revised() -> None:
    before, now = [COUNTED, POSSIBLY_AWAY, -1], [COUNTED, AWAY, AWAY]
    assert change(before, now, night=2) == [False, True, False]


def test_days_out_of_reach_and_days_without_an_estimate_stay() -> None:
    before = [POSSIBLY_AWAY] + [-1] * (REACH + 1)
    now = [COUNTED] * (REACH + 2)
    assert not any(change(before, now, night=REACH + 1))


def test_away_is_not_undone_by_what_is_too_far_back_to_be_seen() -> None:
    assert change([AWAY, COUNTED, -1], [COUNTED, COUNTED, COUNTED], night=2) == [False] * 3
