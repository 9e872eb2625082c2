from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from meters.savings.pooling import Pool
from meters.savings.projection import SoFar, ahead
from meters.savings.rule import Rule

RULE = Rule()
HALF_WAY = SoFar(
    saving=0.5,
    sigma=0.1,
    expected_wh=100_000,
    days=21,
    days_then=28,
    booked_wh=20_000,
    pool=None,
)


def a_pool(part: float) -> Pool:
    """A floor that paid every claim this part at the last settlement."""
    return Pool(saving=0.1, sigma=0.02, sure_wh=part, claimed_wh=1.0, rooms=20)


def test_a_sure_saver_is_shown_what_the_next_settlement_adds() -> None:
    likely, low, high = ahead(HALF_WAY, rule=RULE)
    assert likely == 66_667 - 20_000  # 50 % of 133.3 kWh, less what is booked
    assert low < likely < high


def test_on_the_last_day_nothing_is_left_open() -> None:
    likely, low, high = ahead(replace(HALF_WAY, days=28), rule=RULE)
    assert likely == low == high


def test_what_is_booked_is_not_promised_again() -> None:
    assert ahead(replace(HALF_WAY, booked_wh=99_000), rule=RULE) == (0, 0, 0)


def test_the_floor_can_make_sure_what_the_room_alone_cannot() -> None:
    unsure = replace(HALF_WAY, saving=0.08, booked_wh=0)
    assert ahead(unsure, rule=RULE)[0] == 0
    assert ahead(replace(unsure, pool=a_pool(0.8)), rule=RULE)[0] > 5000


@given(st.floats(-1, 1), st.floats(0.01, 0.5), st.integers(1, 28), st.floats(0, 1))
def test_the_range_holds_the_likely_figure(
    saving: float, sigma: float, days: int, share: float
) -> None:
    told = replace(HALF_WAY, saving=saving, sigma=sigma, days=days, pool=a_pool(share), booked_wh=0)
    likely, low, high = ahead(told, rule=RULE)
    assert 0 <= low <= likely <= high
