import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.savings.evidence import (
    Yardstick,
    against_luck,
    confidence,
    drift_told,
    own_evidence,
    yardstick,
)
from meters.savings.rule import RAMPS, Ramp, Rule

RULE = Rule(floor_drift=0.0)


def test_confidence_climbs_its_ramp() -> None:
    climbed = confidence(np.array([1.0, 1.5, 2.25, 3.0, 9.0]), Ramp(1.5, 3.0))
    assert climbed.tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]


def test_a_saving_half_way_up_the_ramp_is_half_paid() -> None:
    told = {"sigma": np.array([0.1]), "expected": np.array([100_000.0])}
    rule = Rule(own=Ramp(1.5, 3.5))
    assert own_evidence(np.array([0.25]), rule=rule, **told)[0] == pytest.approx(12_500)


def test_using_more_earns_nothing() -> None:
    told = {"sigma": np.array([0.1]), "expected": np.array([100_000.0])}
    assert own_evidence(np.array([-0.5]), rule=RULE, **told)[0] == 0


def test_a_strict_campus_pays_less_than_a_generous_one() -> None:
    told = {"sigma": np.array([0.1]), "expected": np.array([100_000.0])}
    paid = [
        own_evidence(np.array([0.22]), rule=Rule(own=RAMPS[name]), **told)[0]
        for name in ("strict", "default", "generous")
    ]
    assert paid == sorted(paid)
    assert paid[0] < paid[2]


def test_a_few_rooms_that_went_their_own_way_hardly_move_the_drift() -> None:
    shortfall = np.array([-0.9, 0.05, 0.04, 0.06, 0.05, 0.05, 0.9])
    told = {"expected": np.ones(7), "shape": np.full(7, 0.2), "prior_scale": 0.44}
    yard = yardstick(shortfall, rule=RULE, **told)
    assert yard.drift == pytest.approx(0.05, abs=0.005)
    assert yard.rooms == 7


def test_a_quiet_room_tells_more_of_the_drift_than_a_restless_one() -> None:
    told = {"expected": np.ones(4), "prior_scale": 0.44, "shape": np.array([0.1, 0.1, 0.4, 0.4])}
    yard = yardstick(np.array([0.04, 0.04, -0.04, -0.04]), rule=RULE, **told)
    assert yard.drift > 0.03


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
    assert (yard.drift, yard.scale, yard.rooms) == (0.0, 0.44, 0)


NOISY = Yardstick(drift=0.01, scale=0.4, spread=1.0, noise=0.02**2, rooms=60)


def drift_beside(saving: float, *, rooms: int = 240, yard: Yardstick = NOISY) -> float:
    """The drift after a look at so many enrolled rooms that all save so much."""
    told = {"sigma": np.full(rooms, 0.1), "expected": np.full(rooms, 100_000.0)}
    return against_luck(yard, np.full(rooms, saving), rule=RULE, **told).drift


@pytest.mark.parametrize("luck", [0.02, -0.03, 0.0])
def test_what_all_enrolled_rooms_have_in_common_by_chance_is_drift(luck: float) -> None:
    taken = drift_beside(luck) - NOISY.drift
    assert taken == pytest.approx(0.88 * luck, rel=0.02)  # so far as they tell more than others


def test_a_common_saving_beyond_chance_stays_one() -> None:
    assert drift_beside(0.1) == 0.01


def test_a_single_room_says_little_of_the_campus() -> None:
    assert abs(drift_beside(0.1, rooms=1) - 0.01) < 0.005


@given(st.floats(-0.3, 0.3), st.integers(1, 400))
def test_the_drift_never_takes_more_than_there_is_in_common(saving: float, rooms: int) -> None:
    taken = drift_beside(saving, rooms=rooms) - NOISY.drift
    assert 0 <= taken * np.sign(saving) <= abs(saving) + 1e-12


def test_drifts_kept_as_medians_are_still_read() -> None:
    old = {"median": 0.03, "scale": 0.4, "spread": 1.0, "lift": 0.01, "noise": 0.0, "rooms": 60}
    assert drift_told(old) == 0.03
    assert Yardstick.of_facts(old) == Yardstick(0.03, 0.4, 1.0, 0.0, 60)
