"""
What a space used on a day that its meter did not tell: estimated in an order, and said to be. Pure.

The order is that of California's and Ontario's rules for meter data: what registers or neighbouring
hours prove is taken at intake; what is left is answered here by days like it, then by rooms like
it, else by nothing. A gap is estimated only between readings: what follows the last one is not
known, and is not guessed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LOOK_BACK = timedelta(days=28)
LIKE_DAYS = 3
FEWEST_PEERS = 3
LIKE, PEERS = "like_days", "like_rooms"

KindOfDay = Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Wh, how it was found, and the figures that it comes from."""

    wh: int
    method: str
    facts: Mapping[str, object]


def estimate(
    *, day: date, told: Mapping[date, int], known_wh: int, kind: KindOfDay, peers: Sequence[int]
) -> Estimate | None:
    """
    The use of a day of which only `known_wh` was told; None where nothing bounds or resembles it.

    :param told: Wh of measured days around it, without days of outages and exchanges
    :param kind: weekday, weekend or holiday
    :param peers: Wh of occupied rooms of the same size on that day
    """
    if not any(other < day for other in told) or not any(other > day for other in told):
        return None
    like = _like_days(day, told, kind)
    if like:
        facts: dict[str, object] = {"days": [other.isoformat() for other in like]}
        return Estimate(max(known_wh, _mean([told[other] for other in like])), LIKE, facts)
    if len(peers) >= FEWEST_PEERS:
        return Estimate(max(known_wh, _mean(peers)), PEERS, {"rooms": len(peers)})
    return None


def _like_days(day: date, told: Mapping[date, int], kind: KindOfDay) -> list[date]:
    """The last few measured days before it that are of its kind."""
    before = sorted((other for other in told if day - LOOK_BACK <= other < day), reverse=True)
    return [other for other in before if kind(other) == kind(day)][:LIKE_DAYS]


def _mean(values: Sequence[int]) -> int:
    """The mean in whole Wh, halves up."""
    return (2 * sum(values) + len(values)) // (2 * len(values))
