import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meters.savings.robust import ratio, row_median, row_quantile, total

rows = st.lists(
    st.lists(st.one_of(st.just(np.nan), st.floats(0, 1e6)), min_size=5, max_size=5),
    min_size=1,
    max_size=6,
)


@given(rows, st.floats(0, 1))
def test_row_quantile_is_numpys_row_by_row(told: list[list[float]], q: float) -> None:
    values = np.array(told)
    for found, row in zip(row_quantile(values, q), values, strict=True):
        known = row[~np.isnan(row)]
        assert np.isnan(found) if len(known) == 0 else np.isclose(found, np.quantile(known, q))


def test_row_median_of_an_even_row_lies_between() -> None:
    assert row_median(np.array([[1.0, 3.0, np.nan]])).tolist() == [2.0]


def test_ratio_by_nothing_is_unknown() -> None:
    assert np.isnan(ratio(np.array([1.0]), np.array([0.0]))[0])


def test_total_takes_what_is_kept_and_known() -> None:
    values = np.array([[1.0, np.nan, 4.0]])
    assert total(values).tolist() == [5.0]
    assert total(values, where=np.array([[True, True, False]])).tolist() == [1.0]
