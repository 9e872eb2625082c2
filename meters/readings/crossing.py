"""
Is meter 301 wired to room 302? Three ways to see it, each with the figures that prove it. Pure.

None of them decides: a suspicion is shown to a manager.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

import numpy as np

# --- a planned switch-off --------------------------------------------------------------------
LEAST_SHARE = 0.25  # of an interval that must be switched off to be seen in it
FELL, STOOD = 0.6, 0.3
LEAST_WH = 2


@dataclass(frozen=True, slots=True)
class Dip:
    """
    What a meter told before, during and after: Wh of intervals of one length.

    `share` is the part of the intervals in the middle that was switched off.
    """

    before: int
    during: int
    after: int
    share: float

    def depth(self) -> float:
        """How far it fell, of how far a switched-off room must fall: 1 is all the way."""
        usual = mean((self.before, self.after))
        if usual < LEAST_WH or self.share < LEAST_SHARE:
            return 0.0
        return max(0.0, (1 - self.during / usual) / self.share)


def fallen(dips: Mapping[int, Dip]) -> int | None:
    """The meter that fell when a room was switched off; None where none fell, or several did."""
    low = [meter for meter, dip in dips.items() if dip.depth() >= FELL]
    return low[0] if len(low) == 1 else None


def contradicts(own: Dip | None, other: Dip) -> bool:
    """Whether another meter fell while the room's own one went on."""
    return own is not None and own.depth() <= STOOD and other.depth() >= FELL


# --- absence ---------------------------------------------------------------------------------
FEWEST_NIGHTS = 3
QUIET, BUSY = 0.4, 0.7


@dataclass(frozen=True, slots=True)
class Absence:
    """Nights without residents in a room: its own meter, and a neighbour's, against their usual."""

    nights: int
    own: float
    neighbour: float


def absence(
    own: Sequence[float], neighbour: Sequence[float], *, vacant: Sequence[bool]
) -> Absence | None:
    """
    A room stood empty, yet its meter went on while the neighbour's, where people lived, fell quiet.

    :param own: Wh a night, NaN where unknown; so `neighbour`
    :param vacant: nights on which nobody lived in the room, and somebody in the neighbour's
    """
    empty = np.asarray(vacant, bool)
    a, b = np.asarray(own, float), np.asarray(neighbour, float)
    known = ~(np.isnan(a) | np.isnan(b))
    away, home = empty & known, ~empty & known
    if away.sum() < FEWEST_NIGHTS or home.sum() < FEWEST_NIGHTS:
        return None
    usual_a, usual_b = median(a[home].tolist()), median(b[home].tolist())
    if usual_a <= 0 or usual_b <= 0:
        return None
    own_share = median(a[away].tolist()) / usual_a
    other_share = median(b[away].tolist()) / usual_b
    if own_share >= BUSY and other_share <= QUIET:
        return Absence(int(away.sum()), round(own_share, 2), round(other_share, 2))
    return None


# --- whose people does it follow? ------------------------------------------------------------
FEWEST_DAYS = 20
APART = 0.4


@dataclass(frozen=True, slots=True)
class Follows:
    """Correlation of each meter with the people of its own room, and with the neighbour's."""

    days: int
    own: float
    neighbour: float


def follows_neighbour(
    use: Sequence[Sequence[float]], people: Sequence[Sequence[int]]
) -> Follows | None:
    """
    Both of two meters follow the number of people in the other's room better than in their own.

    :param use: Wh a night of both meters, NaN where unknown
    :param people: residents a night of the rooms they are said to serve
    """
    watt, heads = np.asarray(use, float), np.asarray(people, float)
    known = ~np.isnan(watt).any(axis=0)
    if known.sum() < FEWEST_DAYS:
        return None
    watt, heads = watt[:, known], heads[:, known]
    if (watt.std(axis=1) == 0).any() or (heads.std(axis=1) == 0).any():
        return None
    table = np.corrcoef(np.vstack([watt, heads]))[:2, 2:]
    own, neighbour = np.diag(table), np.diag(table[:, ::-1])
    if (neighbour - own >= APART).all():
        return Follows(
            int(known.sum()), round(float(own.mean()), 2), round(float(neighbour.mean()), 2)
        )
    return None
