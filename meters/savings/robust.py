"""Quantiles of rows that have gaps: one sort for all rows, where NumPy's own goes row by row."""

import numpy as np

from meters.savings.calendar import Bools, Floats


def row_quantile(values: Floats, q: float) -> Floats:
    """The q-quantile (linear) of each row over what is not NaN; NaN for an empty row."""
    ranked = np.sort(values, axis=1)
    count = (~np.isnan(ranked)).sum(axis=1)
    place = q * np.maximum(count - 1, 0)
    low = np.floor(place).astype(np.int64)
    high = np.minimum(low + 1, np.maximum(count - 1, 0))
    rows = np.arange(len(ranked))
    share = place - low
    found = ranked[rows, low] * (1 - share) + ranked[rows, high] * share
    return np.where(count > 0, found, np.nan)


def row_median(values: Floats) -> Floats:
    """The median of each row over what is not NaN."""
    return row_quantile(values, 0.5)


def ratio(above: Floats, below: Floats) -> Floats:
    """above / below, NaN where there is nothing to divide by."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(below > 0, above / below, np.nan))


def total(values: Floats, *, where: Bools | None = None) -> Floats:
    """Row sums that pass over NaN (and over what `where` leaves out)."""
    kept = ~np.isnan(values) if where is None else where & ~np.isnan(values)
    return np.asarray(np.where(kept, values, 0.0).sum(axis=1))
