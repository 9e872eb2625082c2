"""A reading that catches up after a gap tells of several days, and of none of them."""

import numpy as np

from meters.savings.calendar import Bools, Floats

HALF_A_DAY = 0.5  # for each missing day above its own: less may be a busy day


def lump_days(use: Floats, *, expected: Floats) -> Bools:
    """
    Days right after missing ones whose use is that of several days, bool[n, d].

    They are left out of a saving as the missing days are: counted against one day's expected use
    they would punish a room, against all of them they would pay for a guess.

    :param use: Wh float[n, d], NaN where missing
    :param expected: Wh float[n, d]
    """
    missing = np.isnan(use)
    days = np.arange(use.shape[1])
    told_at = np.maximum.accumulate(np.where(missing, -1, days), axis=1)
    before = np.concatenate([np.full((len(use), 1), -1), told_at[:, :-1]], axis=1)
    gap = days - before - 1
    with np.errstate(invalid="ignore"):
        return np.asarray((gap > 0) & (use > expected * (1 + HALF_A_DAY * gap)))
