"""
What a floor's rooms make sure together, and how it is shared among them. Steps 5 and 6 of the rule.

A floor is looked at among the other floors: where all save alike, each is believed the sooner;
where they differ, each stands for itself. Its saving then goes to the clearest savers first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from meters.savings.calendar import Floats
from meters.savings.evidence import Yardstick, confidence, mean_of, noise_of, pulled, spread_of
from meters.savings.rule import Rule

FAINTEST = 1e-3  # sigmas; below nobody is told apart


@dataclass(frozen=True, slots=True)
class Pool:
    """
    One floor at a settlement: its saving (a share), its sigma, and Wh sure and claimed.

    A saver of `whole_from` sigmas or more is paid whole, a fainter one as `clearness` says. None in
    snapshots of a time when every claim was paid the same part.
    """

    saving: float
    sigma: float
    sure_wh: float
    claimed_wh: float
    rooms: int
    whole_from: float | None = None

    def share(self, claim: Floats, *, sigmas: Floats) -> Floats:
        """Step 6: what each claim float[n] gets, by its sigmas; never more than itself."""
        if self.claimed_wh <= 0 or self.sure_wh <= 0:
            return np.zeros_like(claim)
        if self.whole_from is None:
            return np.minimum(claim, self.sure_wh * claim / self.claimed_wh)
        return claim * np.minimum(1.0, clearness(sigmas) / clearness(np.array(self.whole_from)))


@dataclass(frozen=True, slots=True)
class Floor:
    """
    The rooms of one floor before they are believed: mean saving and its variance, Wh claims.

    `drift_variance` is how far the comparison rooms' own drift may be off; `sigmas` float[n] how
    far each claim stands out.
    """

    saving: float
    variance: float
    drift_variance: float
    expected_wh: float
    claims: Floats
    sigmas: Floats


def pool_claim(saving: Floats, *, sigma: Floats, expected: Floats, rule: Rule) -> Floats:
    """Step 6, first half: Wh float[n] with which a room takes part in its pool's saving."""
    return np.asarray(np.maximum(0.0, saving - rule.share_from * sigma) * expected)


def clearness(sigmas: Floats) -> Floats:
    """What counts among the savers of a floor: twice as clear is four times as likely meant."""
    return np.asarray(np.maximum(FAINTEST, sigmas) ** 2)


def floor(
    saving: Floats,
    *,
    sigma: Floats,
    expected: Floats,
    peers: Sequence[tuple[Yardstick, float]],
    rule: Rule,
) -> Floor:
    """
    Step 5, first half: the rooms of one floor, float[n].

    :param peers: each cohort's yardstick with the share of the floor's weight that is its
    """
    weights = expected / sigma**2
    spread = sum(share * spread_of(yard, rule) for yard, share in peers)
    return Floor(
        saving=mean_of(pulled(saving, sigma=sigma, rule=rule), weights),
        variance=spread**2 * noise_of(sigma, weights),
        drift_variance=sum(share**2 * yard.variance for yard, share in peers),
        expected_wh=float(expected.sum()),
        claims=pool_claim(saving, sigma=sigma, expected=expected, rule=rule),
        sigmas=saving / sigma,
    )


def pooled(floors: Mapping[int, Floor], *, rule: Rule) -> dict[int, Pool]:
    """Step 5: every floor, held towards all of them as far as they do not differ."""
    if not floors:
        return {}
    saving = np.array([one.saving for one in floors.values()])
    variance = np.array([one.variance for one in floors.values()])
    believed, left = _held(saving, variance, least=rule.floors_differ)
    return {
        name: _pool(one, saving=float(mean), variance=float(rest), rule=rule)
        for (name, one), mean, rest in zip(floors.items(), believed, left, strict=True)
    }


def _held(saving: Floats, variance: Floats, *, least: float) -> tuple[Floats, Floats]:
    """Means float[n] and their variances, after partial pooling; a single floor as it is."""
    if len(saving) < 2:
        return saving, variance
    differ = _differing(saving, variance) + least**2
    weights = 1 / (variance + differ)
    common, own = mean_of(saving, weights), differ / (differ + variance)
    left = own * variance + (1 - own) ** 2 / weights.sum()
    return common + own * (saving - common), left


def _differing(saving: Floats, variance: Floats) -> float:
    """The variance between floors beyond that of chance (DerSimonian and Laird, 1986)."""
    weights = 1 / variance
    excess = float((weights * (saving - mean_of(saving, weights)) ** 2).sum()) - (len(saving) - 1)
    return max(0.0, excess / float(weights.sum() - (weights**2).sum() / weights.sum()))


def _pool(one: Floor, *, saving: float, variance: float, rule: Rule) -> Pool:
    sigma = float(np.sqrt(variance + one.drift_variance + rule.floor_drift**2))
    sure = float(confidence(np.array(saving / sigma), rule.pool))
    sure_wh = max(0.0, saving) * sure * one.expected_wh
    return Pool(
        saving=saving,
        sigma=sigma,
        sure_wh=sure_wh,
        claimed_wh=float(one.claims.sum()),
        rooms=len(one.claims),
        whole_from=_whole(one.claims, one.sigmas, sure_wh=sure_wh),
    )


def _whole(claims: Floats, sigmas: Floats, *, sure_wh: float) -> float:
    """
    The sigmas from which on claims are paid whole, so that together they get what is sure.

    Solves sum(c * min(1, clearness(z) / clearness(w))) = sure for w: the n clearest are whole.
    """
    order = np.argsort(-sigmas)[: int((claims > 0).sum())]
    ranked, clear = claims[order], clearness(sigmas[order])
    if len(order) == 0 or sure_wh <= 0:
        return 0.0
    if sure_wh >= ranked.sum():
        return FAINTEST
    above = np.concatenate([[0.0], np.cumsum(ranked)[:-1]])
    rest = np.cumsum((ranked * clear)[::-1])[::-1]
    with np.errstate(divide="ignore"):
        whole = np.where(sure_wh > above, rest / (sure_wh - above), np.inf)
    return float(np.sqrt(whole[np.argmax(whole >= clear)]))
