import numpy as np
import pytest

from meters.savings.calendar import Floats
from meters.savings.level_weeks import levelled

COMPARISON, FLOORS, ROOMS = 40, 4, 20
PEERS = np.arange(COMPARISON + FLOORS * ROOMS) < COMPARISON
POOLS = np.where(PEERS, -1, (np.arange(len(PEERS)) - COMPARISON) // ROOMS)
INDEX = np.ones(21)


def observed(*, seed: int = 1) -> Floats:
    chance = np.random.default_rng(seed)
    level = chance.uniform(2000, 9000, (len(PEERS), 1))
    weeks = np.repeat(chance.lognormal(0, 0.1, (len(PEERS), 3)), 7, axis=1)
    return np.asarray(level * weeks * chance.lognormal(0, 0.2, (len(PEERS), 21)))


def seen(use: Floats) -> Floats:
    return levelled(use, index=INDEX, comparison=PEERS, pools=POOLS)


def padded(rooms: Floats) -> Floats:
    use = observed()
    use[np.ix_(rooms, np.arange(7, 21))] *= 1.3
    return use


def test_weeks_that_nobody_filled_are_believed() -> None:
    gone = [1 - seen(observed(seed=n)).sum() / observed(seed=n).sum() for n in range(10)]
    assert max(gone) < 0.02
    assert min(gone) >= 0


@pytest.mark.parametrize("floors", [(0, 1, 2, 3), (2,)])
def test_a_rise_by_agreement_of_a_campus_or_a_floor_is_taken_off(floors: tuple[int, ...]) -> None:
    rooms = np.flatnonzero(np.isin(POOLS, floors))
    use = padded(rooms)
    gained = seen(use)[rooms].sum() / observed()[rooms].sum()
    assert use[rooms].sum() / observed()[rooms].sum() > 1.19
    assert gained < 1.1


def test_one_room_that_cooks_a_lot_for_a_week_changes_nobody() -> None:
    use = padded(np.array([COMPARISON]))
    assert np.allclose(seen(use)[COMPARISON + 1 :], seen(observed())[COMPARISON + 1 :], rtol=0.02)


def test_comparison_rooms_stay_as_they_were_measured() -> None:
    use = padded(np.flatnonzero(~PEERS))
    assert (seen(use)[PEERS] == use[PEERS]).all()


def test_too_few_rooms_tell_nothing() -> None:
    use = padded(np.flatnonzero(~PEERS))
    few = np.arange(len(PEERS)) < 4
    told = levelled(use[:8], index=INDEX, comparison=few[:8], pools=POOLS[:8])
    assert (told == use[:8]).all()
