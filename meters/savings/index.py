"""The peer index: how much the comparison rooms used on a day against their own usual."""

import numpy as np

from meters.savings.calendar import Floats

TRIM = 0.1  # of the rooms at either end of a day: a party and an empty room both tell nothing


def usual(use: Floats) -> Floats:
    """Each room's mean use per measured day, float[n]; NaN for a room without any."""
    measured = ~np.isnan(use)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(measured, use, 0.0).sum(axis=1) / measured.sum(axis=1))


def peer_index(use: Floats, *, usual_use: Floats) -> Floats:
    """
    The trimmed mean over rooms of use / usual, day by day; NaN where nobody was measured.

    :param use: Wh float[n, d] of the comparison rooms, NaN where missing
    :param usual_use: Wh float[n], see `usual`
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        ratios = np.where(usual_use[:, None] > 0, use / usual_use[:, None], np.nan)
    ranked = np.sort(ratios, axis=0)  # NaN goes last
    count = (~np.isnan(ranked)).sum(axis=0)
    cut = np.floor(TRIM * count)
    place = np.arange(len(ranked))[:, None]
    inside = (place >= cut) & (place < count - cut)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(inside, ranked, 0.0).sum(axis=0) / inside.sum(axis=0))


def rooms_told(use: Floats, *, usual_use: Floats) -> int:
    """How many comparison rooms of one day float[n] were measured and have a usual use."""
    return int((~np.isnan(use) & (usual_use > 0)).sum())
