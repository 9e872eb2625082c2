from datetime import date, datetime, timedelta

import pytest

from meters.readings.models import DailyUse, Status
from meters.savings.models import SavingEstimate
from points.home.days import days_of_room, percent_under
from tests import factories as make

MARCH_2 = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("expected", "used", "percent"),
    [
        (10_000, 9_200, 8),
        (10_000, 11_200, -12),
        (None, 5, None),
        (10_000, None, None),
        (0, 5, None),
    ],
)
def test_percent_under_is_told_only_where_both_are_known(
    expected: int | None, used: int | None, percent: int | None
) -> None:
    assert percent_under(expected_wh=expected, wh=used) == percent


@pytest.mark.django_db
def test_a_missing_day_is_missing_and_never_zero() -> None:
    room = make.a_room()
    at = datetime.fromisoformat("2026-03-03T06:00:00+09:00")
    DailyUse.objects.create(room=room, day=MARCH_2, wh=None, status=Status.MISSING, closed_at=at)
    (day,) = days_of_room(
        room=room, starts_on=MARCH_2, ends_on=MARCH_2 + timedelta(days=1), compared=True
    )
    assert (day.wh, day.status, day.expected_wh, day.amount) == (None, "MISSING", None, None)
    assert not SavingEstimate.objects.exists()
