"""Rounding by declaration, on numbers and on columns of them."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.billing.columns import Column
from meters.billing.rounding import MODES, Rounding

STEPS = [Fraction(1), Fraction(10), Fraction(1, 100)]


@pytest.mark.parametrize(
    ("mode", "number", "rounded"),
    [
        ("floor", "-2.5", -3), ("ceil", "-2.5", -2), ("trunc", "-2.5", -2),
        ("half_up", "2274.5", 2275), ("half_up", "-2.5", -3), ("half_up", "2.4", 2),
        ("half_even", "2274.5", 2274), ("half_even", "2275.5", 2276),
    ],
)  # fmt: skip
def test_each_mode_rounds_as_it_is_named(mode: str, number: str, rounded: int) -> None:
    assert Rounding(mode, Fraction(1)).apply(Fraction(number)) == rounded


@given(
    st.lists(st.integers(-(10**6), 10**6), min_size=1),
    st.integers(1, 60),
    st.sampled_from(sorted(MODES)),
    st.sampled_from(STEPS),
)
def test_columns_round_like_single_numbers(
    numerators: list[int], denominator: int, mode: str, step: Fraction
) -> None:
    rounding = Rounding(mode, step)
    column = Column(np.array(numerators, dtype=np.int64), denominator).rounded(rounding)
    found = [Fraction(int(n), column.denominator) for n in column.numerators]
    assert found == [rounding.apply(Fraction(n, denominator)) for n in numerators]
