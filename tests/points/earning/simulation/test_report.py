"""Figures over seeds, and the two promises that terms must keep."""

from dataclasses import replace

import numpy as np

from points.earning.simulation.play import Played
from points.earning.simulation.report import figures, gates
from tests.points.earning.simulation.test_play import a_plan

PLAYED = Played(
    people=10,
    tonnes=0.5,
    saving=400,
    average=100,
    activities=500,
    weeks=3.0,
    weeks_true=5.0,
    reached=0.7,
    ended_on=None,
)


def kept(*played: Played) -> list[bool]:
    return [gate.holds for gate in gates(figures(played, plan=a_plan()))]


def test_money_is_told_a_person_and_a_verified_tonne() -> None:
    told = {row.name.strip(): row.median for row in figures([PLAYED], plan=a_plan())}
    assert told["money at the counter"] == 10_000
    assert told["money a person"] == 1_000
    assert told["money per verified tonne"] == 20_000
    assert told["electricity's share of the points, %"] == 50


def test_both_promises_hold_at_their_edges() -> None:
    assert kept(replace(PLAYED, weeks=4.0, saving=400, average=0, activities=600)) == [True, True]
    assert kept(replace(PLAYED, weeks=4.1, saving=399, average=0, activities=601)) == [False, False]


def test_a_promise_may_fail_in_one_seed_of_twenty_and_not_in_two() -> None:
    late = replace(PLAYED, weeks=np.inf)
    assert kept(*[PLAYED] * 19, late)[0]
    assert not kept(*[PLAYED] * 18, late, late)[0]


def test_what_never_happens_is_said_so() -> None:
    lines = [row.text() for row in figures([replace(PLAYED, weeks=np.inf)], plan=a_plan())]
    assert lines[0].split()[-3:] == ["never"] * 3
    assert all("nan" not in line for line in lines)


def test_an_empty_campus_is_reported_and_divides_by_nothing() -> None:
    nobody = Played(0, 0.0, 0, 0, 0, np.inf, np.inf, 0.0, None)
    assert figures([nobody], plan=a_plan())
