from collections.abc import Callable
from datetime import date

import pytest

from campus.places.models import Campus
from meters.readings.models import Issue, MeterDay, RegisterReading
from tests import factories
from tests.meters.readings.conftest import Deliver

HEADER = "meter_id,read_at,register_kwh"
Told = Callable[[str], dict[str, tuple[int | None, str]]]


@pytest.fixture(autouse=True)
def _meter(campus: Campus) -> None:
    factories.a_meter(serial="C-1", since=date(2026, 3, 1))


@pytest.fixture
def hand_in(deliver: Deliver) -> Deliver:
    return lambda *rows: deliver(HEADER, *rows)


def midnight(day: str, kwh: str) -> str:
    return f"C-1,{day} 00:00,{kwh}"


def test_a_day_is_the_step_from_midnight_to_midnight(hand_in: Deliver, told: Told) -> None:
    delivery = hand_in(
        midnight("2026-03-03", "107.25"),
        midnight("2026-03-02", "100"),
        "C-1,2026-03-03 12:00,107.25",
        midnight("2026-03-04", "107.25"),
    )
    assert (delivery.format, delivery.accepted_rows) == ("delimited", 4)
    assert told("C-1") == {"2026-03-02": (7250, "ACTUAL"), "2026-03-03": (0, "ACTUAL")}


def test_rounding_is_of_the_register_so_that_days_sum_to_its_step(
    hand_in: Deliver, told: Told
) -> None:
    hand_in(
        midnight("2026-03-02", "0.0004"),
        midnight("2026-03-03", "0.0008"),
        midnight("2026-03-04", "0.0012"),
    )
    assert sum(wh or 0 for wh, _status in told("C-1").values()) == 1


def test_a_gap_of_midnights_is_shared_by_time_until_it_is_filled(
    hand_in: Deliver, told: Told
) -> None:
    hand_in(midnight("2026-03-02", "100"), midnight("2026-03-04", "110"))
    assert told("C-1") == {"2026-03-02": (5000, "ESTIMATED"), "2026-03-03": (5000, "ESTIMATED")}
    hand_in(midnight("2026-03-03", "104"))
    assert told("C-1") == {"2026-03-02": (4000, "ACTUAL"), "2026-03-03": (6000, "ACTUAL")}


def test_a_register_that_went_back_puts_its_day_in_doubt(hand_in: Deliver, told: Told) -> None:
    hand_in(midnight("2026-03-02", "110"), midnight("2026-03-03", "104"))
    assert told("C-1") == {"2026-03-02": (None, "SUSPECT")}
    issue = Issue.objects.get()
    assert (issue.code, issue.facts) == ("register_went_back", {"from": "110.000", "to": "104.000"})


def test_a_register_that_rolled_over_goes_on_counting(hand_in: Deliver, told: Told) -> None:
    hand_in(midnight("2026-03-02", "999995.2"), midnight("2026-03-03", "000004.6"))
    assert told("C-1") == {"2026-03-02": (9400, "ACTUAL")}
    assert Issue.objects.get().code == "register_rolled_over"
    assert Issue.objects.get().settled_at is not None


def test_a_corrected_register_revises_the_two_days_it_parts(hand_in: Deliver, told: Told) -> None:
    hand_in(*(midnight(f"2026-03-0{n}", str(100 + 5 * n)) for n in range(2, 6)))
    hand_in(midnight("2026-03-03", "117"))
    assert told("C-1") == {
        "2026-03-02": (7000, "ACTUAL"),
        "2026-03-03": (3000, "ACTUAL"),
        "2026-03-04": (5000, "ACTUAL"),
    }
    assert MeterDay.objects.count() == 5
    assert RegisterReading.objects.filter(revision=2).count() == 1


def test_a_register_read_with_two_values_is_held_and_its_days_in_doubt(
    hand_in: Deliver, told: Told
) -> None:
    delivery = hand_in(
        midnight("2026-03-02", "100"),
        midnight("2026-03-03", "104"),
        midnight("2026-03-03", "105"),
        midnight("2026-03-04", "110"),
    )
    assert [row["line"] for row in delivery.report] == [3, 4]
    assert told("C-1") == {"2026-03-02": (None, "SUSPECT"), "2026-03-03": (None, "SUSPECT")}
    hand_in(midnight("2026-03-03", "104"))
    assert told("C-1") == {"2026-03-02": (4000, "ACTUAL"), "2026-03-03": (6000, "ACTUAL")}


def test_the_midnight_that_ends_an_installation_still_counts(hand_in: Deliver, told: Told) -> None:
    factories.a_meter(serial="C-2", since=date(2026, 3, 2), until=date(2026, 3, 4))
    delivery = hand_in(*(f"C-2,2026-03-0{n} 00:00,{n}" for n in range(1, 7)))
    assert [row["line"] for row in delivery.report] == [2, 6, 7]
    assert told("C-2") == {"2026-03-02": (1000, "ACTUAL"), "2026-03-03": (1000, "ACTUAL")}
