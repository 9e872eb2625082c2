from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.rankings.periods import MONTH, TERM, WEEK, Period, is_told, periods_of

STARTS, ENDS = date(2026, 3, 4), date(2026, 6, 22)  # a Wednesday, a Monday
DAYS = st.integers(0, (ENDS - STARTS).days - 1).map(lambda n: STARTS + timedelta(days=n))


def periods(day: date) -> dict[str, Period]:
    return {one.kind: one for one in periods_of(day, term_starts=STARTS, term_ends=ENDS)}


def test_a_week_begins_on_monday_and_a_month_on_its_first() -> None:
    found = periods(date(2026, 4, 9))
    assert found[WEEK] == Period(WEEK, date(2026, 4, 6), date(2026, 4, 13))
    assert found[MONTH] == Period(MONTH, date(2026, 4, 1), date(2026, 5, 1))
    assert found[TERM] == Period(TERM, STARTS, ENDS)


def test_periods_are_cut_to_the_term() -> None:
    assert periods(STARTS)[WEEK] == Period(WEEK, STARTS, date(2026, 3, 9))
    assert periods(date(2026, 6, 20))[MONTH] == Period(MONTH, date(2026, 6, 1), ENDS)


@given(DAYS)
def test_every_day_of_a_term_lies_in_one_period_of_each_kind(day: date) -> None:
    found = periods(day)
    assert set(found) == {WEEK, MONTH, TERM}
    assert all(STARTS <= one.starts_on <= day < one.ends_on <= ENDS for one in found.values())


@pytest.mark.parametrize(
    ("kind", "day", "told"),
    [
        (WEEK, "2026-04-08", True),
        (MONTH, "2026-04-08", False),
        (MONTH, "2026-04-12", True),
        (MONTH, "2026-04-30", True),
        (TERM, "2026-04-30", False),
        (TERM, "2026-06-21", True),
    ],
)
def test_longer_periods_are_told_on_sundays_and_at_their_end(
    kind: str, day: str, told: bool
) -> None:
    on = date.fromisoformat(day)
    assert is_told(periods(on)[kind], day=on) is told
