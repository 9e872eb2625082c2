from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.readings import stamps
from meters.readings.refusals import RowRefused
from meters.readings.row import Twice

SEOUL, BERLIN = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin")
NINE = int(datetime(2026, 3, 2, 0, tzinfo=UTC).timestamp())  # nine in the morning in Seoul


@pytest.mark.parametrize(
    ("cell", "orders"),
    [
        ("2026-03-02", None),
        ("3/4/2026", {"dmy", "mdy"}),
        ("13/4/2026", {"dmy"}),
        ("4/13/2026", {"mdy"}),
        ("2 Mar 2026", None),
        ("99/01/02", {"ymd"}),
        ("26/03/01", {"ymd", "dmy"}),
        ("01/03/26", {"ymd", "dmy", "mdy"}),
        ("03/26/01", {"mdy"}),
        ("13/13/2026", set()),
    ],
)
def test_a_date_tells_its_order_or_the_orders_it_may_be_in(
    cell: str, orders: set[str] | None
) -> None:
    assert stamps.orders_of(cell) == orders


@given(st.text(max_size=30), st.sampled_from(["ymd", "dmy", "mdy"]))
def test_any_text_is_a_stamp_or_refused(cell: str, order: str) -> None:
    with suppress(RowRefused):
        assert isinstance(stamps.instant(cell, order, BERLIN).at, int)
