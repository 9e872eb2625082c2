"""What the next settlement may add: a projection on the screen, never a promise."""

from dataclasses import dataclass

import numpy as np

from meters.savings.evidence import own_evidence
from meters.savings.pooling import Pool, pool_claim
from meters.savings.rule import Rule


@dataclass(frozen=True, slots=True)
class SoFar:
    """
    An occupancy as it stands between settlements.

    Saving and sigma are shares; `expected_wh` covers the `days` gone of the `days_then` that the
    next settlement will cover; `pool` is the floor at the last one, if there was any.
    """

    saving: float
    sigma: float
    expected_wh: float
    days: int
    days_then: int
    booked_wh: int
    pool: Pool | None


def ahead(so_far: SoFar, *, rule: Rule) -> tuple[int, int, int]:
    """
    Wh that the next settlement adds: likely, low, high.

    The range is one sigma of what the days to come may still change; it is wide in the first weeks.
    """
    left = max(so_far.days_then - so_far.days, 0) / max(so_far.days_then, 1)
    stray = so_far.sigma * float(np.sqrt(left))
    likely, low, high = (
        _added(so_far, saving, rule=rule)
        for saving in (so_far.saving, so_far.saving - stray, so_far.saving + stray)
    )
    return likely, low, high


def _added(so_far: SoFar, saving: float, *, rule: Rule) -> int:
    expected = so_far.expected_wh * so_far.days_then / max(so_far.days, 1)
    told = (np.array([saving]), np.array([so_far.sigma]), np.array([expected]))
    own = own_evidence(told[0], sigma=told[1], expected=told[2], rule=rule)
    claim = pool_claim(told[0], sigma=told[1], expected=told[2], rule=rule)
    shared = so_far.pool.share(claim, sigmas=told[0] / told[1]) if so_far.pool else np.zeros(1)
    credited = max(float(own[0]), float(shared[0]))
    return max(0, round(credited) - so_far.booked_wh)
