"""The curve of daily sunlight, told alike by its scalar and its vector form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from points.earning.rules.daily_saving import (
    PPM,
    Saving,
    Terms,
    daily_saving,
    many,
    share,
    shares,
)

TERMS = Terms()


def sunlight(percent: float) -> int:
    return daily_saving(Saving(away=False, shares=[round(percent * PPM / 100)]), TERMS)


@pytest.mark.parametrize(
    ("percent", "paid"),
    [(-20, 0), (0, 0), (1.99, 0), (2, 15), (5, 31), (10, 51), (20, 69), (30, 76), (90, 76)],
)
def test_the_curve_pays_what_the_rules_of_the_game_say(percent: float, paid: int) -> None:
    assert sunlight(percent) == paid


def test_the_mean_of_the_last_days_is_paid() -> None:
    days = Saving(away=False, shares=[300_000, 0, 0])
    assert daily_saving(days, TERMS) == sunlight(10)


def test_an_away_day_pays_its_own_amount() -> None:
    assert daily_saving(Saving(away=True, shares=[]), TERMS) == 12


def test_a_day_that_does_not_count_pays_nothing() -> None:
    assert daily_saving(Saving(away=False, shares=[]), TERMS) == 0


@pytest.mark.parametrize(
    ("expected", "actual", "saved"),
    [(4000, 3600, 100_000), (4000, 4400, -100_000), (3, 2, 333_333), (3, 4, -333_334), (0, 5, 0)],
)
def test_share_is_told_in_whole_millionths(expected: int, actual: int, saved: int) -> None:
    assert share(expected=expected, actual=actual) == saved
    columns = np.array([expected]), np.array([actual])
    assert shares(expected=columns[0], actual=columns[1]).tolist() == [saved]


SHARES = some.lists(some.integers(-2 * PPM, PPM), max_size=3)


@given(
    rooms=some.lists(some.tuples(some.booleans(), SHARES), min_size=1, max_size=20),
    terms=some.builds(
        Terms,
        peak=some.integers(1, 200),
        ramp=some.integers(10_000, 500_000),
        least=some.integers(0, 50_000),
        most=some.integers(50_000, 600_000),
    ),
)
def test_the_vector_form_agrees_with_the_scalar(
    rooms: list[tuple[bool, list[int]]], terms: Terms
) -> None:
    singly = [daily_saving(Saving(away, shares), terms) for away, shares in rooms]
    together = many(
        np.array([sum(shares) for _away, shares in rooms], np.int64),
        counted=np.array([len(shares) for _away, shares in rooms], np.int64),
        away=np.array([away for away, _shares in rooms]),
        terms=terms,
    )
    assert together.tolist() == singly


def test_the_vector_form_agrees_at_every_step_of_the_curve() -> None:
    """All shares next to where the amount changes, and each tenth of a per mille between."""
    near = np.unique(np.concatenate([np.arange(0, 310_000, 100), _around_steps()]))
    together = many(near, counted=np.ones_like(near), away=np.zeros(len(near), bool), terms=TERMS)
    singly = [daily_saving(Saving(False, [ppm]), TERMS) for ppm in near.tolist()]
    assert together.tolist() == singly


def _around_steps() -> np.ndarray:
    paid = [daily_saving(Saving(False, [ppm]), TERMS) for ppm in range(20_000, 40_000)]
    steps = 20_000 + np.flatnonzero(np.diff(paid))
    return np.concatenate([steps - 1, steps, steps + 1, steps + 2])
