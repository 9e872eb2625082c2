"""
Observation weeks that new people filled together are brought down to their lowest.

One room's lowest week sets its level, so that padding two weeks alone is useless. Where the rooms
of a floor, or of the campus, rise together from one of these weeks to another, and the comparison
rooms do not, what goes beyond chance is taken off before any level is learnt.
"""

import numpy as np
from numpy.typing import NDArray

from meters.savings.calendar import Bools, Floats
from meters.savings.evidence import confidence
from meters.savings.observation import weekly
from meters.savings.rule import Ramp

WEEK = 7
FEWEST = 5  # rooms on either side
WILD = 0.5  # log steps from its middle week: a room that stood empty for a week tells little
# Standard errors of a common rise: all of it is believed below the first, none above the second.
CAMPUS_CHANCE = Ramp(1.5, 3.0)
FLOOR_CHANCE = Ramp(2.0, 3.5)  # there are many floors, one is always the highest


def levelled(use: Floats, *, index: Floats, comparison: Bools, pools: NDArray[np.int64]) -> Floats:
    """
    The use of the observation weeks as far as it is believed, Wh float[n, 21].

    :param use: Wh float[n, 21], NaN where missing; comparison rooms' stays as it is
    :param index: float[21], see `index.peer_index`
    """
    steps = _steps(use, index=index)
    told = np.isfinite(steps).all(axis=1)
    peers, new = steps[told & comparison], ~comparison
    rise = np.zeros_like(steps)
    rise[new] = _sure_rise(steps[told & new], peers, chance=CAMPUS_CHANCE)
    for pool in np.unique(pools[new]):
        floor = new & (pools == pool)
        own = _sure_rise(steps[told & floor], peers, chance=FLOOR_CHANCE)
        rise[floor] = np.maximum(rise[floor], own)
    return np.asarray(use * np.exp(-np.repeat(rise, WEEK, axis=1)))


def _steps(use: Floats, *, index: Floats) -> Floats:
    """How far each week of a room lies above its middle one, in log steps float[n, 3]."""
    told = ~np.isnan(use) & ~np.isnan(index)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(weekly(use, index, told))
        return np.asarray(np.clip(logs - np.median(logs, axis=1)[:, None], -WILD, WILD))


def _sure_rise(steps: Floats, peers: Floats, *, chance: Ramp) -> Floats:
    """By how much each week float[3] lies above the lowest, as far as that is no chance."""
    if min(len(steps), len(peers)) < FEWEST:
        return np.zeros(steps.shape[1])
    step = steps.mean(axis=0) - peers.mean(axis=0)
    low = int(step.argmin())
    rise = step - step[low]
    variance = sum(
        (side - side[:, [low]]).var(axis=0, ddof=1) / len(side) for side in (steps, peers)
    )
    error = np.sqrt(np.maximum(variance, 1e-12))
    return np.asarray(rise * confidence(rise / error, chance))
