"""Hours in which a coupon cannot be used."""

from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from points.coupons import blackouts
from points.coupons.blackouts import BlackoutRefused

LUNCH = {"days": [1, 2, 3, 4, 5], "from": "11:30", "to": "13:00"}
NIGHT = {"days": [5, 6], "from": "22:00", "to": "02:00"}
SUNDAY = {"days": [7], "from": "00:00", "to": "24:00"}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def until(moment: str, *stored: dict[str, object]) -> str | None:
    free = blackouts.until(blackouts.read(stored), local=local(moment))
    return free and f"{free:%Y-%m-%d %H:%M}"


def test_a_window_is_half_open() -> None:
    # 2 March 2026 is a Monday.
    assert until("2026-03-02 11:29:59", LUNCH) is None
    assert until("2026-03-02 11:30:00", LUNCH) == "2026-03-02 13:00"
    assert until("2026-03-02 12:59:59", LUNCH) == "2026-03-02 13:00"
    assert until("2026-03-02 13:00:00", LUNCH) is None


def test_a_window_is_of_its_days_only() -> None:
    assert until("2026-03-07 12:00", LUNCH) is None
    assert until("2026-03-08 00:00", SUNDAY) == "2026-03-09 00:00"
    assert until("2026-03-09 00:00", SUNDAY) is None


def test_a_window_that_passes_midnight_belongs_to_the_day_it_begins() -> None:
    # Friday and Saturday night; Friday's early morning is Thursday's night and free.
    assert until("2026-03-06 01:00", NIGHT) is None
    assert until("2026-03-06 23:00", NIGHT) == "2026-03-07 02:00"
    assert until("2026-03-07 01:59", NIGHT) == "2026-03-07 02:00"
    assert until("2026-03-08 01:00", NIGHT) == "2026-03-08 02:00"
    assert until("2026-03-08 22:30", NIGHT) is None


def test_windows_that_follow_one_another_count_as_one() -> None:
    after = {"days": [1], "from": "13:00", "to": "14:00"}
    beside = {"days": [1], "from": "13:30", "to": "15:00"}
    assert until("2026-03-02 12:00", LUNCH, after, beside) == "2026-03-02 15:00"


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"days": [], "from": "11:00", "to": "12:00"},
        {"days": [0], "from": "11:00", "to": "12:00"},
        {"days": [8], "from": "11:00", "to": "12:00"},
        {"days": "12", "from": "11:00", "to": "12:00"},
        {"days": [1], "from": "11:00", "to": "11:00"},
        {"days": [1], "from": "24:00", "to": "11:00"},
        {"days": [1], "from": "25:00", "to": "26:00"},
        {"days": [1], "from": "9:00", "to": "10:00"},
        {"days": [1], "from": None, "to": "10:00"},
        {"days": [1], "from": "09:00", "to": "10:00", "why": "lunch"},
    ],
)
def test_hours_that_cannot_be_read_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BlackoutRefused):
        blackouts.read([wrong])


def test_hours_that_leave_no_time_at_all_are_refused() -> None:
    whole = {"days": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "to": "24:00"}
    with pytest.raises(BlackoutRefused):
        blackouts.read([whole])
    most = {**whole, "to": "23:59"}
    assert until("2026-03-02 12:00", most) == "2026-03-02 23:59"


TIMES = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
WINDOWS = st.fixed_dictionaries(
    {"days": st.lists(st.integers(1, 7), min_size=1, max_size=7), "from": TIMES, "to": TIMES}
).filter(lambda row: row["from"] != row["to"])


@given(
    stored=st.lists(WINDOWS, max_size=4),
    moment=st.datetimes(local("2026-01-01"), local("2026-12-31")),
)
def test_the_end_that_is_told_is_the_first_moment_outside_every_window(
    stored: list[dict[str, object]], moment: datetime
) -> None:
    try:
        windows = blackouts.read(stored)
    except BlackoutRefused:
        assume(False)
    free = blackouts.until(windows, local=moment)
    if free is None:
        assert all(window.covers(moment) is None for window in windows)
        return
    assert free > moment
    assert blackouts.until(windows, local=free) is None
    before = moment
    while before < free:
        assert blackouts.until(windows, local=before) == free
        before += timedelta(minutes=97)
