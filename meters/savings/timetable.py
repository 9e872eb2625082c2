"""When a campus settles, and whether a room has been measured enough for it."""

import numpy as np

from meters.savings.calendar import Bools, Floats
from meters.savings.rule import FEW_DAYS, FIRST_AFTER, SETTLE_EVERY

MONTH = 28


def settlement_ends(*, days: int) -> list[int]:
    """
    The positions (first day after) at which a term of `days` days settles.

    Every week from the third on, and on the closing day.
    """
    return sorted({*range(FIRST_AFTER, days + 1, SETTLE_EVERY), days} - set(range(FIRST_AFTER)))


def settles_on(*, position: int, days: int) -> bool:
    """Whether the settlement of a term of `days` days falls after its day at `position`."""
    return position + 1 in settlement_ends(days=days)


def enough_measured(use: Floats, *, there: Bools | None = None) -> Bools:
    """
    Rooms measured on enough of the last 28 days (fewer at first), bool[n]; others wait.

    :param there: the days on which the occupancy lived there, bool[n, d]; else all of them
    """
    recent = use[:, -MONTH:]
    days = recent.shape[1] if there is None else there[:, -MONTH:].sum(axis=1)
    return np.asarray((~np.isnan(recent)).sum(axis=1) >= FEW_DAYS * days / MONTH)
