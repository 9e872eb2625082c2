import numpy as np

from meters.savings.calendar import Floats
from meters.savings.predecessors import believed

ROOMS = 60
COMPARISON = np.arange(ROOMS) < 20
POOLS = np.where(COMPARISON, -1, np.arange(ROOMS) % 2)


def told(*, days: int, seed: int, spread: float = 0.15) -> Floats:
    chance = np.random.default_rng(seed)
    level = 3000 * np.exp(chance.normal(0, spread, size=ROOMS))
    return np.asarray(level[:, None] * np.exp(chance.normal(0, 0.1, size=(ROOMS, days))))


BEFORE, OBSERVED = told(days=200, seed=1), told(days=21, seed=2)


def factors(observed: Floats, before: Floats = BEFORE) -> Floats:
    return believed(before, observed, comparison=COMPARISON, pools=POOLS)


def test_other_people_like_those_before_them_are_believed() -> None:
    assert factors(OBSERVED).min() > 0.95


def test_a_season_that_all_rooms_share_is_believed() -> None:
    assert np.allclose(factors(OBSERVED * 1.6), factors(OBSERVED))


def test_a_campus_that_burns_for_its_level_is_not() -> None:
    padded = np.where(COMPARISON[:, None], OBSERVED, OBSERVED * 1.4)
    held = factors(padded)
    assert (held[COMPARISON] == 1).all()
    assert held[~COMPARISON].max() < 0.8


def test_one_floor_that_burns_is_held_back_alone() -> None:
    padded = np.where(POOLS[:, None] == 1, OBSERVED * 1.5, OBSERVED)
    held = factors(padded)
    assert held[POOLS == 1].max() < held[POOLS == 0].min() - 0.1


def test_without_anybody_before_everybody_is_believed() -> None:
    assert (factors(OBSERVED, np.full((ROOMS, 100), np.nan)) == 1).all()
    assert (factors(OBSERVED, np.empty((ROOMS, 0))) == 1).all()


def test_rooms_that_stood_empty_before_do_not_excuse_or_accuse_a_floor() -> None:
    before = BEFORE.copy()
    before[25, :] = 1.0
    assert factors(OBSERVED, before).min() > 0.9
