"""Shares of room-mates."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.billing.splitting import Account, split, split_carried

KEYS = ["a", "b", "c", "d"]
nights = st.lists(
    st.tuples(
        st.integers(-2000, 5000),
        st.dictionaries(st.sampled_from(KEYS), st.just(Fraction(1)), min_size=1),
    ),
    max_size=62,
)


def walk(days: list[tuple[int, dict[str, Fraction]]]) -> list[dict[str, Account]]:
    states: list[dict[str, Account]] = [{}]
    for amount, present in days:
        states.append(split_carried(amount, weights=present, accounts=states[-1], tie_order=KEYS))
    return states[1:]


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 31), min_size=4, max_size=4))
def test_a_split_adds_up_and_is_fair_within_a_unit(amount: int, weights: list[int]) -> None:
    if not any(weights):
        return
    weighed = {key: Fraction(weight) for key, weight in zip(KEYS, weights, strict=True)}
    parts = split(amount, weights=weighed, tie_order=KEYS)
    whole = sum(weights)
    assert sum(parts.values()) == amount
    assert all(abs(parts[key] - amount * weighed[key] / whole) < 1 for key in KEYS)


@given(nights)
def test_carried_shares_add_up_every_day_and_nobody_drifts_by_a_unit(
    days: list[tuple[int, dict[str, Fraction]]],
) -> None:
    total = 0
    for (amount, _), accounts in zip(days, walk(days), strict=True):
        total += amount
        assert sum(account.given for account in accounts.values()) == total
        assert all(abs(account.owed) < 1 for account in accounts.values())


@given(nights)
def test_a_correction_and_its_opposite_cancel(
    days: list[tuple[int, dict[str, Fraction]]],
) -> None:
    there_and_back = [*days, *((-amount, present) for amount, present in reversed(days))]
    for account in walk(there_and_back)[-1:] if days else []:
        assert all(abs(each.given) == 0 for each in account.values())


def test_a_room_mate_who_is_away_pays_nothing_that_night() -> None:
    both, one = {"a": Fraction(1), "b": Fraction(1)}, {"b": Fraction(1)}
    states = walk([(101, both), (50, one), (33, one)])
    assert [state["a"].given for state in states] == [51, 51, 51]
    assert states[-1]["b"].given == 50 + 50 + 33


def test_a_split_among_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        split(100, weights={"a": Fraction(0)}, tie_order=["a"])
