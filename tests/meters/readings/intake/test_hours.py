"""Hourly rows of a campus whose clocks change: 23, 24 and 25 hours."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from campus.places.models import Campus
from meters.readings import intervals
from meters.readings.models import Delivery, Issue, MeterDay
from tests import factories
from tests.meters.readings.conftest import Deliver

HEADER = "meter_id,ts_start,kwh"
LATER = datetime(2026, 12, 1, tzinfo=UTC)
SPRING, PLAIN, AUTUMN = "2026-03-29", "2026-05-05", "2026-10-25"
Told = Callable[[str], dict[str, tuple[int | None, str]]]


@pytest.fixture(autouse=True)
def campus(db: None) -> Campus:
    campus = factories.a_campus(slug="berlin", time_zone="Europe/Berlin")
    room = factories.a_room(residence=factories.a_residence(campus=campus))
    factories.a_meter(room=room, serial="H-1")
    return campus


@pytest.fixture
def hand_in(deliver: Deliver) -> Deliver:
    return lambda *rows: deliver(HEADER, *rows, at=LATER)


def rows(day: str, hours: list[int], kwh: str = "0.1") -> list[str]:
    return [f"H-1,{day} {hour:02}:00,{kwh}" for hour in hours]


def hours_of(day: str) -> list[int]:
    newest = MeterDay.objects.filter(day=day).order_by("-revision")[0]
    return intervals.unpack(newest.intervals, newest.quality).wh.tolist()


def faults(delivery: Delivery) -> dict[int, str]:
    return {row["line"]: row["code"] for row in delivery.report}


def test_a_plain_day_has_24_hours(hand_in: Deliver, told: Told) -> None:
    delivery = hand_in(*rows(PLAIN, list(range(24))))
    assert (delivery.format, delivery.accepted_rows) == ("delimited", 24)
    assert told("H-1") == {PLAIN: (2400, "ACTUAL")}
    assert MeterDay.objects.get().interval_minutes == 60


def test_the_day_clocks_go_forward_is_complete_with_23_hours(hand_in: Deliver, told: Told) -> None:
    delivery = hand_in(*rows(SPRING, [0, 1, *range(3, 24)]), f"H-1,{SPRING} 02:00,9")
    assert faults(delivery) == {25: "no_such_hour"}
    assert told("H-1") == {SPRING: (2300, "ACTUAL")}


def test_the_repeated_hour_of_autumn_is_real_data(hand_in: Deliver, told: Told) -> None:
    hand_in(
        *rows(AUTUMN, [0, 1]),
        f"H-1,{AUTUMN} 02:00,0.4",
        f"H-1,{AUTUMN} 02:00,0.3",
        *rows(AUTUMN, list(range(3, 24))),
    )
    assert told("H-1") == {AUTUMN: (3000, "ACTUAL")}
    assert hours_of(AUTUMN)[:5] == [100, 100, 400, 300, 100]


def test_the_repeated_hour_may_have_the_same_value_twice(hand_in: Deliver, told: Told) -> None:
    delivery = hand_in(*rows(AUTUMN, [0, 1, 2, 2, *range(3, 24)]))
    assert (delivery.accepted_rows, delivery.duplicate_rows) == (25, 0)
    assert told("H-1") == {AUTUMN: (2500, "ACTUAL")}


def test_a_day_of_25_hours_is_not_complete_with_24(hand_in: Deliver, told: Told) -> None:
    hand_in(*rows(AUTUMN, list(range(24))))
    assert told("H-1") == {AUTUMN: (None, "MISSING")}


def test_a_part_of_a_day_is_missing_with_its_known_hours_kept(hand_in: Deliver, told: Told) -> None:
    hand_in(*rows(PLAIN, [0, 1, 5]))
    assert told("H-1") == {PLAIN: (None, "MISSING")}
    assert hours_of(PLAIN)[:7] == [100, 100, -1, -1, -1, 100, -1]
    issue = Issue.objects.get()
    assert (issue.code, issue.day) == ("hours_missing", date(2026, 5, 5))
    assert issue.facts == {"known": 3, "hours": 24, "kwh": "0.300"}


def test_the_missing_hours_complete_the_day_and_settle_the_issue(
    hand_in: Deliver, told: Told
) -> None:
    hand_in(*rows(PLAIN, list(range(12))))
    hand_in(*rows(PLAIN, list(range(12, 20))))
    assert Issue.objects.get().facts["known"] == 20
    hand_in(*rows(PLAIN, list(range(18, 24))))
    assert told("H-1") == {PLAIN: (2400, "ACTUAL")}
    assert MeterDay.objects.count() == 3
    assert Issue.objects.get().settled_at == LATER


def test_an_hour_told_differently_later_is_a_new_revision(hand_in: Deliver, told: Told) -> None:
    hand_in(*rows(PLAIN, list(range(24))))
    delivery = hand_in(*rows(PLAIN, [7], "0.5"), *rows(PLAIN, [8]))
    assert (delivery.accepted_rows, delivery.duplicate_rows) == (1, 1)
    assert told("H-1") == {PLAIN: (2800, "ACTUAL")}


def test_an_hour_with_two_values_puts_the_day_in_doubt(hand_in: Deliver, told: Told) -> None:
    delivery = hand_in(*rows(PLAIN, list(range(24))), f"H-1,{PLAIN} 07:00,0.5")
    assert faults(delivery) == {9: "two_values", 26: "two_values"}
    assert told("H-1") == {PLAIN: (None, "SUSPECT")}
    assert hours_of(PLAIN)[6:9] == [100, -1, 100]
    hand_in(*rows(PLAIN, [7], "0.5"))
    assert told("H-1") == {PLAIN: (2800, "ACTUAL")}


def test_a_daily_total_completes_a_day_of_which_some_hours_are_known(
    hand_in: Deliver, deliver: Deliver, told: Told
) -> None:
    hand_in(*rows(PLAIN, [0, 1]))
    deliver("meter_id,date,kwh", f"H-1,{PLAIN},2", at=LATER)
    assert told("H-1") == {PLAIN: (2000, "ACTUAL")}
    assert hours_of(PLAIN)[:3] == [100, 100, -1]
    hand_in(*rows(PLAIN, [2]))
    assert told("H-1") == {PLAIN: (2000, "ACTUAL")}
    assert hours_of(PLAIN)[:4] == [100, 100, 100, -1]


def test_hours_that_contradict_a_later_total_are_dropped(
    hand_in: Deliver, deliver: Deliver, told: Told
) -> None:
    hand_in(*rows(PLAIN, list(range(24))))
    deliver("meter_id,date,kwh", f"H-1,{PLAIN},2", at=LATER)
    assert told("H-1") == {PLAIN: (2000, "ACTUAL")}
    newest = MeterDay.objects.order_by("-revision")[0]
    assert (newest.interval_minutes, bytes(newest.intervals)) == (1440, b"")


def test_an_interval_that_parts_no_hour_is_refused(hand_in: Deliver) -> None:
    assert faults(hand_in(f"H-1,{PLAIN} 07:30,0.1")) == {2: "interval_odd"}


def test_a_lone_repeated_hour_is_refused(hand_in: Deliver) -> None:
    assert faults(hand_in(f"H-1,{AUTUMN} 02:00,0.1")) == {2: "hour_ambiguous"}
    assert not MeterDay.objects.exists()
