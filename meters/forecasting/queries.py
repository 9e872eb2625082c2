"""What a room is expected to have used when its cycle ends."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from campus.places.models import Room
from meters.forecasting.models import MonthEndError
from meters.forecasting.month_end import (
    MISSING,
    Band,
    Expected,
    Wh,
    default_band,
    expected,
    levels,
    pooled,
)
from meters.readings import queries as readings

# With alpha .08 a day older than this weighs less than one part in a hundred.
HISTORY = timedelta(days=56)
CYCLES_POOLED = 6


def month_end(
    *, room: Room, day: date, so_far: int, starts_on: date, ends_on: date
) -> Expected | None:
    """
    The Wh of a cycle [starts_on, ends_on) as expected after `day`, with its band.

    :param so_far: Wh read in the cycle up to and including `day`
    :returns: None for a room of which no day is known
    """
    after = day + timedelta(days=1)
    wh = use_matrix(room_ids=[room.pk], starts_on=after - HISTORY, ends_on=after)
    level = float(levels(wh)[0])
    if np.isnan(level):
        return None
    days, number = (ends_on - starts_on).days, (after - starts_on).days
    band = band_of(room=room, day_number=number, cycle_days=days)
    return expected(so_far=so_far, level=level, days_left=days - number, band=band)


def band_of(*, room: Room, day_number: int, cycle_days: int) -> Band:
    """The band of the campus's last cycles at a day, else the one that is known elsewhere."""
    if day_number >= cycle_days:
        return Band(0, 0)
    rows = MonthEndError.objects.filter(campus=room.residence.campus_id, day_number=day_number)
    last = rows.order_by("-starts_on").values_list("rooms", "low", "high")[:CYCLES_POOLED]
    bands = [(rooms, Band(low, high)) for rooms, low, high in last]
    return pooled(bands) if bands else default_band(day_number=day_number, cycle_days=cycle_days)


def use_matrix(*, room_ids: Sequence[int], starts_on: date, ends_on: date) -> Wh:
    """int64[rooms, days] of Wh in the order of `room_ids`; -1 where missing or never closed."""
    batch = readings.daily_uses(room_ids=room_ids, starts_on=starts_on, ends_on=ends_on)
    row_of = {room: row for row, room in enumerate(room_ids)}
    found = np.full((len(room_ids), (ends_on - starts_on).days), MISSING, dtype=np.int64)
    rows = [row_of[room] for room in batch.room_id.tolist()]
    found[rows, batch.day_ordinal - starts_on.toordinal()] = batch.wh
    return found
