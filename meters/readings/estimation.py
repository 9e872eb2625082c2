"""
What a space used on a day that its meter did not tell: estimated in an order, and said to be. Pure.

The order is that of California's and Ontario's rules for meter data: what registers prove is taken
at intake; what is left is answered here by the hours around a short gap, by days like it, then by
rooms like it, else by nothing. A gap is estimated only between readings: what follows the last one
is not known, and is not guessed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LOOK_BACK = timedelta(days=28)
LIKE_DAYS = 3
FEWEST_PEERS = 3
LINE, LIKE, PEERS = "straight_line", "like_days", "like_rooms"

LONG = 7  # days in a row after which an estimate is told to be one for too long
KindOfDay = Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Wh, how it was found, and the figures that it comes from."""

    wh: int
    method: str
    facts: Mapping[str, object]


def estimate(
    *,
    day: date,
    told: Mapping[date, int],
    known_wh: int,
    bridged_wh: int | None = None,
    kind: KindOfDay,
    peers: Sequence[int],
) -> Estimate | None:
    """
    The use of a day of which only `known_wh` was told; None where nothing bounds or resembles it.

    :param told: Wh of measured days around it, without days of outages and exchanges
    :param bridged_wh: of the day with its gaps bridged by straight lines, where all are short
    :param kind: weekday, weekend or holiday
    :param peers: Wh of occupied rooms of the same size on that day
    """
    if bridged_wh is not None:
        return Estimate(bridged_wh, LINE, {"known_wh": known_wh})
    if not any(other < day for other in told) or not any(other > day for other in told):
        return None
    like = _like_days(day, told, kind)
    if like:
        facts: dict[str, object] = {"days": [other.isoformat() for other in like]}
        return Estimate(max(known_wh, _mean([told[other] for other in like])), LIKE, facts)
    if len(peers) >= FEWEST_PEERS:
        return Estimate(max(known_wh, _mean(peers)), PEERS, {"rooms": len(peers)})
    return None


def too_long(*, day: date, measured: Mapping[date, int]) -> Mapping[str, object] | None:
    """
    The figures of a run of estimated days that becomes longer than a week with `day`: since when,
    and how many days. None on every other day, so that a run is told once.
    """
    before = [other for other in measured if other < day]
    if not before or (day - max(before)).days != LONG + 1:
        return None
    return {"since": (max(before) + timedelta(days=1)).isoformat(), "days": LONG + 1}


def _like_days(day: date, told: Mapping[date, int], kind: KindOfDay) -> list[date]:
    """The last few measured days before it that are of its kind."""
    before = sorted((other for other in told if day - LOOK_BACK <= other < day), reverse=True)
    return [other for other in before if kind(other) == kind(day)][:LIKE_DAYS]


def _mean(values: Sequence[int]) -> int:
    """The mean in whole Wh, halves up."""
    return (2 * sum(values) + len(values)) // (2 * len(values))
