from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.notices.quiet import QUIET_FROM, QUIET_UNTIL, next_ring

SEOUL = ZoneInfo("Asia/Seoul")
ZONES = st.sampled_from([SEOUL, ZoneInfo("Europe/London"), ZoneInfo("America/New_York")])


@pytest.mark.parametrize(
    ("told", "rings"),
    [
        ("2026-03-01T06:00", "2026-03-01T08:00"),
        ("2026-03-01T07:59", "2026-03-01T08:00"),
        ("2026-03-01T08:00", "2026-03-01T08:00"),
        ("2026-03-01T21:59", "2026-03-01T21:59"),
        ("2026-03-01T22:00", "2026-03-02T08:00"),
        ("2026-03-01T23:30", "2026-03-02T08:00"),
    ],
)
def test_what_is_told_at_night_rings_in_the_morning(told: str, rings: str) -> None:
    at = datetime.fromisoformat(told).replace(tzinfo=SEOUL)
    assert next_ring(at=at, zone=SEOUL) == datetime.fromisoformat(rings).replace(tzinfo=SEOUL)


@given(
    st.integers(0, 5_000_000).map(
        lambda minutes: datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    ZONES,
)
def test_no_bell_rings_at_night_and_none_waits_longer_than_a_night(
    at: datetime, zone: ZoneInfo
) -> None:
    rings = next_ring(at=at, zone=zone)
    assert QUIET_UNTIL <= rings.astimezone(zone).time() < QUIET_FROM
    # The night in which clocks go back is an hour longer.
    assert timedelta() <= rings - at <= timedelta(hours=11)
    assert next_ring(at=rings, zone=zone) == rings
