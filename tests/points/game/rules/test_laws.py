"""Whatever is asked, in any order, a campus stays sound and pays for what it gets."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from points.game.rules import batch, state, terrain
from points.game.rules.actions import Action
from tests.points.game import laws

AT = datetime(2026, 4, 7, 3, tzinfo=UTC)


def a_campus(*, sun: int) -> state.Campus:
    drops = [state.Drop(f"d{number}", 40, "RIPE") for number in range(3)]
    return state.Campus(
        ground=terrain.rows(seed=1),
        parcels=frozenset({5, 6, 9, 10}),
        balances={"SUN": sun, "CP": 60},
        xp=1500,
        monument_open=True,
        drops={drop.id: drop for drop in drops},
    )


# 600 batches here, 10,000 in the long tier.
@pytest.mark.timeout(1800)
@settings(max_examples=10 * settings.default.max_examples)
@given(wishes=laws.wishes(most=30), sun=st.integers(0, 900))
def test_no_batch_breaks_a_law(wishes: list[Action], sun: int) -> None:
    seen = [a_campus(sun=sun)]
    for outcome, campus in batch.run(campus=seen[0], actions=wishes, at=AT, book=laws.BOOK):
        assert (outcome.code is None) or campus is seen[-1]
        seen.append(campus)
    for before, after in pairwise(seen):
        laws.check(after, before)


@given(wishes=laws.wishes(most=30))
def test_what_was_paid_and_earned_explains_the_balance(wishes: list[Action]) -> None:
    start = a_campus(sun=500)
    balance, earned, campus = dict(start.balances), start.xp, start
    steps = list(batch.run(campus=start, actions=wishes, at=AT, book=laws.BOOK))
    for outcome, after in steps:
        campus = after
        for change in outcome.changes:
            match change:
                case state.Paid(asset, amount):
                    balance[asset] -= amount
                case state.PaidBack(asset, amount):
                    balance[asset] += amount
                case state.Donated(amount, _):
                    balance["SUN"] -= amount
                case state.Collected(_, amount):
                    balance["SUN"] += amount
                    earned += amount
    assert (dict(campus.balances), campus.xp) == (balance, earned)
