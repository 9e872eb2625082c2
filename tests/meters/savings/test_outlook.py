from hypothesis import given
from hypothesis import strategies as st

from meters.savings.outlook import expected, measured


def test_measured_sizes_are_told_as_they_were_measured() -> None:
    for row in measured():
        assert expected(comparison=row.comparison) == row


@given(rooms=st.integers(1, 10_000))
def test_between_them_the_figures_lie_between(rooms: int) -> None:
    told = expected(comparison=rooms)
    assert min(r.new for r in measured()) <= told.new <= max(r.new for r in measured())


def test_few_comparison_rooms_are_told_to_be_worse() -> None:
    few, enough = expected(comparison=5), expected(comparison=60)
    assert few.false > enough.false
    assert few.false_worst > 2 * enough.false_worst
    assert few.new_worst > 3 * enough.new_worst
    assert few.power10 < enough.power10
