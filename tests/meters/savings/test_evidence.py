import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.savings.evidence import (
    Pool,
    Yardstick,
    confidence,
    own_evidence,
    pool,
    pool_claim,
    yardstick,
)
from meters.savings.rule import RAMPS, Ramp, Rule

RULE = Rule(floor_drift=0.0)
QUIET = Yardstick(median=0.0, scale=0.4, spread=1.0, lift=0.0, noise=0.0, rooms=60)


def test_confidence_climbs_its_ramp() -> None:
    climbed = confidence(np.array([1.0, 1.5, 2.25, 3.0, 9.0]), Ramp(1.5, 3.0))
    assert climbed.tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]


def test_a_saving_of_two_sigmas_and_a_quarter_is_half_paid() -> None:
    told = {"sigma": np.array([0.1]), "expected": np.array([100_000.0])}
    assert own_evidence(np.array([0.225]), rule=RULE, **told)[0] == pytest.approx(11_250)


def test_using_more_earns_nothing() -> None:
    told = {"sigma": np.array([0.1]), "expected": np.array([100_000.0])}
    assert own_evidence(np.array([-0.5]), rule=RULE, **told)[0] == 0
    assert pool_claim(np.array([-0.5]), rule=RULE, **told)[0] == 0


def test_a_strict_campus_pays_less_than_a_generous_one() -> None:
    told = {"sigma": np.array([0.1]), "expected": np.array([100_000.0])}
    paid = [
        own_evidence(np.array([0.22]), rule=Rule(own=RAMPS[name]), **told)[0]
        for name in ("strict", "default", "generous")
    ]
    assert paid == sorted(paid)
    assert paid[0] < paid[2]


def test_the_yardstick_is_the_median_of_the_comparison_rooms() -> None:
    shortfall = np.array([-0.3, 0.05, 0.04, 0.06, 0.5])
    yard = yardstick(
        shortfall, expected=np.ones(5), shape=np.full(5, 0.2), prior_scale=0.44, rule=RULE
    )
    assert yard.median == pytest.approx(0.05)
    assert yard.rooms == 5


def scale_of(saving: list[float]) -> float:
    rooms = len(saving)
    told = {"expected": np.ones(rooms), "shape": np.ones(rooms), "prior_scale": 0.44}
    return yardstick(np.array(saving), rule=RULE, **told).scale


def test_few_comparison_rooms_leave_the_scale_near_what_is_believed() -> None:
    assert 0.43 < scale_of([-0.1, 0.1, -0.1, 0.1, 0.0]) < 0.44
    assert 0.44 < scale_of([-0.9, 0.9, -0.9, 0.9, 0.0]) < 0.5


def test_more_drift_than_believed_is_taken_up_sooner_than_less() -> None:
    calm, wild = scale_of([-0.2, 0.0, 0.2] * 20), scale_of([-0.75, 0.0, 0.75] * 20)
    assert wild - 0.44 > 2 * (0.44 - calm) > 0


def test_without_comparison_rooms_the_prior_stands() -> None:
    none = np.array([])
    yard = yardstick(none, expected=none, shape=none, prior_scale=0.44, rule=RULE)
    assert (yard.median, yard.scale, yard.rooms) == (0.0, 0.44, 0)


def a_pool(saving: list[float], *, rule: Rule = RULE, yard: Yardstick = QUIET) -> Pool:
    told = np.array(saving)
    return pool(
        told,
        sigma=np.full(len(told), 0.1),
        expected=np.full(len(told), 100_000.0),
        peers=[(yard, 1.0)],
        rule=rule,
    )


def test_twenty_rooms_are_surer_together_than_alone() -> None:
    together, alone = (
        a_pool([0.1] * 20),
        own_evidence(
            np.array([0.1]), sigma=np.array([0.1]), expected=np.array([100_000.0]), rule=RULE
        ),
    )
    assert alone[0] == 0
    assert together.sure_wh == pytest.approx(0.1 * 20 * 100_000, rel=1e-6)


def test_what_the_comparison_rooms_gained_alike_is_no_saving() -> None:
    lifted = Yardstick(median=0.0, scale=0.4, spread=1.0, lift=0.1, noise=0.0, rooms=60)
    assert a_pool([0.1] * 20, yard=lifted).sure_wh == 0


def test_a_floor_that_drifts_together_is_less_sure() -> None:
    still, drifting = a_pool([0.05] * 20), a_pool([0.05] * 20, rule=Rule(floor_drift=0.05))
    assert drifting.sure_wh < still.sure_wh


def test_one_outlier_does_not_carry_its_floor() -> None:
    assert a_pool([0.9] + [0.0] * 19).saving == pytest.approx(0.3 / 20)


@given(
    st.lists(st.floats(-1, 1), min_size=1, max_size=30),
    st.floats(0, 0.1),
)
def test_shares_never_exceed_the_claim_nor_together_the_pool(
    saving: list[float], drift: float
) -> None:
    found = a_pool(saving, rule=Rule(floor_drift=drift))
    told = np.array(saving)
    claim = pool_claim(
        told, sigma=np.full(len(told), 0.1), expected=np.full(len(told), 100_000.0), rule=RULE
    )
    shares = found.share(claim)
    assert (shares >= 0).all()
    assert (shares <= claim).all()
    assert shares.sum() <= found.sure_wh * (1 + 1e-9)
