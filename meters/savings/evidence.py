"""
How sure a saving is: by the comparison rooms, and by the room's own figures.

"We pay your saving times how sure we are; your floor and campus make us surer." Steps 3, 4 and 7 of
the rule; `pooling` has the floors. Savings and sigmas are shares of what was expected, energies Wh.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np

from meters.savings.calendar import Floats
from meters.savings.rule import Ramp, Rule

_QUANTILES = ((0.5, 0.674), (0.6, 0.842), (0.7, 1.036))  # of |normal|, and where they lie
_HUBER = 1.5  # sigmas beyond which a comparison room pulls the centre no harder
_TURNS = 3  # in which the centre settles to less than is shown


@dataclass(frozen=True, slots=True)
class Yardstick:
    """
    What the comparison rooms of a cohort say at a settlement.

    `drift` is what rooms that save nothing fell short of their baselines, `luck` the part of it
    that the enrolled rooms told; `scale` sigmas per shape; `spread` the rms of the comparison rooms
    in sigmas; `noise` the variance of their mean.
    """

    drift: float
    scale: float
    spread: float
    noise: float
    rooms: int
    luck: float = 0.0

    @property
    def variance(self) -> float:
        """How far the drift itself may be off, squared."""
        return self.spread**2 * self.noise

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> Self:
        """As a snapshot keeps it, also one that was taken when the drift was a median."""
        names = {field.name for field in fields(cls)} & set(facts) - {"drift"}
        return cls(drift=drift_told(facts), **{name: facts[name] for name in names})


def drift_told(facts: Mapping[str, Any]) -> float:
    """The drift that a snapshot, or a cohort before its first one, tells."""
    return float(facts["drift"] if "drift" in facts else facts["median"])


def yardstick(
    shortfall: Floats, *, expected: Floats, shape: Floats, prior_scale: float, rule: Rule
) -> Yardstick:
    """Steps 3 and 4 for the comparison rooms: 1 - used / expected, Wh expected, shape, float[n]."""
    if len(shortfall) == 0:
        return Yardstick(drift=0.0, scale=prior_scale, spread=0.0, noise=0.0, rooms=0)
    middle = float(np.median(shortfall))
    scale = _scale(shortfall - middle, shape=shape, prior_scale=prior_scale, rule=rule)
    sigma = shape * scale
    saving = (shortfall - middle) / sigma
    return Yardstick(
        drift=_centre(shortfall, sigma=sigma, start=middle),
        scale=scale,
        spread=float(np.sqrt(np.mean(np.clip(saving, -rule.outlier, rule.outlier) ** 2))),
        noise=noise_of(sigma, expected / sigma**2),
        rooms=len(shortfall),
    )


def _scale(saving: Floats, *, shape: Floats, prior_scale: float, rule: Rule) -> float:
    """
    Sigmas per shape: the comparison rooms' own, held towards the prior while they are few.

    That rooms drift more than was believed is taken up sooner than that they drift less.
    """
    strays = np.abs(saving) / shape
    own = float(np.mean([np.quantile(strays, q) / z for q, z in _QUANTILES]))
    prior = rule.prior_rooms if own < prior_scale else rule.wary_rooms
    return (len(saving) * own + prior * prior_scale) / (len(saving) + prior)


def _centre(shortfall: Floats, *, sigma: Floats, start: float) -> float:
    """
    Huber's mean, by precision: a quiet room tells more of the campus than a restless one.

    From the median on, which a few rooms that went their own way cannot pull far.
    """
    centre, weights = start, 1 / sigma**2
    for _turn in range(_TURNS):
        pulled = np.clip(shortfall - centre, -_HUBER * sigma, _HUBER * sigma)
        centre += mean_of(pulled, weights)
    return centre


def against_luck(
    yard: Yardstick, saving: Floats, *, sigma: Floats, expected: Floats, rule: Rule
) -> Yardstick:
    """
    The same yardstick after a look at what all enrolled rooms float[n] have in common.

    They are many and the comparison rooms few: a common saving (or loss) of theirs that does not
    stand out from chance is most likely the comparison rooms' bad luck, and is taken for that.
    """
    weights = expected / sigma**2
    common = mean_of(pulled(saving, sigma=sigma, rule=rule), weights)
    own = spread_of(yard, rule) ** 2 * noise_of(sigma, weights)
    variance = yard.variance + own
    if variance <= 0:
        return yard
    sure = float(confidence(np.array(common / np.sqrt(variance)), rule.campus))
    luck = yard.variance / variance * common * (1 - sure)
    return replace(yard, drift=yard.drift + luck, luck=luck)


def confidence(sigmas: Floats, ramp: Ramp) -> Floats:
    """0 below the ramp, 1 above it, straight between."""
    return np.clip((sigmas - ramp.low) / (ramp.high - ramp.low), 0.0, 1.0)


def own_evidence(saving: Floats, *, sigma: Floats, expected: Floats, rule: Rule) -> Floats:
    """Step 7: Wh float[n] that a room's own figures make sure."""
    sure = confidence(saving / sigma, rule.own)
    return np.asarray(np.maximum(0.0, saving) * sure * expected)


def pulled(saving: Floats, *, sigma: Floats, rule: Rule) -> Floats:
    """Savings as they pull a mean: an outlier no harder than its sigmas allow."""
    return np.clip(saving, -rule.outlier * sigma, rule.outlier * sigma)


def spread_of(yard: Yardstick, rule: Rule) -> float:
    """How many sigmas enrolled rooms stray, by the comparison rooms and by what was seen before."""
    told = yard.rooms * yard.spread + rule.prior_rooms * rule.prior_spread
    return told / (yard.rooms + rule.prior_rooms)


def mean_of(values: Floats, weights: Floats) -> float:
    """The weighted mean; 0 of nothing."""
    heavy = float(weights.sum())
    return float((weights * values).sum()) / heavy if heavy > 0 else 0.0


def noise_of(sigma: Floats, weights: Floats) -> float:
    """The variance of a weighted mean of rooms that stray by sigma."""
    heavy = float(weights.sum())
    return float((weights**2 * sigma**2).sum()) / heavy**2 if heavy > 0 else 0.0
