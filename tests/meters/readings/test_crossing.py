"""Crossed meters: seen by a switch-off, by absence, by whose people they follow."""

import random

from meters.readings.crossing import (
    Absence,
    Dip,
    absence,
    contradicts,
    fallen,
    follows_neighbour,
)

STANDS = Dip(before=100, during=100, after=100, share=1 / 3)
FALLS = Dip(before=100, during=67, after=100, share=1 / 3)


def test_the_meter_that_falls_as_far_as_it_must_is_the_one() -> None:
    assert fallen({1: STANDS, 2: FALLS, 3: STANDS}) == 2
    assert fallen({1: STANDS}) is None
    assert fallen({1: FALLS, 2: FALLS}) is None
    assert contradicts(STANDS, FALLS)
    assert not contradicts(FALLS, STANDS)
    assert not contradicts(None, FALLS)


def test_five_minutes_are_not_looked_for_in_an_hour() -> None:
    assert Dip(before=100, during=92, after=100, share=5 / 60).depth() == 0
    assert Dip(before=1, during=0, after=1, share=1).depth() == 0


def test_an_empty_room_whose_meter_goes_on_while_the_neighbours_rests() -> None:
    vacant = [False] * 10 + [True] * 5
    own = [5000.0] * 15
    neighbour = [4000.0] * 10 + [400.0] * 5
    assert absence(own, neighbour, vacant=vacant) == Absence(5, 1.0, 0.1)
    assert absence(neighbour, own, vacant=vacant) is None
    assert absence(own, neighbour, vacant=[False] * 13 + [True] * 2) is None


def test_two_meters_that_follow_each_others_people() -> None:
    chance = random.Random(7)
    people = [[2] * 20 + [1] * 20, [1] * 10 + [2] * 20 + [1] * 10]
    use = [[2000 * n + chance.uniform(-300, 300) for n in row] for row in people]
    crossed = [use[1], use[0]]
    found = follows_neighbour(crossed, people)
    assert found is not None
    assert found.days == 40
    assert found.neighbour > found.own + 0.4
    assert follows_neighbour(use, people) is None


def test_rooms_whose_people_never_change_tell_nothing() -> None:
    use = [[5000.0 + n for n in range(40)], [4000.0 - n for n in range(40)]]
    assert follows_neighbour(use, [[2] * 40, [1] * 40]) is None
