"""A residence as a whole: failures of power, and the site meter."""

import numpy as np

from meters.readings.house import Failed, apart, failed_hours


def rooms(count: int = 10) -> np.ndarray:
    return np.full((count, 24), 200, dtype=np.int32)


def test_a_failure_is_an_hour_in_which_four_of_five_rooms_stand_still() -> None:
    hours = rooms()
    hours[:8, 3:5] = 0
    assert failed_hours(hours) == Failed(rooms=10, still=8, intervals=2)
    hours[7, 3:5] = 1
    assert failed_hours(hours) is None


def test_vacant_rooms_and_missing_hours_prove_no_failure() -> None:
    vacant = rooms()
    vacant[:8] = 0
    assert failed_hours(vacant) is None
    silent = rooms()
    silent[:, 3] = -1
    assert failed_hours(silent) is None
    assert failed_hours(rooms(4)) is None
    assert failed_hours(np.empty((0, 24), dtype=np.int32)) is None


def test_the_site_meter_and_what_stands_behind_it_agree_within_five_percent() -> None:
    assert apart(site_wh=100_000, fed_back_wh=0, generated_wh=0, used=[95_000]) is None
    found = apart(site_wh=100_000, fed_back_wh=0, generated_wh=0, used=[50_000, 44_999])
    assert found is not None
    assert (found.site_wh, found.sum_wh) == (100_000, 94_999)


def test_what_the_roof_made_and_what_was_fed_back_are_counted() -> None:
    told = {"site_wh": 60_000, "fed_back_wh": 5000, "generated_wh": 45_000}
    assert apart(**told, used=[100_000]) is None
    assert apart(**{**told, "generated_wh": 0}, used=[100_000]) is not None
