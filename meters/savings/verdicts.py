"""Whether a day counts, told night by night: a single low day is only *possibly* away."""

import numpy as np
from numpy.typing import NDArray

from meters.savings.away import away_days, low_days
from meters.savings.calendar import Bools, Floats

REACH = 7  # days around a night whose verdict it may change
WINDOW = 2 * REACH  # days around a night that are looked at

NO_DATA, COUNTED, POSSIBLY_AWAY, AWAY, WARNED = range(5)


def verdicts(
    use: Floats, *, expected: Floats, below: Floats, warned: Bools | None = None
) -> NDArray[np.int64]:
    """
    The verdict of each room and day, int64[n, d]; see `away.away_days` for the arguments.

    A low day is away beside another one, counted once a later day disproves it, and possibly away
    until then. On days of a weather warning, bool[d], being home counts for nobody.
    """
    measured = ~np.isnan(use) & ~np.isnan(expected)
    low = low_days(use, expected=expected, below=below)
    away = away_days(use, expected=expected, below=below)
    told_later = np.cumsum(measured[:, ::-1], axis=1)[:, ::-1] > measured
    verdict = np.where(measured, COUNTED, NO_DATA)
    verdict = np.where(low & ~told_later, POSSIBLY_AWAY, verdict)
    if warned is not None:
        verdict = np.where(measured & warned, WARNED, verdict)
    return np.where(away, AWAY, verdict)


def revised(
    before: NDArray[np.int64], now: NDArray[np.int64], *, measured: NDArray[np.bool_], night: int
) -> NDArray[np.bool_]:
    """
    Which stored verdicts of the days around the column `night` no longer hold, bool[n, d].

    Beyond the reach of the night nothing changes; a room that was away on days too far back to be
    seen here stays away.
    """
    days = np.arange(before.shape[1])
    near = (np.abs(days - night) <= REACH) & (days != night)
    seen_before = np.cumsum(measured, axis=1) > measured
    kept_away = (before == AWAY) & ~seen_before
    stored = before >= 0
    return np.asarray(near & stored & (before != now) & ~kept_away)
