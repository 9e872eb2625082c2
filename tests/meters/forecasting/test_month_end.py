"""What the end of a month will be, and that its band holds what it promises."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.forecasting import operations, queries
from meters.forecasting.models import MonthEndError
from meters.forecasting.month_end import Band, default_band, errors, expected, levels, pooled
from meters.readings.models import DailyUse
from tests import factories

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


def test_the_level_follows_slowly_and_leaves_out_what_is_missing() -> None:
    steady = [5000] * 30
    assert levels(np.array([[*steady, -1, -1]])).tolist() == pytest.approx([5000])
    assert levels(np.array([[*steady, 10_000]])).tolist() == pytest.approx([5400])
    assert np.isnan(levels(np.array([[-1, -1]]))).all()


def test_what_was_read_is_certain_and_the_rest_has_a_band() -> None:
    end = expected(so_far=60_000, level=4000.0, days_left=10, band=Band(-500, 100))
    assert (end.wh, end.low, end.high) == (100_000, 60_000, 110_000)


@given(st.integers(1, 62), st.integers(28, 62))
def test_the_first_band_narrows_towards_the_end(day: int, days: int) -> None:
    if day < days:
        here, next_day = (default_band(day_number=n, cycle_days=days) for n in (day, day + 1))
        assert -135 <= here.low <= next_day.low <= 0 <= next_day.high <= here.high <= 135


def test_bands_are_pooled_by_rooms() -> None:
    assert pooled([(10, Band(-100, 90)), (30, Band(-20, 10))]) == Band(-40, 30)


def test_eight_of_ten_rooms_end_within_the_band_that_past_months_gave() -> None:
    """Seed 7: 400 rooms with their own level and daily chance, ten days before the end."""
    chance = np.random.default_rng(7)
    level = chance.uniform(1000, 8000, size=(400, 1))
    wh = (level * chance.lognormal(0, 0.4, size=(400, 120))).astype(np.int64)
    *_, taught = (error for error in errors(before=wh[:, :56], cycle=wh[:, 56:86])
                  if error.day_number == 20)  # fmt: skip
    guess = wh[:, 90:110].sum(axis=1) + levels(wh[:, 34:110]) * 10
    off = (wh[:, 90:120].sum(axis=1) - guess) * 1000 / guess
    inside = ((taught.band.low <= off) & (off <= taught.band.high)).mean()
    assert 0.75 <= inside <= 0.85


@pytest.mark.django_db
def test_a_cycle_is_measured_once_and_gives_the_next_one_its_band() -> None:
    rooms = [factories.a_room(number=str(n)) for n in range(3)]
    at = datetime(2026, 5, 9, tzinfo=UTC)
    DailyUse.objects.bulk_create(
        DailyUse(room=room, day=APRIL + timedelta(days=n), wh=4000 + 100 * (n % 7), closed_at=at,
                 status="ACTUAL")
        for room in rooms for n in range(-30, 40)
    )  # fmt: skip
    campus, ids = rooms[0].residence.campus, [room.pk for room in rooms]
    told = {"campus": campus, "room_ids": ids, "starts_on": APRIL, "ends_on": MAY, "at": at}
    assert operations.measure_month_end(**told) == 29  # type: ignore[arg-type]
    assert operations.measure_month_end(**told) == 0  # type: ignore[arg-type]
    assert max(MonthEndError.objects.values_list("wape", flat=True)) < 30
    row = MonthEndError.objects.get(day_number=10)
    off = queries.month_end_accuracy(campus=campus, day_number=10)
    assert off == queries.MonthEndAccuracy(cycles=1, off=row.wape / 1000)
    assert queries.month_end_accuracy(campus=campus, day_number=31) is None
    (end,) = queries.month_ends(
        campus_id=campus.pk,
        so_far={rooms[0].pk: 43_000},
        day=date(2026, 5, 10),
        starts_on=MAY,
        ends_on=date(2026, 6, 1),
    ).values()
    assert abs(end.wh - (43_000 + 21 * 4300)) < 2000
    assert 43_000 < end.low <= end.wh <= end.high
