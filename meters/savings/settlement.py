"""
A settlement of a campus: what of each room's saving is paid for, to date.

Everything is cumulative from the first creditable day, so what is not sure yet is not lost.
Arrays are rooms x days; the comparison rooms of a cohort are measured in the same settlement in
the same way, so that what they fall short of their baselines is taken off everybody's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meters.savings.away import away_days
from meters.savings.calendar import Bools, Floats
from meters.savings.evidence import Yardstick, against_luck, own_evidence, yardstick
from meters.savings.lumps import lump_days
from meters.savings.pooling import Floor, Pool, floor, pool_claim, pooled
from meters.savings.rule import Rule


@dataclass(frozen=True, slots=True)
class Sums:
    """Wh float[n] expected and used over the counted days, and how many these were."""

    expected: Floats
    used: Floats
    days: NDArray[np.int64]

    @property
    def shortfall(self) -> Floats:
        """1 - used / expected; 0 where nothing was expected."""
        safe = np.where(self.expected > 0, self.expected, 1.0)
        return np.where(self.expected > 0, 1.0 - self.used / safe, 0.0)


def sums(
    use: Floats,
    *,
    expected: Floats,
    away_below: Floats,
    rule: Rule,
    people: NDArray[np.int64] | int = 0,
    warned: Bools | None = None,
) -> Sums:
    """
    Steps 1 and 2: away, missing and catching-up days leave both sums; others count their cap.

    :param use: Wh float[n, d] from the first creditable day to the settlement, NaN where missing
    :param expected: Wh float[n, d], NaN on days without an index
    :param people: int64[n] who live there: what they need to be well counts as used
    :param warned: days bool[d] of a heat or cold warning: these leave both sums too
    """
    counted = ~np.isnan(use) & ~np.isnan(expected)
    counted &= ~away_days(use, expected=expected, below=away_below)
    counted &= ~lump_days(use, expected=expected)
    if warned is not None:
        counted &= ~warned
    needed = np.minimum(expected, rule.comfort_wh * np.reshape(people, (-1, 1)))
    capped = np.maximum(use, np.maximum(rule.day_cap * expected, needed))
    return Sums(
        expected=np.where(counted, expected, 0.0).sum(axis=1),
        used=np.where(counted, capped, 0.0).sum(axis=1),
        days=counted.sum(axis=1),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """
    A cohort's rooms at a settlement.

    `shape` float[n]; `pools` int64[n] the floor of each room; `prior_scale` sigmas per shape that
    are believed before the comparison rooms speak.
    """

    sums: Sums
    shape: Floats
    pools: NDArray[np.int64]
    prior_scale: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A cohort's rooms, measured: saving and sigma as shares float[n] of the expected Wh."""

    saving: Floats
    sigma: Floats
    expected: Floats
    pools: NDArray[np.int64]
    yard: Yardstick


@dataclass(frozen=True, slots=True)
class Credit:
    """Wh float[n] to date: the room's share of its pool, its own evidence."""

    shared: Floats
    own: Floats

    @property
    def wh(self) -> Floats:
        return np.maximum(self.shared, self.own)


def judged(standing: Standing, *, comparison: Bools, enrolled: Bools, rule: Rule) -> Yardstick:
    """Steps 3 and 4: what the comparison rooms bool[n] say, beside the enrolled ones bool[n]."""
    told, asked = (who & (standing.sums.expected > 0) for who in (comparison, enrolled))
    yard = yardstick(
        standing.sums.shortfall[told],
        expected=standing.sums.expected[told],
        shape=standing.shape[told],
        prior_scale=standing.prior_scale,
        rule=rule,
    )
    found = measure(standing, yard=yard)
    return against_luck(
        yard,
        found.saving[asked],
        sigma=found.sigma[asked],
        expected=found.expected[asked],
        rule=rule,
    )


def measure(standing: Standing, *, yard: Yardstick) -> Measured:
    """Steps 3 and 4: every room against the comparison rooms of its cohort."""
    return Measured(
        saving=standing.sums.shortfall - yard.drift,
        sigma=standing.shape * yard.scale,
        expected=standing.sums.expected,
        pools=standing.pools,
        yard=yard,
    )


def pools_of(
    cohorts: Sequence[Measured], *, members: Sequence[Bools], rule: Rule
) -> dict[int, Pool]:
    """Step 5: the pool of every floor, over the rooms bool[n] of each cohort that take part."""
    pairs = [(c, m & (c.expected > 0)) for c, m in zip(cohorts, members, strict=True)]
    floors = np.unique(np.concatenate([c.pools[part] for c, part in pairs]))
    return pooled({int(name): _floor(pairs, int(name), rule=rule) for name in floors}, rule=rule)


def _floor(pairs: Sequence[tuple[Measured, Bools]], name: int, *, rule: Rule) -> Floor:
    """One floor, whose rooms may stand in several cohorts, each with its own yardstick."""
    here = [(c, part & (c.pools == name)) for c, part in pairs]
    inside = [(c, part) for c, part in here if part.any()]
    weights = [float((c.expected[p] / c.sigma[p] ** 2).sum()) for c, p in inside]
    return floor(
        np.concatenate([c.saving[p] for c, p in inside]),
        sigma=np.concatenate([c.sigma[p] for c, p in inside]),
        expected=np.concatenate([c.expected[p] for c, p in inside]),
        peers=[(c.yard, w / sum(weights)) for (c, _p), w in zip(inside, weights, strict=True)],
        rule=rule,
    )


def credit(measured: Measured, *, pools: Mapping[int, Pool], rule: Rule) -> Credit:
    """Steps 6 and 7: what each room of a cohort is sure to have saved, to date."""
    saving, sigma, expected = measured.saving, measured.sigma, measured.expected
    claim = pool_claim(saving, sigma=sigma, expected=expected, rule=rule)
    shared = np.zeros_like(claim)
    for name, found in pools.items():
        inside = measured.pools == name
        shared[inside] = found.share(claim[inside], sigmas=(saving / sigma)[inside])
    return Credit(shared, own_evidence(saving, sigma=sigma, expected=expected, rule=rule))
