"""Forecasts are measured against what came, and the errors kept."""

from collections.abc import Sequence
from datetime import date, datetime

from campus.places.models import Campus
from meters.forecasting.models import MonthEndError
from meters.forecasting.month_end import errors
from meters.forecasting.queries import HISTORY, use_matrix


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
