"""Days summed at once are the days that are put together piece by piece."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.readings.rollup import Span, of_spans, of_whole_days

ZONES = [ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata"), ZoneInfo("America/Havana")]
OPENS = [datetime(2026, 3, 28, tzinfo=zone) for zone in ZONES]


@given(
    which=st.integers(0, 2),
    length=st.sampled_from([900, 3600, 7200, 86_400]),
    hours=st.integers(1, 100),
    seed=st.integers(0, 2**32),
    spoilt=st.sampled_from(["", "", "late", "gap", "longer"]),
)
def test_whole_days_are_those_of_their_pieces_or_nothing(
    which: int, length: int, hours: int, seed: int, spoilt: str
) -> None:
    zone, count = ZONES[which], max(hours * 3600 // length, 1)
    at = int(OPENS[which].timestamp()) + np.arange(count) * length + 60 * (spoilt == "late")
    seconds = np.full(count, length)
    seconds[-1] += length * (spoilt == "longer")
    at[count // 2 :] += length * (spoilt == "gap")
    amounts = np.random.default_rng(seed).integers(0, 10**15, count)
    lines = np.arange(count)[::-1] + 2
    told = of_whole_days(at=at, seconds=seconds, amounts=amounts, lines=lines, zone=zone)
    columns = (at, at + seconds, amounts, lines)
    spans = [Span(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    assert told is None or list(told) == of_spans(spans, zone=zone)


@pytest.mark.parametrize(("month", "hours"), [(1, 24), (3, 23), (10, 25)])
def test_days_of_any_length_are_summed_at_once(month: int, hours: int) -> None:
    first = datetime(2026, month, {1: 1, 3: 29, 10: 25}[month], tzinfo=ZONES[0]).astimezone(UTC)
    at = int(first.timestamp()) + 3600 * np.arange(hours)
    hour, lines = np.full(hours, 3600), np.arange(hours)
    told = of_whole_days(at=at, seconds=hour, amounts=lines, lines=lines + 2, zone=ZONES[0])
    assert told is not None
    assert [(day.amount, day.line) for day in told] == [(hours * (hours - 1) // 2, 2)]
