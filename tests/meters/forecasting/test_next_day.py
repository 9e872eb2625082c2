from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meters.demo import panel
from meters.forecasting.next_day import after, learnt, tomorrow, unknown

WEEKS = 12


def days(*week: int, weeks: int = WEEKS) -> np.ndarray:
    return np.array([list(week) * weeks], dtype=np.int64)


def test_a_steady_room_is_expected_to_go_on() -> None:
    coming = tomorrow(learnt(days(*[3000] * 7), first_weekday=0), weekday=0)
    assert coming.wh.tolist() == [3000]
    assert coming.low[0] < 3000 < coming.high[0]


def test_a_room_that_is_busy_on_sundays_is_expected_to_be_busy_on_sunday() -> None:
    state = learnt(days(2000, 2000, 2000, 2000, 2000, 2000, 5000, weeks=40), first_weekday=0)
    sunday, monday = tomorrow(state, weekday=6), tomorrow(state, weekday=0)
    assert sunday.wh[0] > 1.3 * monday.wh[0]


def test_of_a_room_without_any_day_nothing_is_told() -> None:
    coming = tomorrow(learnt(days(*[-1] * 7), first_weekday=0), weekday=0)
    assert coming.wh.tolist() == [-1]


def test_the_range_narrows_where_the_room_is_regular() -> None:
    regular = tomorrow(learnt(days(*[3000] * 7), first_weekday=0), weekday=0)
    wild = tomorrow(learnt(days(500, 6000, 400, 7000, 3000, 100, 9000), first_weekday=0), weekday=0)
    assert regular.high[0] - regular.low[0] < wild.high[0] - wild.low[0]


USE = st.lists(st.integers(-1, 20_000), min_size=1, max_size=60)


@given(USE, st.integers(0, 6))
def test_a_missing_day_teaches_nothing_and_every_range_holds_its_middle(
    use: list[int], weekday: int
) -> None:
    state = learnt(np.array([use], dtype=np.int64), first_weekday=weekday)
    same = after(state, wh=np.array([-1]), weekday=weekday)
    for name in ("level", "ratio", "off"):
        assert np.array_equal(getattr(state, name), getattr(same, name), equal_nan=True)
    coming = tomorrow(state, weekday=weekday)
    assert coming.low[0] <= coming.wh[0] <= coming.high[0]
    assert coming.wh[0] >= -1
    assert (coming.wh[0] == -1) == all(wh < 0 for wh in use)


@given(st.lists(USE.map(lambda use: (use * 30)[:30]), min_size=1, max_size=4))
def test_rooms_do_not_know_one_another(rooms: list[list[int]]) -> None:
    together = tomorrow(learnt(np.array(rooms, dtype=np.int64), first_weekday=0), weekday=2)
    alone = [
        tomorrow(learnt(np.array([use], dtype=np.int64), first_weekday=0), weekday=2).wh[0]
        for use in rooms
    ]
    assert together.wh.tolist() == alone


def test_on_real_households_it_beats_the_same_as_a_week_ago_by_a_quarter() -> None:
    told = panel.readings(shift=timedelta())
    serials = sorted({serial for day in told.values() for serial in day})
    use = np.array([[told[day].get(s, -1) for day in sorted(told)] for s in serials])
    first = min(told).weekday()
    state, off, naive, used, held, seen = unknown(len(serials)), 0, 0, 0, 0, 0
    for n in range(use.shape[1]):
        coming, actual = tomorrow(state, weekday=(first + n) % 7), use[:, n]
        if n >= 90:
            both = (actual >= 0) & (coming.wh >= 0) & (use[:, n - 7] >= 0)
            off += int(np.abs(actual - coming.wh)[both].sum())
            naive += int(np.abs(actual - use[:, n - 7])[both].sum())
            held += int(((coming.low <= actual) & (actual <= coming.high))[both].sum())
            used, seen = used + int(actual[both].sum()), seen + int(both.sum())
        state = after(state, wh=actual, weekday=(first + n) % 7)
    assert off / used < 0.19
    assert off < 0.75 * naive
    assert 0.75 < held / seen < 0.88
