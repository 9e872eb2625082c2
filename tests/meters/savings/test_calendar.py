from datetime import date

import numpy as np

from meters.savings.calendar import COLUMNS, Calendar, days_of

MONDAY = date(2026, 3, 2)


def a_week(celsius: list[float] | None = None) -> Calendar:
    week = Calendar.between(starts_on=MONDAY, ends_on=date(2026, 3, 9), holidays=[date(2026, 3, 4)])
    degrees = None if celsius is None else np.array(celsius)
    return Calendar(week.ordinals, week.holidays, degrees)


def test_weekdays_begin_on_monday() -> None:
    assert a_week().weekdays.tolist() == list(range(7))
    assert a_week().weekends.tolist() == [False] * 5 + [True] * 2


def test_a_holiday_is_marked_on_its_day() -> None:
    columns = a_week().columns(index=np.ones(7), usual_index=1.0)
    assert columns[:, 5].tolist() == [0, 0, 1, 0, 0, 0, 0]


def test_without_a_temperature_its_columns_are_empty() -> None:
    assert not a_week().columns(index=np.ones(7), usual_index=1.0)[:, 1:3].any()


def test_cold_and_heat_begin_at_their_own_degree() -> None:
    degrees = [5.5, 15.5, 16.0, 18.0, 23.0, np.nan, 20.0]
    columns = a_week(degrees).columns(index=np.ones(7), usual_index=1.0)
    assert columns[:, 1].tolist() == [1.0, 0, 0, 0, 0, 0, 0]
    assert columns[:, 2].tolist() == [0, 0, 0, 0, 1.0, 0, 0.4]


def test_a_missing_index_counts_as_usual() -> None:
    columns = a_week().columns(index=np.array([2.2, np.nan, *[1.1] * 5]), usual_index=1.1)
    assert np.allclose(columns[:, 0], [1.0, 0, 0, 0, 0, 0, 0])
    assert columns.shape == (7, COLUMNS)


def test_a_part_keeps_its_days() -> None:
    part = a_week([1.0] * 7).part(5, 7)
    assert days_of(part.ordinals) == [date(2026, 3, 7), date(2026, 3, 8)]
    assert part.celsius is not None
    assert len(part.celsius) == 2
