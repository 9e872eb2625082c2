from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from meters.demo import profiles

days = st.dates(date(2025, 1, 1), date(2027, 1, 1))


@given(wh=st.integers(0, 200_000), day=days)
def test_the_hours_of_a_room_sum_to_its_measured_day(wh: int, day: date) -> None:
    hours = profiles.hours_of_room(serial="R0072", day=day, wh=wh)
    assert (len(hours), sum(hours)) == (24, wh)
    assert min(hours) >= 0


@given(day=days)
def test_a_roof_yields_nothing_at_night_and_something_at_noon(day: date) -> None:
    hours = profiles.hours_of_roof(roof="PV-willow", day=day, latitude=37.55)
    assert hours[0] == hours[3] == hours[23] == 0
    assert hours[12] > 0


def test_the_same_day_has_the_same_hours_everywhere() -> None:
    again = [profiles.hours_of_room(serial="R1", day=date(2026, 5, 1), wh=9000) for _ in range(2)]
    assert again[0] == again[1]
