import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.savings.evidence import Yardstick, own_evidence
from meters.savings.pooling import Floor, Pool, floor, pooled
from meters.savings.rule import Rule

RULE = Rule(floor_drift=0.0)
QUIET = Yardstick(drift=0.0, scale=0.4, spread=1.0, noise=0.0, rooms=60)


def a_floor(saving: list[float], *, rule: Rule = RULE, yard: Yardstick = QUIET) -> Floor:
    told = np.array(saving)
    size = len(told)
    return floor(
        told,
        sigma=np.full(size, 0.1),
        expected=np.full(size, 100_000.0),
        peers=[(yard, 1.0)],
        rule=rule,
    )


def a_pool(saving: list[float], *, rule: Rule = RULE, yard: Yardstick = QUIET) -> Pool:
    return pooled({1: a_floor(saving, rule=rule, yard=yard)}, rule=rule)[1]


def test_twenty_rooms_are_surer_together_than_alone() -> None:
    told = {"sigma": np.array([0.1]), "expected": np.array([100_000.0])}
    assert own_evidence(np.array([0.1]), rule=RULE, **told)[0] == 0
    assert a_pool([0.1] * 20).sure_wh == pytest.approx(0.1 * 20 * 100_000, rel=1e-6)


def test_using_more_claims_nothing() -> None:
    assert a_floor([-0.5]).claims.tolist() == [0.0]


def test_a_drift_that_is_not_well_known_makes_a_floor_less_sure() -> None:
    vague = Yardstick(drift=0.0, scale=0.4, spread=1.0, noise=0.03**2, rooms=60)
    assert a_pool([0.06] * 20, yard=vague).sure_wh < a_pool([0.06] * 20).sure_wh


def test_a_floor_that_drifts_together_is_less_sure() -> None:
    still, drifting = a_pool([0.05] * 20), a_pool([0.05] * 20, rule=Rule(floor_drift=0.05))
    assert drifting.sure_wh < still.sure_wh


def test_one_outlier_does_not_carry_its_floor() -> None:
    assert a_pool([0.9] + [0.0] * 19).saving == pytest.approx(0.3 / 20)


def test_floors_that_save_alike_are_each_believed_sooner() -> None:
    alike = pooled({n: a_floor([0.045] * 20) for n in range(10)}, rule=RULE)
    assert alike[0].sure_wh > 1.2 * a_pool([0.045] * 20).sure_wh


def test_a_floor_among_floors_that_save_nothing_is_held_back() -> None:
    among = pooled(
        {1: a_floor([0.05] * 20), **{n: a_floor([0.0] * 20) for n in range(2, 12)}}, rule=RULE
    )
    assert 0 < among[1].saving < 0.05
    assert among[1].sure_wh < a_pool([0.05] * 20).sure_wh
    assert among[2].sure_wh == 0


def test_where_floors_clearly_differ_each_stands_for_itself() -> None:
    apart = pooled({n: a_floor([0.2 * (n % 2)] * 20) for n in range(10)}, rule=RULE)
    assert apart[1].saving == pytest.approx(0.2, rel=0.05)
    assert apart[0].sure_wh == 0


def test_the_clearest_savers_are_paid_first() -> None:
    found = a_pool([0.2] * 8 + [0.04] * 6 + [-0.1] * 6)
    clear, faint = found.share(np.array([1.0, 1.0]), sigmas=np.array([2.0, 0.4]))
    assert clear > 0.7
    assert faint < 0.2 * clear


def test_a_settlement_of_old_paid_every_claim_the_same_part() -> None:
    old = Pool(saving=0.1, sigma=0.02, sure_wh=500.0, claimed_wh=1000.0, rooms=2)
    shares = old.share(np.array([800.0, 200.0]), sigmas=np.array([3.0, 1.0]))
    assert shares.tolist() == [400.0, 100.0]


savings = st.lists(st.floats(-1, 1), min_size=1, max_size=30)


@given(st.lists(savings, min_size=1, max_size=4), st.floats(0, 0.1))
def test_shares_never_exceed_the_claims_and_together_pay_what_is_sure(
    told: list[list[float]], drift: float
) -> None:
    rule = Rule(floor_drift=drift)
    floors = {n: a_floor(saving, rule=rule) for n, saving in enumerate(told)}
    for n, found in pooled(floors, rule=rule).items():
        claims = floors[n].claims
        shares = found.share(claims, sigmas=floors[n].sigmas)
        assert (shares >= 0).all()
        assert (shares <= claims).all()
        assert shares.sum() == pytest.approx(min(found.sure_wh, claims.sum()), rel=1e-6, abs=1e-6)


@given(savings)
def test_who_saved_more_is_never_paid_less(told: list[float]) -> None:
    one = a_floor(sorted(told))
    shares = a_pool(told).share(one.claims, sigmas=one.sigmas)
    assert (np.diff(shares) >= -1e-6).all()
