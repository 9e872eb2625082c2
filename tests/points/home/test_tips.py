from points.earning.rules.daily_saving import Terms
from points.home.tips import Usual, worth

TERMS = Terms()
ROOM = Usual(expected_wh=6000, share=0)


def test_a_saving_of_a_tenth_is_worth_a_week_of_its_sunlight() -> None:
    # 80 x (1 - exp(-0.1 / 0.1)) = 51 a day
    assert worth(ROOM, saved_wh=600, terms=TERMS) == 7 * 51


def test_what_is_saved_already_is_not_paid_for_twice() -> None:
    frugal = Usual(expected_wh=6000, share=300_000)
    assert worth(frugal, saved_wh=600, terms=TERMS) == 0
    assert 0 < worth(Usual(6000, 100_000), saved_wh=600, terms=TERMS) < 7 * 51


def test_less_than_what_counts_is_worth_nothing() -> None:
    assert worth(ROOM, saved_wh=60, terms=TERMS) == 0
