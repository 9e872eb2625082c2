import numpy as np

from meters.savings.calendar import Floats
from meters.savings.cleaning import LAST_WEEKS, calmed, cleaned

INDEX = np.ones(140)


def rooms(seed: int = 3) -> Floats:
    return 3000 * np.exp(np.random.default_rng(seed).normal(0, 0.1, size=(40, 140)))


def learnt(use: Floats) -> Floats:
    kept, clean = cleaned(use, index=INDEX)
    return calmed(clean, kept, index=INDEX)


def test_padded_last_weeks_are_brought_down_to_the_rooms_busy_ones() -> None:
    use = rooms()
    padded = use.copy()
    padded[:, -7 * LAST_WEEKS :] *= 1.5
    more = learnt(padded).sum(axis=1) / learnt(use).sum(axis=1)
    assert more.max() < 1.02


def test_quiet_last_weeks_stay_as_they_were() -> None:
    use = rooms()
    use[:, -7 * LAST_WEEKS :] *= 0.7
    assert np.array_equal(learnt(use), use)


def test_earlier_weeks_are_never_touched() -> None:
    use = rooms()
    assert np.array_equal(learnt(use)[:, : -7 * LAST_WEEKS], use[:, : -7 * LAST_WEEKS])


def test_a_history_of_last_weeks_only_is_left_alone() -> None:
    use = rooms()[:, :21]
    kept, clean = cleaned(use, index=INDEX[:21])
    assert np.array_equal(calmed(clean, kept, index=INDEX[:21]), use)
