from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from campus import clock

SEOUL, BERLIN = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 7, 1), 24)]
)
def test_hours_of_a_day_follow_the_clocks_of_the_campus(day: date, hours: int) -> None:
    assert clock.hours_of(day, zone=BERLIN) == hours


def test_day_starts_at_local_midnight() -> None:
    assert clock.day_starts(date(2026, 3, 2), zone=SEOUL) == datetime(2026, 3, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "last"),
    [
        (datetime(2026, 3, 3, 6, 0, tzinfo=SEOUL), date(2026, 3, 2)),
        (datetime(2026, 3, 3, 5, 59, tzinfo=SEOUL), date(2026, 3, 1)),
    ],
)
def test_last_closed_day_waits_for_the_close_hour(local: datetime, last: date) -> None:
    assert clock.last_closed_day(at=local, zone=SEOUL, close_hour=6) == last
