"""
Sunlight for a day of saving: kind, soon, and worth nothing outside the game.

The share saved is the mean over the last counted days, so one dark day pays little; above a
ceiling nothing is added, so nobody has to sit in the dark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import cache

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from points.earning.rules import rule
from points.earning.terms import parameter

Ints = NDArray[np.int64]
PPM = 1_000_000


@dataclass(frozen=True, slots=True)
class Terms:
    """
    `peak` x (1 - exp(-share / ramp)), whole, from `least` up to `most`; shares in millionths.

    `days` counted days are averaged; an away day gives `away` instead.
    """

    peak: int = parameter(80, _("Sunlight that the curve nears"), least=1, most=10_000)
    ramp: int = parameter(100_000, _("How slowly it rises, in millionths saved"), least=1)
    least: int = parameter(20_000, _("Least share that counts, in millionths"))
    most: int = parameter(300_000, _("Share above which nothing is added, in millionths"))
    days: int = parameter(3, _("Counted days of the mean"), least=1)
    away: int = parameter(12, _("Sunlight of a day away"))


@dataclass(frozen=True, slots=True)
class Saving:
    """
    A room's day: whether somebody was home, and the shares saved on its last counted days.

    `shares` are millionths of the expected use, this day's last; empty when the day does not count.
    """

    away: bool
    shares: Sequence[int]


@rule("daily_saving", title=_("Electricity saved on a day"), kind="saving", terms=Terms)
def daily_saving(saving: Saving, terms: Terms) -> int:
    """Sunlight of each resident of the room: whole and equal, whatever the size of the room."""
    if saving.away:
        return terms.away
    if not saving.shares:
        return 0
    share = min(sum(saving.shares) // len(saving.shares), terms.most)
    if share < terms.least:
        return 0
    part = 1 - (-Decimal(share) / terms.ramp).exp()
    return int((terms.peak * part).to_integral_value(rounding=ROUND_HALF_UP))


def share(*, expected: int, actual: int) -> int:
    """What of the expected use was saved, in millionths, rounded down; negative when exceeded."""
    return (expected - actual) * PPM // expected if expected > 0 else 0


def shares(*, expected: Ints, actual: Ints) -> Ints:
    """The vector form of `share`, int64[n] of int64[n] each."""
    return np.where(expected > 0, (expected - actual) * PPM // np.maximum(expected, 1), 0)


def many(shares: Ints, *, counted: Ints, away: NDArray[np.bool_], terms: Terms) -> Ints:
    """
    The vector form: sunlight of n rooms.

    :param shares: int64[n], sum of the shares of the days that count
    :param counted: int64[n], how many days these are
    :param away: bool[n]
    """
    mean = shares // np.maximum(counted, 1)
    steps = np.searchsorted(_steps(terms), mean, side="right")
    paid = np.where((counted > 0) & (mean >= terms.least), steps, 0)
    return np.where(away, terms.away, paid)


@cache
def _steps(terms: Terms) -> Ints:
    """The share from which each amount 1, 2, 3... is paid: the curve turned round."""
    half = Decimal("0.5")
    reached = [
        -terms.ramp * (1 - (amount - half) / terms.peak).ln() for amount in range(1, terms.peak + 1)
    ]
    steps = [int(share.to_integral_value(rounding=ROUND_CEILING)) for share in reached]
    return np.array([step for step in steps if step <= terms.most], dtype=np.int64)
