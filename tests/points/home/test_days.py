from datetime import date, datetime, timedelta

import pytest

from meters.readings.models import DailyUse, Status
from meters.savings.models import SavingEstimate
from points.home.days import Day, days_of_room, percent_under
from points.home.shapes import DayOut
from tests import factories as make

MARCH_2 = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("expected", "used", "verdict", "percent"),
    [
        (10_000, 9_200, "COUNTED", 8),
        (10_000, 11_200, "COUNTED", -12),
        (10_000, 1_000, "AWAY", None),
        (10_000, 5_000, "WARNED", None),
        (None, 5, None, None),
        (10_000, None, "NO_DATA", None),
        (0, 5, "COUNTED", None),
    ],
)
def test_percent_under_is_told_of_days_that_are_known_and_compared(
    expected: int | None, used: int | None, verdict: str | None, percent: int | None
) -> None:
    day = Day(
        day=MARCH_2,
        wh=used,
        status="ACTUAL",
        hours_known=False,
        expected_wh=expected,
        verdict=verdict,
        amount=None,
    )
    assert percent_under(day) == percent


def test_the_screens_know_every_verdict() -> None:
    assert set(DayOut().fields["verdict"].choices) == set(SavingEstimate.Verdict.values)


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
