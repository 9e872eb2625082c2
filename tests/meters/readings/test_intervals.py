import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meters.readings import intervals


@given(st.lists(st.integers(min_value=-1, max_value=10**9), min_size=1, max_size=25))
def test_packing_loses_nothing(values: list[int]) -> None:
    hours = intervals.unknown(len(values))
    hours.wh[:] = values
    again = intervals.unpack(*intervals.pack(hours))
    assert again.wh.tolist() == values
    assert again.quality.tolist() == hours.quality.tolist()


def test_a_part_of_a_day_is_no_total() -> None:
    hours = intervals.unknown(24)
    hours.wh[:23] = 100
    assert hours.total() is None
    hours.wh[23] = 0
    assert hours.total() == 2300


def test_a_total_is_larger_than_one_interval_can_hold() -> None:
    hours = intervals.unknown(25)
    hours.wh[:] = 10**9
    assert hours.total() == 25 * 10**9


def test_intervals_are_little_endian_on_every_machine() -> None:
    hours = intervals.unknown(1)
    hours.wh[:] = np.int32(258)
    assert intervals.pack(hours) == (b"\x02\x01\x00\x00", b"M")
