from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.readings import amounts
from meters.readings.refusals import RowRefused


@pytest.mark.parametrize(
    ("cell", "wh"),
    [
        ("0", 0),
        ("7.5", 7500),
        ("7.", 7000),
        ("+1.2", 1200),
        ("0.0005", 1),
        ("0.0004", 0),
        ("1e-05", 0),
        ("1.5E2", 150_000),
        ("-0", 0),
        ("1000000", 10**9),
    ],
)
def test_a_cell_of_kwh_becomes_whole_wh(cell: str, wh: int) -> None:
    assert amounts.wh(cell, most_kwh=amounts.MOST_USED_KWH) == wh


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "no_value"),
        ("--", "not_a_number"),
        ("NaN", "not_a_number"),
        ("inf", "not_a_number"),
        ("-Infinity", "not_a_number"),
        ("1_000", "not_a_number"),
        ("1,000", "not_a_number"),
        ("0x10", "not_a_number"),
        ("１２", "not_a_number"),
        ("1e999", "not_a_number"),
        ("9" * 33, "not_a_number"),
        ("-0.001", "negative"),
        ("-1e99", "negative"),
        ("1e99", "too_large_value"),
        ("1000000.001", "too_large_value"),
    ],
)
def test_a_cell_that_is_no_use_is_refused_by_name(cell: str, code: str) -> None:
    with pytest.raises(RowRefused) as refusal:
        amounts.wh(cell, most_kwh=amounts.MOST_USED_KWH)
    assert refusal.value.code == code


@given(st.decimals(min_value=0, max_value=10**6, places=3))
def test_three_decimals_are_kept_exactly(kwh: Decimal) -> None:
    assert amounts.wh(f"{kwh:f}", most_kwh=10**6) == int(kwh * 1000)


@given(st.text(max_size=40))
def test_any_text_is_a_figure_within_bounds_or_refused(text: str) -> None:
    with suppress(RowRefused):
        assert 0 <= amounts.wh(text, most_kwh=10**6) <= 10**9
