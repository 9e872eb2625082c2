"""From columns of daily use to rooms x days."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meters.readings.facts import UseBatch
from meters.readings.models import Status
from meters.savings.calendar import Bools, Floats

# Estimates and doubtful figures are good enough for a bill, but prove no saving.
MEASURED = (Status.ACTUAL, Status.EDITED, Status.FINAL)
FOREVER = date.max.toordinal()


def use_matrix(
    batch: UseBatch, *, room_ids: NDArray[np.int64], starts_on: date, ends_on: date
) -> Floats:
    """
    Measured Wh float[n, d] of the rooms (each once or more often) on the days [starts_on, ends_on).

    NaN where a day was not measured.
    """
    rooms, row_of = np.unique(room_ids, return_inverse=True)
    days = (ends_on - starts_on).days
    table = np.full((len(rooms), days), np.nan)
    at = batch.day_ordinal - starts_on.toordinal()
    wanted = measured(batch) & (at >= 0) & (at < days) & np.isin(batch.room_id, rooms)
    rows = np.searchsorted(rooms, batch.room_id[wanted])
    table[rows, at[wanted]] = batch.wh[wanted]
    return np.asarray(table[row_of])


def measured(batch: UseBatch) -> Bools:
    """Which rows a meter really told."""
    told = np.zeros(len(batch), dtype=np.bool_)
    for status in MEASURED:
        told |= batch.is_status(status)
    return told & (batch.wh >= 0)


def lived(
    *, first: NDArray[np.int64], after: NDArray[np.int64], starts_on: date, ends_on: date
) -> Bools:
    """Which days [starts_on, ends_on) lie in each stay [first, after) of ordinals, bool[n, d]."""
    days = np.arange(starts_on.toordinal(), ends_on.toordinal())
    return np.asarray((days >= first[:, None]) & (days < after[:, None]))


def ordinals(days: Sequence[date | None]) -> NDArray[np.int64]:
    """Proleptic ordinals; no day is for ever."""
    return np.array([day.toordinal() if day else FOREVER for day in days], dtype=np.int64)
