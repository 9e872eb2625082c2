import numpy as np

from meters.savings.timetable import enough_measured, settlement_ends, settles_on


def test_a_term_settles_weekly_from_the_third_week_and_on_its_closing_day() -> None:
    assert settlement_ends(days=120)[:3] == [21, 28, 35]
    assert settlement_ends(days=120)[-2:] == [119, 120]


def test_a_term_of_whole_weeks_closes_once() -> None:
    assert settlement_ends(days=28) == [21, 28]


def test_a_term_under_three_weeks_settles_nothing() -> None:
    assert settlement_ends(days=20) == []


def test_a_period_ends_with_the_last_of_its_days() -> None:
    assert settles_on(position=20, days=120)
    assert not settles_on(position=21, days=120)
    assert settles_on(position=119, days=120)


def test_a_room_with_too_many_gaps_waits() -> None:
    use = np.ones((2, 40))
    use[1, -9:] = np.nan
    assert enough_measured(use).tolist() == [True, False]


def test_old_gaps_are_forgiven() -> None:
    use = np.ones((1, 60))
    use[0, :30] = np.nan
    assert enough_measured(use).tolist() == [True]


def test_days_before_moving_in_are_no_gaps() -> None:
    use, there = np.ones((1, 28)), np.ones((1, 28), dtype=np.bool_)
    use[0, :14], there[0, :14] = np.nan, False
    assert enough_measured(use, there=there).tolist() == [True]
    assert enough_measured(use).tolist() == [False]
