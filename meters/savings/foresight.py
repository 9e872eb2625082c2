"""
What a term would bring with so many comparison rooms, tried on readings of nobody who was asked.

Pure: the lottery is drawn again and again over a panel, its enrolled rooms left as they were or
made to save, and the engine of the nights settles each draw.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from meters.savings.rehearsal import Panel, rehearse
from meters.savings.rule import Rule

FLOOR = 20  # rooms that are pooled


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Percent, means over the draws: false credit (and its worst), what a true saving is paid."""

    comparison: int
    rooms: int
    draws: int
    false: float
    false_worst: float
    power10: float
    power20: float


def foresee(panel: Panel, *, comparison: int, draws: int, seed: int, rule: Rule) -> Foreseen:
    """
    Try `draws` lotteries of `comparison` rooms over a panel in which nobody was asked to save.

    :param panel: its own roles and floors are not looked at
    """
    found = [
        [_paid(drawn, part=part, rule=rule) for part in (0.0, 0.1, 0.2)]
        for drawn in _draws(panel, comparison=comparison, draws=draws, seed=seed)
    ]
    false, tenth, fifth = (100 * np.array(column) for column in zip(*found, strict=True))
    return Foreseen(
        comparison=comparison,
        rooms=len(panel.use),
        draws=draws,
        false=round(float(false.mean()), 2),
        false_worst=round(float(false.max()), 2),
        power10=round(float((tenth - false).mean()) * 10, 1),
        power20=round(float((fifth - false).mean()) * 5, 1),
    )


def _draws(panel: Panel, *, comparison: int, draws: int, seed: int) -> Iterator[Panel]:
    chance = np.random.default_rng(seed)
    for _turn in range(draws):
        place = chance.permutation(len(panel.use))
        peers = place < comparison
        pools = np.where(peers, -1, (place - comparison) // FLOOR)
        yield replace(panel, comparison=peers, pools=pools)


def _paid(panel: Panel, *, part: float, rule: Rule) -> float:
    """What is credited to the enrolled rooms when all save `part`, of what they used."""
    enrolled = ~panel.comparison
    use = panel.use.copy()
    use[enrolled, panel.start :] *= 1 - part
    credited = rehearse(replace(panel, use=use), rule=rule).credited[enrolled].sum()
    return float(credited / np.nansum(panel.use[enrolled, panel.start :]))
