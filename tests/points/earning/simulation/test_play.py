"""A played term follows the rules of the product, and its dice fall the same for the same seed."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from meters.savings.facts import ReplayedTerm
from points.earning.rules import settled_saving
from points.earning.simulation.plan import Plan, plan
from points.earning.simulation.play import Played, play
from points.earning.terms import TermsRefused


def a_plan(**fields: Any) -> Plan:
    usual = {"parameters": {}, "coffee_cp": 150, "coffee_minor": 1500, "activities": 0.0}
    return plan(**usual | fields)


def a_term(*, grams: list[list[int]], people: int = 1, comparison: int = 0) -> ReplayedTerm:
    """Enrolled rooms with what each settlement did not emit; some comparison rooms after them."""
    co2_g = np.array([*grams, *[[0] * len(grams[0])] * comparison], np.int64)
    ends = np.arange(3, 3 + co2_g.shape[1]) * 7
    return ReplayedTerm(
        days=int(ends[-1]) + 1,
        ends=ends,
        settled_wh=co2_g * 2,
        co2_g=co2_g,
        people=np.full(len(co2_g), people, np.int64),
        enrolled=np.arange(len(co2_g)) < len(grams),
    )


def played(term: ReplayedTerm, **fields: Any) -> Played:
    return play(term, plan=a_plan(**fields), seed=1)


def test_electricity_gives_what_the_rule_gives() -> None:
    told = played(a_term(grams=[[1230, 400], [0, 999]], people=2))
    terms = settled_saving.Terms()
    by_hand = sum(
        sum(settled_saving.settled_saving(settled_saving.Settled(grams, (7, 7), 0), terms))
        for grams in (1230, 400, 0, 999)
    )
    assert (told.saving, told.average, told.activities) == (by_hand, 0, 0)
    assert told.tonnes == pytest.approx(0.002629)


def test_comparison_rooms_receive_the_average() -> None:
    told = played(a_term(grams=[[1000], [2000]], comparison=3))
    assert (told.saving, told.average) == (300, 3 * 150)
    assert told.share == 1.0


def test_weeks_count_from_the_first_settlement_to_the_settlement_that_buys_the_coffee() -> None:
    term = a_term(grams=[[500, 500, 500], [1500, 0, 0], [2000, 0, 0]])
    assert played(term).weeks == 0.0
    assert played(a_term(grams=[[500, 500, 500]])).weeks == 2.0
    assert played(a_term(grams=[[500, 500, 400]])).weeks == np.inf


def test_only_savers_are_asked_for_their_coffee() -> None:
    told = played(a_term(grams=[[1500], [0], [0]]))
    assert (told.weeks, told.reached) == (0.0, 1.0)
    assert played(a_term(grams=[[0], [0]])).reached == 0.0


def test_a_saver_whose_saving_was_not_verified_counts_among_those_who_truly_saved() -> None:
    term = replace(a_term(grams=[[1500], [0], [0]]), saved_wh=np.array([4000, 4000, 4000]))
    told = played(term)
    assert (told.weeks, told.weeks_true) == (0.0, np.inf)


def test_activities_stop_at_the_caps_of_the_term_however_eager_people_are() -> None:
    term = a_term(grams=[[0] * 15] * 4)
    told = played(term, activities=50.0)
    assert told.activities == 4 * 20 * 30
    fewer = played(term, activities=50.0, parameters={"attendance": {"paid_per_week": 1}})
    assert fewer.activities <= 4 * 30 * (term.days // 7 + 1)


def test_the_same_seed_plays_the_same_term_and_another_another() -> None:
    term = a_term(grams=[[1000] * 8] * 20, people=2)
    eager = a_plan(activities=0.5)
    assert play(term, plan=eager, seed=3) == play(term, plan=eager, seed=3)
    assert play(term, plan=eager, seed=3) != play(term, plan=eager, seed=4)


def test_the_budget_is_shared_out_and_never_exceeded() -> None:
    term = a_term(grams=[[1000, 1000], [3000, 3000]])
    told = played(term, budget_minor=5000)
    assert (told.points, told.ended_on) == (500, 28)
    assert played(term).ended_on is None


def test_the_cap_of_a_term_holds_for_savings_too() -> None:
    told = played(a_term(grams=[[9000, 9000]]), parameters={"caps": {"cp_per_term": 1000}})
    assert told.saving == 1000


def test_a_parameter_that_no_rule_knows_is_refused() -> None:
    with pytest.raises(TermsRefused):
        a_plan(parameters={"attendance": {"luck": 7}})
