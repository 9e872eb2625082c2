import numpy as np
import pytest

from meters.savings.rule import Rule
from meters.savings.settlement import Standing, Sums, credit, judged, measure, pools_of, sums

RULE = Rule(floor_drift=0.0)
BELOW = np.array([0.5])


def a_sum(use: list[float]) -> Sums:
    row = np.array([use])
    return sums(row, expected=np.full_like(row, 1000.0), away_below=BELOW, rule=RULE)


def test_away_and_missing_days_leave_both_sums() -> None:
    found = a_sum([900, 300, 300, np.nan, 900])
    assert (found.expected[0], found.used[0], found.days[0]) == (2000, 1800, 2)


def test_a_single_dark_day_counts_as_at_least_its_cap() -> None:
    assert a_sum([1000, 100, 1000]).used[0] == 2650


def test_a_room_that_was_never_home_saved_nothing() -> None:
    found = a_sum([100, 100, 100])
    assert found.expected[0] == 0
    assert found.shortfall[0] == 0


def a_standing(saving: list[float], *, pools: list[int]) -> Standing:
    """Twenty comparison rooms that saved nothing, then rooms with these savings."""
    told = np.array([0.0] * 20 + saving)
    expected = np.full(len(told), 100_000.0)
    counted = np.full(len(told), 40)
    return Standing(
        sums=Sums(expected, expected * (1 - told), counted),
        shape=np.full(len(told), 0.2),
        pools=np.array([-1] * 20 + pools),
        prior_scale=0.44,
    )


def paid(standing: Standing) -> list[float]:
    comparison = standing.pools == -1
    yard = judged(standing, comparison=comparison, enrolled=~comparison, rule=RULE)
    measured = measure(standing, yard=yard)
    pools = pools_of([measured], members=[~comparison], rule=RULE)
    found: list[float] = credit(measured, pools=pools, rule=RULE).wh[20:].tolist()
    return found


def test_a_floor_that_saves_together_is_paid_together() -> None:
    together = paid(a_standing([0.08] * 10, pools=[1] * 10))
    alone = paid(a_standing([0.08] + [0.0] * 9, pools=[1] * 10))
    assert min(together) > 5000
    assert alone[0] < 1000


def test_a_saver_is_paid_the_larger_of_pool_share_and_own_evidence() -> None:
    lone = paid(a_standing([0.4] + [0.0] * 9, pools=[1] * 10))
    assert lone[0] == pytest.approx(40_000)
    assert lone[1:] == [0.0] * 9


def test_a_neighbouring_floor_gains_nothing() -> None:
    found = paid(a_standing([0.1] * 10 + [0.0] * 10, pools=[1] * 10 + [2] * 10))
    assert min(found[:10]) > 0
    assert found[10:] == [0.0] * 10


def test_nobody_is_paid_more_than_they_saved() -> None:
    savings = [0.3, 0.2, 0.1, 0.05, 0.0, -0.1, -0.2, 0.15, 0.25, 0.02]
    found = paid(a_standing(savings, pools=[1] * 10))
    assert all(wh <= max(0.0, s) * 100_000 + 1e-6 for wh, s in zip(found, savings, strict=True))


def test_rooms_of_one_floor_may_stand_in_two_cohorts() -> None:
    old, new = a_standing([0.1] * 5, pools=[1] * 5), a_standing([0.1] * 5, pools=[1] * 5)
    members = [s.pools != -1 for s in (old, new)]
    measured = [
        measure(s, yard=judged(s, comparison=~who, enrolled=who, rule=RULE))
        for s, who in zip((old, new), members, strict=True)
    ]
    mixed = pools_of(measured, members=members, rule=RULE)[1]
    single = pools_of(measured[:1], members=members[:1], rule=RULE)[1]
    assert mixed.rooms == 10
    assert mixed.sigma < single.sigma
