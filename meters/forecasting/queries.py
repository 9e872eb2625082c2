"""What a room is expected to have used when its cycle ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Sum

from campus.places.models import Campus, Room
from meters.forecasting.models import MonthEndError, NextDay, NextDayError
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
from meters.forecasting.next_day import State
from meters.readings import queries as readings

# With alpha .08 a day older than this weighs less than one part in a hundred.
HISTORY = timedelta(days=56)
CYCLES_POOLED = 6
MEASURED = timedelta(days=28)


def month_ends(
    *, campus_id: int, so_far: Mapping[int, int], day: date, starts_on: date, ends_on: date
) -> Mapping[int, Expected]:
    """
    Room id -> the Wh of a cycle [starts_on, ends_on) as expected after `day`, with its band.

    :param so_far: room id -> Wh read in the cycle up to and including `day`
    :returns: nothing for a room of which no day is known
    """
    after = day + timedelta(days=1)
    wh = use_matrix(room_ids=list(so_far), starts_on=after - HISTORY, ends_on=after)
    days, number = (ends_on - starts_on).days, (after - starts_on).days
    band = band_of(campus_id=campus_id, day_number=number, cycle_days=days)
    return {
        room: expected(so_far=read, level=level, days_left=days - number, band=band)
        for (room, read), level in zip(so_far.items(), levels(wh).tolist(), strict=True)
        if not np.isnan(level)
    }


def band_of(*, campus_id: int, day_number: int, cycle_days: int) -> Band:
    """The band of the campus's last cycles at a day, else the one that is known elsewhere."""
    if day_number >= cycle_days:
        return Band(0, 0)
    rows = MonthEndError.objects.filter(campus=campus_id, day_number=day_number)
    last = rows.order_by("-starts_on").values_list("rooms", "low", "high")[:CYCLES_POOLED]
    bands = [(rooms, Band(low, high)) for rooms, low, high in last]
    return pooled(bands) if bands else default_band(day_number=day_number, cycle_days=cycle_days)


@dataclass(frozen=True, slots=True)
class MonthEndAccuracy:
    """
    How far off the month's end was expected at one day of a campus's last `cycles` cycles.

    `off` is the sum of absolute errors per Wh used, a share of one.
    """

    cycles: int
    off: float


def month_end_accuracy(*, campus: Campus, day_number: int) -> MonthEndAccuracy | None:
    """What was measured at that day of the last cycles; None before the first one ended."""
    rows = MonthEndError.objects.filter(campus=campus, day_number=day_number)
    last = list(rows.order_by("-starts_on").values_list("rooms", "wape")[:CYCLES_POOLED])
    rooms = sum(some for some, _wape in last)
    if not rooms:
        return None
    return MonthEndAccuracy(len(last), sum(some * wape for some, wape in last) / rooms / 1000)


def use_matrix(*, room_ids: Sequence[int], starts_on: date, ends_on: date) -> Wh:
    """int64[rooms, days] of Wh in the order of `room_ids`; -1 where missing or never closed."""
    batch = readings.daily_uses(room_ids=room_ids, starts_on=starts_on, ends_on=ends_on)
    row_of = {room: row for row, room in enumerate(room_ids)}
    found = np.full((len(room_ids), (ends_on - starts_on).days), MISSING, dtype=np.int64)
    rows = [row_of[room] for room in batch.room_id.tolist()]
    found[rows, batch.day_ordinal - starts_on.toordinal()] = batch.wh
    return found


@dataclass(frozen=True, slots=True)
class Accuracy:
    """
    How next-day forecasts of a campus fared lately: shares of one, over `days` days.

    `off` is the sum of absolute errors per Wh used, `naive_off` that of "the same as a week ago",
    `covered` the share of rooms and days within their range.
    """

    days: int
    off: float
    naive_off: float
    covered: float


@dataclass(frozen=True, slots=True)
class NextDayFact:
    """What a room will likely use on `day`, in Wh, with its range."""

    day: date
    wh: int
    low_wh: int
    high_wh: int


def next_day_of(*, room: Room, day: date) -> NextDayFact | None:
    """The forecast made by the close of `day` for the day after; None where nothing is known."""
    row = NextDay.objects.filter(room=room, through=day).first()
    if row is None:
        return None
    return NextDayFact(day + timedelta(days=1), row.wh, row.low_wh, row.high_wh)


def accuracy_of(*, campus: Campus, day: date) -> Accuracy | None:
    """How far off the forecasts of the last four weeks up to `day` were; None before the first."""
    rows = NextDayError.objects.filter(campus=campus, day__gt=day - MEASURED, day__lte=day)
    names = ("rooms", "covered", "used_wh", "off_wh", "naive_off_wh")
    sums = rows.aggregate(**{name: Sum(name) for name in names})
    if not sums["used_wh"]:
        return None
    return Accuracy(
        days=rows.count(),
        off=sums["off_wh"] / sums["used_wh"],
        naive_off=sums["naive_off_wh"] / sums["used_wh"],
        covered=sums["covered"] / sums["rooms"],
    )


def state_of(told: Sequence[NextDay]) -> State:
    """What is carried of some rooms, in their order."""
    return State(
        level=np.array([row.level_wh for row in told], dtype=np.float64),
        ratio=np.array([row.weekday for row in told], dtype=np.float64).reshape(-1, 7) / 1000,
        off=np.array([row.off for row in told], dtype=np.float64) / 1000,
    )
