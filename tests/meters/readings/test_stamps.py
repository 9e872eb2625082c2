from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.readings import stamps
from meters.readings.refusals import RowRefused

SEOUL, BERLIN = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin")


def seconds(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())


@pytest.mark.parametrize("cell", ["2026-03-02", "2026/3/2", "2026.03.02", "2026-03-02 00:00:00"])
def test_a_day_is_written_year_first(cell: str) -> None:
    told = stamps.day(cell, SEOUL)
    assert told.at == date(2026, 3, 2).toordinal()
    assert told.days == (told.at,)


def test_a_day_is_over_at_the_next_local_midnight() -> None:
    assert stamps.day("2026-03-02", SEOUL).over == seconds(2026, 3, 2, 15)


@pytest.mark.parametrize(
    "cell", ["", "02/03/2026", "2026-02-30", "2026-13-01", "0001-01-01", "9999-12-31", "20260302"]
)
def test_a_day_that_is_none_is_refused(cell: str) -> None:
    with pytest.raises(RowRefused) as refusal:
        stamps.day(cell, SEOUL)
    assert refusal.value.code == "bad_date"


def test_an_hour_without_offset_is_local() -> None:
    assert stamps.hour("2026-03-02 09:00", SEOUL).at == seconds(2026, 3, 2, 0)


@pytest.mark.parametrize("cell", ["2026-03-02T09:00+09:00", "2026-03-02 00:00Z"])
def test_an_offset_is_taken_at_its_word(cell: str) -> None:
    told = stamps.hour(cell, SEOUL)
    assert told.at == seconds(2026, 3, 2, 0)
    assert told.days == (date(2026, 3, 2).toordinal(),)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-03-02", "bad_time"),
        ("2026-03-02 24:00", "bad_time"),
        ("2026-03-02 12:60", "bad_time"),
        ("2026-03-02 12:00+19:00", "bad_time"),
        ("2026-02-30 12:00", "bad_date"),
        ("2026-03-02 12:15", "not_on_the_hour"),
        ("2026-03-29 02:00", "no_such_hour"),
    ],
)
def test_an_hour_that_is_none_is_refused(cell: str, code: str) -> None:
    with pytest.raises(RowRefused) as refusal:
        stamps.hour(cell, BERLIN)
    assert refusal.value.code == code


def test_the_repeated_hour_of_autumn_is_marked_unless_its_offset_is_told() -> None:
    assert stamps.hour("2026-10-25 02:00", BERLIN).twice
    first = stamps.hour("2026-10-25T02:00+02:00", BERLIN)
    second = stamps.hour("2026-10-25T02:00+01:00", BERLIN)
    assert (first.twice, second.twice) == (False, False)
    assert second.at - first.at == 3600


def test_midnight_serves_the_day_it_ends_and_the_day_it_opens() -> None:
    second = date(2026, 3, 2).toordinal()
    assert stamps.instant("2026-03-02 00:00", SEOUL).days == (second - 1, second)
    assert stamps.instant("2026-03-02 00:01", SEOUL).days == (second,)


@given(st.text(max_size=30), st.sampled_from([stamps.day, stamps.hour, stamps.instant]))
def test_any_text_is_a_time_or_refused(text: str, reads: type) -> None:
    with suppress(RowRefused):
        assert reads(text, BERLIN).days
