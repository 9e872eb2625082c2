from datetime import timedelta

import numpy as np
import pytest

from meters.savings.calendar import Calendar, Floats
from meters.savings.observation import LOWEST, ObservedBaselines, observe
from tests.meters.savings.panels import STARTS_ON

WEEKS = Calendar.between(starts_on=STARTS_ON, ends_on=STARTS_ON + timedelta(days=21), holidays=())
ONES = np.ones(21)


def observed(*rooms: Floats) -> ObservedBaselines:
    return observe(np.stack(rooms), index=ONES, calendar=WEEKS)


def weeks(*levels: float) -> Floats:
    return np.repeat(np.array(levels), 7)


def test_a_steady_room_is_expected_to_stay_as_it_was() -> None:
    found = observed(weeks(3000, 3000, 3000))
    assert found.expected(index=ONES, calendar=WEEKS)[0] == pytest.approx(3000.0)


def test_the_lowest_week_sets_the_level_so_two_padded_weeks_are_useless() -> None:
    honest, padded = observed(weeks(3000, 3000, 3000)), observed(weeks(3000, 3900, 3900))
    assert padded.level[0] == pytest.approx(honest.level[0], rel=0.001)


def test_a_week_of_absence_lowers_the_level_only_so_far() -> None:
    found = observed(weeks(3000, 3000, 300))
    assert found.level[0] >= LOWEST * 0.99 * 3000


def test_the_common_course_of_the_campus_is_taken_out() -> None:
    index = np.linspace(0.8, 1.2, 21)
    found = observe(np.stack([3000 * index]), index=index, calendar=WEEKS)
    assert found.level[0] == pytest.approx(3000)


def test_a_weekend_of_ones_own_is_half_believed() -> None:
    use = np.where(WEEKS.weekends, 6000.0, 3000.0)
    found = observed(use)
    assert 1.1 < found.weekend[0] < 2.0
    expected = found.expected(index=ONES, calendar=WEEKS)[0]
    assert expected[5] > expected[0]


def test_missing_days_are_left_out() -> None:
    use = weeks(3000.0, 3000.0, 3000.0)
    use[::4] = np.nan
    assert observed(use).level[0] == pytest.approx(3000)


def test_a_restless_room_has_the_larger_shape() -> None:
    chance = np.random.default_rng(3)
    calm = 3000 * np.exp(chance.normal(0, 0.05, 21))
    wild = 3000 * np.exp(chance.normal(0, 0.5, 21))
    shape = observed(calm, wild).shape
    assert shape[1] > 1.5 * shape[0]


def test_a_room_without_a_reading_has_no_level() -> None:
    found = observed(np.full(21, np.nan), weeks(3000, 3000, 3000))
    assert np.isnan(found.level[0])
    assert found.level[1] == pytest.approx(3000)
