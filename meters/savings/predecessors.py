"""
How far the observation weeks of new people may be believed: their rooms had people before.

One room's former people say nothing of its new ones, but a whole floor rarely changes. Where the
new people of a floor, or of the campus, use much more in their observation weeks than those before
them did, against the comparison rooms, they may be burning for a high level. What goes beyond
chance is taken off.
"""

import numpy as np
from numpy.typing import NDArray

from meters.savings.calendar import Bools, Floats
from meters.savings.index import usual
from meters.savings.robust import ratio

CAMPUS_CHANCE = 1.0  # standard errors that all new people together are believed
FLOOR_CHANCE = 1.64  # and those of one floor: there are many floors, one is always the highest
FEWEST = 5  # rooms on either side
WILD = 2.0  # log steps: a room that stood empty before tells nothing


def believed(
    before: Floats, observed: Floats, *, comparison: Bools, pools: NDArray[np.int64]
) -> Floats:
    """
    The factor, at most 1, by which each room's observed level is believed, float[n].

    :param before: Wh float[n, d] of the rooms under their former people, NaN where missing
    :param observed: Wh float[n, 21] of the observation weeks
    :param comparison: rooms that nobody asks to save; theirs stays 1
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        step = np.log(ratio(usual(observed), usual(before)))
    told = np.isfinite(step)
    usual_step = np.median(step[told]) if told.any() else 0.0
    step = np.clip(step, usual_step - WILD, usual_step + WILD)
    peers, new = step[told & comparison], told & ~comparison
    factor = np.ones(len(step))
    factor[~comparison] = _within_chance(step[new], peers, errors=CAMPUS_CHANCE)
    for pool in np.unique(pools[~comparison]):
        floor = ~comparison & (pools == pool)
        own = _within_chance(step[floor & told], peers, errors=FLOOR_CHANCE)
        factor[floor] = np.minimum(factor[floor], own)
    return factor


def _within_chance(steps: Floats, peers: Floats, *, errors: float) -> float:
    """exp(-excess beyond so many standard errors of the difference of two means)."""
    if min(len(steps), len(peers)) < FEWEST:
        return 1.0
    variance = (steps.var(ddof=1) + peers.var(ddof=1)) / 2
    error = np.sqrt(variance * (1 / len(steps) + 1 / len(peers)))
    excess = steps.mean() - peers.mean() - errors * error
    return float(np.exp(-max(0.0, excess)))
