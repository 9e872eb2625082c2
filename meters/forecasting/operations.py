"""Forecasts are measured against what came, and the errors kept."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction

from campus.places.models import Campus
from meters.forecasting import next_day
from meters.forecasting.models import MonthEndError, NextDay, NextDayError
from meters.forecasting.month_end import errors
from meters.forecasting.queries import HISTORY, state_of, use_matrix
from meters.readings import queries as readings

ONE = timedelta(days=1)
_AT_ONCE = 2000
_CARRIED = ["through", "level_wh", "weekday", "off", "wh", "low_wh", "high_wh"]


def measure_month_end(
    *, campus: Campus, room_ids: Sequence[int], starts_on: date, ends_on: date, at: datetime
) -> int:
    """
    Once a cycle [starts_on, ends_on) is over: how far each of its days' forecasts was off.
    Measured once a campus and cycle; returns how many days were measured now.
    """
    known = MonthEndError.objects.filter(campus=campus, starts_on=starts_on, ends_on=ends_on)
    if not room_ids or known.exists():
        return 0
    found = errors(
        before=use_matrix(room_ids=room_ids, starts_on=starts_on - HISTORY, ends_on=starts_on),
        cycle=use_matrix(room_ids=room_ids, starts_on=starts_on, ends_on=ends_on),
    )
    rows = [
        MonthEndError(
            campus=campus,
            starts_on=starts_on,
            ends_on=ends_on,
            day_number=error.day_number,
            rooms=error.rooms,
            low=error.band.low,
            high=error.band.high,
            wape=error.wape,
            measured_at=at,
        )
        for error in found
    ]
    return len(MonthEndError.objects.bulk_create(rows))


@transaction.atomic
def forecast_next_day(*, campus: Campus, day: date) -> int:
    """
    Carry each room's forecast on by a closed day, after measuring how far off it was for that day.

    A room that was told the day before learns from this day alone; any other one from the last
    eight weeks. What was carried on already stays as it is. Returns how many rooms were told.
    """
    used = readings.use_of_day(campus=campus, day=day)
    wh = dict(zip(used.room_id.tolist(), used.wh.tolist(), strict=True))
    told = {row.room_id: row for row in NextDay.objects.filter(room__residence__campus=campus)}
    carried = [told[room] for room in wh if room in told and told[room].through == day - ONE]
    fresh = [room for room in wh if room not in told or told[room].through < day - ONE]
    _measure(campus, day, [row for row in carried if wh[row.room_id] >= 0], wh)
    rows = [*_carried_on(carried, wh, day), *_begun(fresh, day)]
    NextDay.objects.bulk_create(
        rows, batch_size=_AT_ONCE, update_conflicts=True,
        unique_fields=["room"], update_fields=_CARRIED,
    )  # fmt: skip
    return len(rows)


def _measure(campus: Campus, day: date, told: Sequence[NextDay], wh: dict[int, int]) -> None:
    """What was told of a day against what it was, and against the same day a week before."""
    before = readings.use_of_day(campus=campus, day=day - timedelta(days=7))
    week_ago = dict(zip(before.room_id.tolist(), before.wh.tolist(), strict=True))
    both = [row for row in told if week_ago.get(row.room_id, -1) >= 0]
    if not both or NextDayError.objects.filter(campus=campus, day=day).exists():
        return
    expected = np.array([(row.wh, row.low_wh, row.high_wh) for row in both])
    actual = np.array([wh[row.room_id] for row in both])
    naive = np.array([week_ago[row.room_id] for row in both])
    within = (expected[:, 1] <= actual) & (actual <= expected[:, 2])
    NextDayError.objects.create(
        campus=campus,
        day=day,
        rooms=len(both),
        covered=int(within.sum()),
        used_wh=int(actual.sum()),
        off_wh=int(np.abs(actual - expected[:, 0]).sum()),
        naive_off_wh=int(np.abs(actual - naive).sum()),
    )


def _carried_on(told: Sequence[NextDay], wh: dict[int, int], day: date) -> Iterator[NextDay]:
    rooms = [row.room_id for row in told]
    today = np.array([wh[room] for room in rooms], dtype=np.int64)
    state = next_day.after(state_of(told), wh=today, weekday=day.weekday())
    yield from _rows(rooms, state, day)


def _begun(rooms: Sequence[int], day: date) -> Iterator[NextDay]:
    starts_on, ends_on = day + ONE - HISTORY, day + ONE
    wh = use_matrix(room_ids=rooms, starts_on=starts_on, ends_on=ends_on)
    yield from _rows(rooms, next_day.learnt(wh, first_weekday=starts_on.weekday()), day)


def _rows(rooms: Sequence[int], state: next_day.State, day: date) -> Iterator[NextDay]:
    """The rows of those rooms of which anything is known."""
    coming = next_day.tomorrow(state, weekday=(day + ONE).weekday())
    for n, room in enumerate(rooms):
        if coming.wh[n] >= 0:
            yield NextDay(
                room_id=room,
                through=day,
                level_wh=round(float(state.level[n])),
                weekday=np.rint(1000 * state.ratio[n]).astype(int).tolist(),
                off=round(1000 * float(state.off[n])),
                wh=int(coming.wh[n]),
                low_wh=int(coming.low[n]),
                high_wh=int(coming.high[n]),
            )
