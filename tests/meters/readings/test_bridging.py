"""Short gaps between hours are bridged when a day is closed, by the rule of the dry run."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from campus.places.models import Campus
from meters.readings import dry_run, operations, queries
from meters.readings.bridging import bridged
from meters.readings.intervals import ACTUAL_MARK, MISSING_MARK, Intervals
from meters.readings.models import DailyUse, Delivery, Issue
from tests import factories
from tests.meters.readings.test_dry_run_laws import outcome

DAY = date(2026, 3, 2)
BERLIN = ZoneInfo("Europe/Berlin")
HEADER = "meter_id,ts_start,kwh"


def rows(day: date, *, without: tuple[int, ...] = ()) -> list[str]:
    return [f"A-1,{day} {h:02d}:00,0.{h:02d}" for h in range(24) if h not in without]


def closed(campus: Campus) -> dict[date, tuple[int | None, str]]:
    at = datetime(2026, 3, 5, 3, tzinfo=ZoneInfo("UTC"))
    operations.close_history(campus=campus, starts_on=DAY, ends_on=DAY + timedelta(days=2), at=at)
    found = DailyUse.objects.order_by("revision")
    return {row.day: (row.wh, row.status) for row in found}


def test_two_hours_between_others_lie_on_their_line(
    campus: Campus, deliver: Callable[..., Delivery]
) -> None:
    meter = factories.a_meter(serial="A-1")
    deliver(HEADER, *rows(DAY, without=(7, 8)))
    assert closed(campus)[DAY] == (2760, "ESTIMATED")
    room = meter.installations.get().room
    assert room is not None
    source = queries.source_of_day(room=room, day=DAY)
    assert source is not None
    assert source.estimate is not None
    assert source.estimate.method == "straight_line"


def test_an_hour_at_midnight_is_bridged_to_the_next_day_once_that_is_told(
    campus: Campus, deliver: Callable[..., Delivery]
) -> None:
    factories.a_meter(serial="A-1")
    deliver(HEADER, *rows(DAY, without=(23,)))
    assert closed(campus)[DAY] == (None, "MISSING")
    deliver(HEADER, f"A-1,{DAY + timedelta(days=1)} 00:00,0.20")
    assert closed(campus)[DAY] == (2530 + 210, "ESTIMATED")


def test_three_hours_are_too_many(campus: Campus, deliver: Callable[..., Delivery]) -> None:
    factories.a_meter(serial="A-1")
    deliver(HEADER, *rows(DAY, without=(7, 8, 9)))
    assert closed(campus)[DAY] == (None, "MISSING")


@given(
    wh=st.lists(st.integers(0, 3000), min_size=24, max_size=24),
    lost=st.sets(st.integers(0, 23), max_size=6),
)
def test_the_campus_and_a_dry_run_bridge_alike(wh: list[int], lost: set[int]) -> None:
    told = [f"A-1,{DAY} {h:02d}:00,{wh[h] / 1000}" for h in range(24) if h not in lost]
    alone = outcome(told, HEADER).daily if told else {}
    days = alone.get(("A-1", "kwh"), [])
    expected = [day.amount for day in days if day.status == "ESTIMATED"]
    marks = [MISSING_MARK if h in lost else ACTUAL_MARK for h in range(24)]
    hours = Intervals(
        np.array([-1 if h in lost else wh[h] for h in range(24)], dtype=np.int32),
        np.array(marks, dtype=np.uint8),
    )
    here = bridged(day=DAY, told={DAY: (hours, 60)}, zone=BERLIN)
    assert (here is None) == (not expected)
    for amount in expected:
        assert abs(dry_run.kwh(amount or 0) * 1000 - (here or 0)) <= 3  # whole Wh, each gap rounded


def test_a_meter_that_is_silent_for_more_than_a_week_is_told_once(
    campus: Campus, deliver: Callable[..., Delivery]
) -> None:
    factories.a_meter(serial="A-1")
    days = [DAY - timedelta(days=n) for n in (14, 13, 12)]
    deliver("meter_id,date,kwh", *(f"A-1,{day},5" for day in [*days, DAY]))
    at = datetime(2026, 3, 5, 3, tzinfo=ZoneInfo("UTC"))
    operations.close_history(campus=campus, starts_on=days[0], ends_on=DAY, at=at)
    found = Issue.objects.filter(code="prolonged_estimate")
    assert [(row.day, row.facts["since"]) for row in found] == [
        (DAY - timedelta(days=4), "2026-02-19")
    ]
