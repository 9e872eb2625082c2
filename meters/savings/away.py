"""The one definition of *away* in the whole product."""

import numpy as np

from meters.savings.calendar import Bools, Floats


def away_days(use: Floats, *, expected: Floats, below: Floats) -> Bools:
    """
    Two or more measured days in a row under `below` x the expected use: nobody was home.

    A missing day neither ends nor lengthens a row. :func:`low_days` tells single ones too.

    :param use: Wh float[n, d], NaN where missing
    :param expected: Wh float[n, d]
    :param below: float[n]
    """
    low = low_days(use, expected=expected, below=below)
    measured = ~np.isnan(use)
    before = _last_told(low, measured)
    after = _last_told(low[:, ::-1], measured[:, ::-1])[:, ::-1]
    return low & (before | after)


def low_days(use: Floats, *, expected: Floats, below: Floats) -> Bools:
    """Measured days under `below` x the expected use; alone, such a day is only *possibly* away."""
    with np.errstate(invalid="ignore"):
        return np.asarray(use < below[:, None] * expected)


def _last_told(low: Bools, measured: Bools) -> Bools:
    """Whether the measured day next before each day was low."""
    days = low.shape[1]
    told_at = np.where(measured, np.arange(days), -1)
    latest = np.maximum.accumulate(told_at, axis=1)
    latest = np.concatenate([np.full((len(low), 1), -1), latest[:, :-1]], axis=1)
    return np.asarray(np.take_along_axis(low, np.maximum(latest, 0), axis=1) & (latest >= 0))
