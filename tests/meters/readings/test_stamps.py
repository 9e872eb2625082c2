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
    ("cell", "order"),
    [
        ("2026-03-02 09:00", "ymd"),
        ("2026/3/2 9:00:00", "ymd"),
        ("2026.03.02T09:00", "ymd"),
        ("2026년 3월 2일 오전 9:00", "ymd"),
        ("2026年3月2日 上午 9:00", "ymd"),
        ("20260302 0900", "ymd"),
        ("202603020900", "ymd"),
        ("02/03/2026 09:00", "dmy"),
        ("03/02/2026 9:00 AM", "mdy"),
        ("2-Mar-2026 09:00", "ymd"),
        ("Monday March 2 2026 9:00:00 AM", "ymd"),
        ("2026-03-02T01:00+01:00", "ymd"),
        ("2026-03-02T00:00:00.123Z", "ymd"),
    ],
)
def test_one_instant_is_written_in_many_ways(cell: str, order: str) -> None:
    assert stamps.instant(cell, order, SEOUL).at == NINE


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "bad_date"),
        ("2026-02-30", "bad_date"),
        ("2026-13-01", "bad_date"),
        ("0001-01-01", "bad_date"),
        ("9999-12-31", "bad_date"),
        ("2026-03-02 24:01", "bad_time"),
        ("2026-03-02 12:60", "bad_time"),
        ("2026-03-02 12:00+19:00", "bad_time"),
        ("2026-03-02 13:00 PM", "bad_time"),
        ("2026-03-29 02:00", "no_such_hour"),
    ],
)
def test_a_stamp_that_is_none_is_refused(cell: str, code: str) -> None:
    with pytest.raises(RowRefused) as refusal:
        stamps.instant(cell, "ymd", BERLIN)
    assert refusal.value.code == code


def test_twenty_four_is_the_end_of_its_day() -> None:
    end = stamps.instant("2026-03-02 24:00", "ymd", SEOUL)
    assert end == stamps.instant("2026-03-03 00:00", "ymd", SEOUL)
    assert stamps.written("2026-03-02 24:00", "ymd").day == date(2026, 3, 2)


def test_the_repeated_hour_of_autumn_is_marked_unless_its_offset_is_told() -> None:
    assert stamps.instant("2026-10-25 02:00", "ymd", BERLIN).twice == Twice.AMBIGUOUS
    first = stamps.instant("2026-10-25T02:00+02:00", "ymd", BERLIN)
    second = stamps.instant("2026-10-25T02:00+01:00", "ymd", BERLIN)
    assert (first.twice, second.twice, second.at - first.at) == (Twice.NO, Twice.NO, 3600)


def test_an_interval_may_end_where_clocks_jump() -> None:
    ends = stamps.instant("2026-03-29 02:00", "ymd", BERLIN, ends=True)
    assert ends.at == stamps.instant("2026-03-29 03:00", "ymd", BERLIN).at


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
