"""What of a room's past may set its baseline: no empty days, no parties, no padded last weeks."""

import numpy as np

from meters.savings.calendar import Bools, Floats
from meters.savings.robust import ratio, row_median, row_quantile, total

DROPPED_BELOW = 0.25  # of what is typical: nobody was there
CLIPPED_ABOVE = 2.5  # of what is typical: a party does not set the level
WEEK = 7
LAST_WEEKS = 3  # before a term: whoever knows that it comes could burn more in them
CALM = 0.8  # quantile of a room's own earlier weeks above which its last ones do not count


def cleaned(use: Floats, *, index: Floats) -> tuple[Bools, Floats]:
    """Which days count, bool[n, d], and the use with parties clipped, float[n, d]."""
    with np.errstate(invalid="ignore", divide="ignore"):
        typical = row_median(use / index)[:, None] * index
        kept = ~np.isnan(use) & ~np.isnan(index) & (use >= DROPPED_BELOW * typical)
        return kept, np.minimum(use, CLIPPED_ABOVE * typical)


def calmed(clean: Floats, kept: Bools, *, index: Floats) -> Floats:
    """
    The same use, float[n, d], its last weeks scaled down to what the room's busy weeks were.

    Padding the weeks before a term would raise the level, and bend the season's wave even more.
    """
    days = clean.shape[1]
    ends = range(days, WEEK - 1, -WEEK)
    weeks = [_over_index(clean, kept, index, slice(end - WEEK, end)) for end in ends]
    last, before = weeks[:LAST_WEEKS], weeks[LAST_WEEKS:]
    if not before:
        return clean
    most = row_quantile(np.stack(before, axis=1), CALM)
    calm = clean.copy()
    for end, week in zip(ends, last, strict=False):
        factor = np.fmin(1.0, ratio(most, week))
        calm[:, end - WEEK : end] *= factor[:, None]
    return calm


def _over_index(clean: Floats, kept: Bools, index: Floats, part: slice) -> Floats:
    """A week's use over the campus's, float[n]; NaN without a day."""
    there = kept[:, part]
    return ratio(total(clean[:, part], where=there), (there * np.nan_to_num(index[part])).sum(1))
