"""Estimates as a table, and which days of it are worth what."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from meters.savings.facts import EstimateFact
from points.earning.days import LOOK_BACK, Days, averaged, day_of, sunlight, table, touched
from points.earning.rules.daily_saving import Saving, Terms, daily_saving, share

FIRST = date(2026, 4, 1)
TERMS = Terms()
VERDICTS = ("COUNTED", "POSSIBLY", "AWAY", "NO_DATA")
DAY = some.tuples(some.sampled_from(VERDICTS), some.integers(0, 8000), some.booleans())
ROOM = some.lists(some.none() | DAY, min_size=14, max_size=14)


def a_fact(
    occupancy: int, day: int, verdict: str, actual: int, *, revised: bool = False
) -> EstimateFact:
    return EstimateFact(
        occupancy_id=occupancy,
        room_id=occupancy,
        day=FIRST + timedelta(days=day),
        holders=(1,),
        people=1,
        part="ENROLLED",
        expected_wh=4000,
        actual_wh=None if verdict == "NO_DATA" else actual,
        verdict=verdict,
        revision=2 if revised else 1,
    )


def a_table(rooms: list[list[tuple[str, int, bool] | None]]) -> Days:
    facts = [
        a_fact(number, day, told[0], told[1], revised=told[2])
        for number, room in enumerate(rooms)
        for day, told in enumerate(room)
        if told is not None
    ]
    return table(facts, starts_on=FIRST, ends_on=FIRST + timedelta(days=14))


@given(rooms=some.lists(ROOM.filter(any), min_size=1, max_size=4))
def test_the_table_pays_what_the_rule_pays_day_by_day(
    rooms: list[list[tuple[str, int, bool] | None]],
) -> None:
    days = a_table(rooms)
    for column in range(14):
        paid = sunlight(days, column=column, terms=TERMS).tolist()
        assert paid == [_oracle(room, column) for room in rooms]


def _oracle(room: list[tuple[str, int, bool] | None], column: int) -> int:
    """The same, in words: walk back at most a week for the last three counted days."""
    today = room[column]
    if today is None or today[0] == "NO_DATA":
        return 0
    if today[0] != "COUNTED":
        return daily_saving(Saving(away=True, shares=[]), TERMS)
    week = room[max(0, column - 6) : column + 1]
    counted = [told for told in week if told is not None and told[0] == "COUNTED"]
    shares = [share(expected=4000, actual=actual) for _verdict, actual, _revised in counted[-3:]]
    return daily_saving(Saving(away=False, shares=shares), TERMS)


def test_the_mean_takes_the_last_three_counted_days() -> None:
    days = a_table([[("COUNTED", 4000, False)] * 14])
    assert np.flatnonzero(averaged(days, column=9, terms=TERMS)[0]).tolist() == [7, 8, 9]


def test_a_day_that_does_not_count_has_no_mean() -> None:
    days = a_table([[*[("COUNTED", 4000, False)] * 13, ("NO_DATA", 0, False)]])
    assert not averaged(days, column=13, terms=TERMS).any()


def judged(room: list[tuple[str, int, bool] | None], *, night: int) -> list[int]:
    """The columns in which a room is judged."""
    days = a_table([room])
    return [c for c, rows in touched(days, night=FIRST + timedelta(days=night)).items() if rows[0]]


def test_a_night_judges_itself() -> None:
    assert judged([("COUNTED", 4000, False)] * 14, night=10) == [10]


def test_a_revised_day_is_judged_with_the_days_whose_mean_may_hold_it() -> None:
    room = [("COUNTED", 4000, day == 8) for day in range(14)]
    assert judged(room, night=13) == [8, 9, 10, 11, 12, 13]


@pytest.mark.parametrize("revised", range(LOOK_BACK - 1))
def test_days_without_a_whole_week_before_them_are_never_judged(revised: int) -> None:
    room = [("COUNTED", 4000, day == revised) for day in range(14)]
    assert min(judged(room, night=13)) >= LOOK_BACK - 1


def test_a_day_that_was_not_estimated_is_not_judged() -> None:
    room: list[tuple[str, int, bool] | None] = [("COUNTED", 4000, True)] * 14
    room[9] = None
    assert 9 not in judged(room, night=13)


def test_day_of_turns_a_column_into_its_day() -> None:
    days = a_table([[("COUNTED", 4000, False)] * 14])
    assert day_of(days, days.on(FIRST + timedelta(days=5))) == FIRST + timedelta(days=5)
