from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campus.demo.calendar import PANEL_END, PANEL_START, calendar


@given(today=st.dates(date(2024, 1, 1), date(2040, 1, 1)))
def test_the_panel_moves_by_whole_weeks_and_reaches_four_weeks_beyond_today(today: date) -> None:
    when = calendar(today=today)
    last = when.after - timedelta(days=1)
    assert when.shift.days % 7 == 0
    assert timedelta(weeks=4) <= last - today < timedelta(weeks=5)
    assert last - when.term_start == PANEL_END - PANEL_START


def test_weekdays_stay_weekdays() -> None:
    when = calendar(today=date(2026, 11, 22))
    assert when.term_start.weekday() == PANEL_START.weekday()
