from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.advice.choosing import DISMISSED, DONE, OPEN, SILENT, Said, choose
from meters.advice.rules import Finding

DAY = date(2026, 5, 4)
FOUND = {"a": Finding({}, worth_wh=500), "b": Finding({}, worth_wh=900)}


def ago(days: int, *, rule: str = "b", state: str = OPEN) -> Said:
    return Said(rule, DAY - timedelta(days=days), state)


def chosen(*said: Said) -> str | None:
    found = choose(FOUND, said=said, day=DAY)
    return found[0] if found else None


def test_the_finding_worth_most_is_said() -> None:
    assert chosen() == "b"


def test_moved_energy_counts_less_than_saved_energy() -> None:
    found = {"moved": Finding({}, moved_wh=4000), "saved": Finding({}, worth_wh=500)}
    assert (choose(found, said=(), day=DAY) or ("",))[0] == "saved"


def test_a_day_has_one_tip() -> None:
    assert chosen(ago(0, rule="a")) is None


@pytest.mark.parametrize(("state", "days"), [(OPEN, 14), (DONE, 28), (DISMISSED, 120)])
def test_what_was_said_is_not_said_again_soon(state: str, days: int) -> None:
    assert chosen(ago(days - 1, state=state)) == "a"
    assert chosen(ago(days, state=state)) == "b"


RULES = st.sampled_from(["a", "b"])
PAST = st.lists(
    st.builds(ago, st.integers(1, 150), rule=RULES, state=st.sampled_from(list(SILENT)))
)


@given(PAST)
def test_nothing_silent_is_ever_said(said: list[Said]) -> None:
    found = choose(FOUND, said=said, day=DAY)
    if found:
        assert all(one.rule != found[0] or one.day + SILENT[one.state] <= DAY for one in said)
    else:
        assert all(
            any(one.rule == rule and one.day + SILENT[one.state] > DAY for one in said)
            for rule in FOUND
        )
