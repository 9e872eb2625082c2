"""A residence as a whole: did its power fail, and do its meters agree with the site meter? Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campus.units import kwh
from meters.readings.checks import Doubt, Weight

FEWEST_ROOMS = 5
SHARE_OUT = 0.8  # of the rooms that told
TOLERANCE = 0.05  # of the site meter


@dataclass(frozen=True, slots=True)
class Failed:
    """The power was out: so many of the rooms that told stood still, in how many intervals."""

    rooms: int
    still: int
    intervals: int


def failed_hours(hours: NDArray[np.int32]) -> Failed | None:
    """
    A power failure seen in intervals: Wh int32[rooms, n], -1 = missing.

    Some interval in which four of five rooms that told used exactly nothing. Rooms that stand still
    for half of the day (vacant, or counted too coarsely) say nothing either way.
    """
    alive = hours[(hours == 0).mean(axis=1) <= 0.5] if hours.size else hours
    if len(alive) < FEWEST_ROOMS:
        return None
    told = (alive >= 0).sum(axis=0)
    still = (alive == 0).sum(axis=0)
    out = (told >= FEWEST_ROOMS) & (still >= SHARE_OUT * told)
    if not out.any():
        return None
    return Failed(rooms=len(alive), still=int(still[out].max()), intervals=int(out.sum()))


@dataclass(frozen=True, slots=True)
class Apart:
    """The site meter and the sum of everything behind it, in Wh."""

    site_wh: int
    sum_wh: int

    def doubt(self) -> Doubt:
        """As a finding: it is reported, and changes no room."""
        facts = {"site": str(kwh(self.site_wh)), "sum": str(kwh(self.sum_wh))}
        return Doubt("site_differs", Weight.NOTED, facts)


def apart(
    *, site_wh: int, fed_back_wh: int, generated_wh: int, used: Sequence[int]
) -> Apart | None:
    """
    Whether the site meter and the rooms and zones behind it differ by more than five percent.

    What came from the grid, less what was fed back, plus what the roof made, is what was used.
    """
    came = site_wh - fed_back_wh + generated_wh
    total = sum(used)
    if abs(came - total) <= TOLERANCE * max(came, 1):
        return None
    return Apart(site_wh=came, sum_wh=total)
