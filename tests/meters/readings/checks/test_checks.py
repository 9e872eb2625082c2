"""Each check finds what it is for, with its figures, and lets the ordinary pass."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from meters.readings import checks
from meters.readings.checks import DaySeen, Weight

DAY = date(2026, 3, 20)
BEFORE = {DAY - timedelta(days=n): 5000 for n in range(1, 15)}
PLAIN = DaySeen(day=DAY, wh=6000, before=BEFORE, occupied=True, register_wh=6000)


def test_an_ordinary_day_raises_no_doubt() -> None:
    assert checks.doubts(PLAIN) == []
    assert checks.doubts(replace(PLAIN, wh=None)) == []


@pytest.mark.parametrize(
    ("seen", "code", "weight", "facts"),
    [
        (
            replace(PLAIN, wh=88_321, before={}, register_wh=None),
            "too_high",
            Weight.WITHHELD,
            {"kwh": "88.321", "most": "88.320", "amps": 16},
        ),
        (
            replace(PLAIN, highest_wh=921, interval_minutes=15),
            "too_high",
            Weight.WITHHELD,
            {"kwh": "0.921", "most": "0.920", "amps": 16},
        ),
        (
            replace(PLAIN, wh=20_001, register_wh=None),
            "spike",
            Weight.SUSPECT,
            {"kwh": "20.001", "usual": "5.000", "days": 14},
        ),
        (
            replace(
                PLAIN,
                wh=0,
                register_wh=0,
                before={**BEFORE, DAY - timedelta(days=1): 0, DAY - timedelta(days=2): 0},
            ),
            "zero_run",
            Weight.NOTED,
            {"days": 3, "since": "2026-03-18"},
        ),
        (
            replace(PLAIN, register_wh=6201),
            "sum_differs",
            Weight.SUSPECT,
            {"kwh": "6.000", "register": "6.201"},
        ),
    ],
)
def test_a_check_finds_its_own_and_nothing_else(
    seen: DaySeen, code: str, weight: Weight, facts: dict[str, object]
) -> None:
    [doubt] = checks.doubts(seen)
    assert (doubt.code, doubt.weight, dict(doubt.facts)) == (code, weight, facts)


@pytest.mark.parametrize(
    "seen",
    [
        replace(PLAIN, wh=88_320, before={}, register_wh=None),
        replace(PLAIN, wh=20_000, register_wh=None),
        replace(PLAIN, wh=5000, before=dict.fromkeys(BEFORE, 100), register_wh=None),
        replace(PLAIN, wh=50_000, before=dict(list(BEFORE.items())[:6]), register_wh=None),
        replace(PLAIN, wh=0, register_wh=0, occupied=False, before=dict.fromkeys(BEFORE, 0)),
        replace(PLAIN, register_wh=6200),
        replace(PLAIN, wh=60_000, register_wh=60_299, before={}),
    ],
)
def test_what_lies_on_the_edge_passes(seen: DaySeen) -> None:
    assert checks.doubts(seen) == []


def test_a_day_of_25_hours_may_carry_an_hour_more() -> None:
    long = replace(PLAIN, wh=92_000, hours=25, before={}, register_wh=None)
    assert checks.doubts(long) == []
    assert checks.doubts(replace(long, hours=23)) != []
