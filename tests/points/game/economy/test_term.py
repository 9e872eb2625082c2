"""The economy keeps its ten promises over the rules in force, and a term can be played again."""

import pytest

from points.game.economy import goals, term
from points.game.economy.profiles import HIGH, LOW, PROFILES
from points.game.rules import book as rules_book

BOOK = rules_book.current()


@pytest.fixture(scope="module")
def terms() -> goals.Terms:
    return {
        one.name: [term.play(profile=one, book=BOOK, seed=seed) for seed in range(5)]
        for one in PROFILES
    }


def test_every_goal_of_the_economy_is_kept(terms: goals.Terms) -> None:
    broken = [goal for goal in goals.judge(terms, book=BOOK) if not goal.holds]
    assert broken == []


def test_the_same_seed_plays_the_same_term() -> None:
    low = next(one for one in PROFILES if one.name == LOW)
    assert term.play(profile=low, book=BOOK, seed=3) == term.play(profile=low, book=BOOK, seed=3)


def test_nobody_earns_more_than_the_week_allows(terms: goals.Terms) -> None:
    most = max(week for one in terms[HIGH] for week in one.income)
    assert most <= BOOK.faucets["caps"]["week"]


def test_what_was_not_spent_is_held(terms: goals.Terms) -> None:
    for one in (played for many in terms.values() for played in many):
        welcome = BOOK.faucets["welcome"]["amount"]
        assert sum(one.income) + welcome == one.spent + one.hoard[-1]
