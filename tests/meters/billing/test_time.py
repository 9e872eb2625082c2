"""Cycles, seasons and periods: which price a day or an hour has."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from meters.billing.cycles import CycleTerms, cycle_of, window_start
from meters.billing.periods import period_at
from meters.billing.seasons import season_on
from tests.meters.billing.samples import TARIFFS

TOU = TARIFFS["kr-kepco-edu-b-hva1-1000kw"]


@pytest.mark.parametrize(
    ("months", "anchor", "day", "first", "days"),
    [
        (1, 1, "2025-10-31", "2025-10-01", 31),
        (1, 15, "2025-10-14", "2025-09-15", 30),
        (1, 15, "2025-01-03", "2024-12-15", 31),
        (1, 31, "2025-03-01", "2025-02-28", 31),
        (2, 1, "2025-02-28", "2025-01-01", 59),
        (2, 10, "2025-01-09", "2024-11-10", 61),
    ],
)
def test_a_cycle_begins_at_its_anchor(
    months: int, anchor: int, day: str, first: str, days: int
) -> None:
    terms = CycleTerms(months=months, anchor_day=anchor)
    cycle = cycle_of(date.fromisoformat(day), terms=terms)
    assert (cycle.first_day, cycle.days) == (date.fromisoformat(first), days)
    assert cycle.first_day <= date.fromisoformat(day) < cycle.end


def test_a_two_month_cycle_has_the_quota_months_of_both() -> None:
    assert cycle_of(date(2025, 12, 5), terms=CycleTerms(months=2)).months == (11, 12)


@pytest.mark.parametrize(
    ("day", "start"), [("2025-08-31", "2024-09-01"), ("2025-09-01", "2025-09-01")]
)
def test_a_yearly_window_starts_on_its_day(day: str, start: str) -> None:
    terms = CycleTerms(yearly_tiers=True, year_start=(9, 1))
    assert window_start(date.fromisoformat(day), terms=terms) == date.fromisoformat(start)


@pytest.mark.parametrize(
    ("day", "season"),
    [("2024-02-29", "winter"), ("2025-11-01", "winter"), ("2025-06-01", "summer"),
     ("2025-10-31", "midseason")],
)  # fmt: skip
def test_a_season_may_pass_the_new_year(day: str, season: str) -> None:
    assert season_on(date.fromisoformat(day), seasons=TOU.seasons) == season


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        ("2025-07-15 10:59", "mid"), ("2025-07-15 11:00", "peak"), ("2025-07-15 12:00", "mid"),
        ("2025-07-15 22:00", "light"), ("2025-07-19 14:00", "mid"), ("2025-07-20 14:00", "light"),
        ("2025-08-15 14:00", "light"), ("2025-12-01 09:00", "peak"),
    ],
)  # fmt: skip
def test_an_hour_has_the_first_period_that_claims_it(moment: str, period: str) -> None:
    local = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Seoul"))
    liberation_day = {date(2025, 8, 15)}
    found = period_at(local, periods=TOU.periods, seasons=TOU.seasons, holidays=liberation_day)
    assert found == period
