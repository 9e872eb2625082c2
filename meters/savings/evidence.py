"""
How sure a saving is: by the room's own figures, and by its floor's.

"We pay your saving times how sure we are; your floor makes us surer." Steps 3 to 7 of the rule.
Savings and sigmas are shares of what was expected; energies are Wh.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meters.savings.calendar import Floats
from meters.savings.rule import Ramp, Rule

_QUANTILES = ((0.5, 0.674), (0.6, 0.842), (0.7, 1.036))  # of |normal|, and where they lie


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What the comparison rooms of a cohort say at a settlement: median, scale, and their rest."""

    median: float
    scale: float
    spread: float  # rms of their savings in sigmas
    lift: float  # their own pooled saving, 0 if below
    noise: float  # variance of that
    rooms: int


def yardstick(
    shortfall: Floats, *, expected: Floats, shape: Floats, prior_scale: float, rule: Rule
) -> Yardstick:
    """Steps 3 to 5 for the comparison rooms: 1 - used / expected, Wh expected, shape, float[n]."""
    median = float(np.median(shortfall)) if len(shortfall) else 0.0
    saving = shortfall - median
    scale = _scale(saving, shape=shape, prior_scale=prior_scale, rule=rule)
    sigma = shape * scale
    weights = expected / sigma**2
    pulled = np.clip(saving, -rule.outlier * sigma, rule.outlier * sigma)
    return Yardstick(
        median=median,
        scale=scale,
        spread=_rms(np.clip(saving / sigma, -rule.outlier, rule.outlier)),
        lift=max(0.0, _mean(pulled, weights)),
        noise=_noise(sigma, weights),
        rooms=len(shortfall),
    )


def _scale(saving: Floats, *, shape: Floats, prior_scale: float, rule: Rule) -> float:
    """
    Sigmas per shape: the comparison rooms' own, held towards the prior while they are few.

    That rooms drift more than was believed is taken up sooner than that they drift less.
    """
    if len(saving) == 0:
        return prior_scale
    strays = np.abs(saving) / shape
    own = float(np.mean([np.quantile(strays, q) / z for q, z in _QUANTILES]))
    prior = rule.prior_rooms if own < prior_scale else rule.wary_rooms
    return (len(saving) * own + prior * prior_scale) / (len(saving) + prior)


def confidence(sigmas: Floats, ramp: Ramp) -> Floats:
    """0 below the ramp, 1 above it, straight between."""
    return np.clip((sigmas - ramp.low) / (ramp.high - ramp.low), 0.0, 1.0)


def own_evidence(saving: Floats, *, sigma: Floats, expected: Floats, rule: Rule) -> Floats:
    """Step 7: Wh float[n] that a room's own figures make sure."""
    sure = confidence(saving / sigma, rule.own)
    return np.asarray(np.maximum(0.0, saving) * sure * expected)


def pool_claim(saving: Floats, *, sigma: Floats, expected: Floats, rule: Rule) -> Floats:
    """Step 6, first half: Wh float[n] with which a room takes part in its pool's saving."""
    return np.asarray(np.maximum(0.0, saving - rule.share_from * sigma) * expected)


@dataclass(frozen=True, slots=True)
class Pool:
    """One floor at a settlement: its saving (a share), its sigma, and Wh sure and claimed."""

    saving: float
    sigma: float
    sure_wh: float
    claimed_wh: float
    rooms: int

    def share(self, claim: Floats) -> Floats:
        """Step 6: what each claim float[n] gets; never more than itself."""
        if self.claimed_wh <= 0:
            return np.zeros_like(claim)
        return np.minimum(claim, self.sure_wh * claim / self.claimed_wh)


def pool(
    saving: Floats,
    *,
    sigma: Floats,
    expected: Floats,
    peers: Sequence[tuple[Yardstick, float]],
    rule: Rule,
) -> Pool:
    """
    Steps 5 and 6 for the rooms of one floor.

    :param peers: each cohort's yardstick with the share of the floor's weight that is its
    """
    weights = expected / sigma**2
    pulled = np.clip(saving, -rule.outlier * sigma, rule.outlier * sigma)
    lift = sum(share * yard.lift for yard, share in peers)
    net = _mean(pulled, weights) - lift
    noise = sum(share**2 * yard.spread**2 * yard.noise for yard, share in peers)
    spread = sum(share * _spread(yard, rule) for yard, share in peers)
    deviation = float(np.sqrt(spread**2 * _noise(sigma, weights) + noise + rule.floor_drift**2))
    sure = float(confidence(np.array([net / deviation]), rule.pool)[0])
    claim = pool_claim(saving, sigma=sigma, expected=expected, rule=rule)
    return Pool(
        saving=net,
        sigma=deviation,
        sure_wh=max(0.0, net) * sure * float(expected.sum()),
        claimed_wh=float(claim.sum()),
        rooms=len(saving),
    )


def _spread(yard: Yardstick, rule: Rule) -> float:
    return (yard.rooms * yard.spread + rule.prior_rooms * rule.prior_spread) / (
        yard.rooms + rule.prior_rooms
    )


def _mean(values: Floats, weights: Floats) -> float:
    heavy = float(weights.sum())
    return float((weights * values).sum()) / heavy if heavy > 0 else 0.0


def _noise(sigma: Floats, weights: Floats) -> float:
    heavy = float(weights.sum())
    return float((weights**2 * sigma**2).sum()) / heavy**2 if heavy > 0 else 0.0


def _rms(values: Floats) -> float:
    return float(np.sqrt(np.mean(values**2))) if len(values) else 0.0
