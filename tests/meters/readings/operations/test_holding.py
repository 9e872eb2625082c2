"""Late data: free for seven days, waiting afterwards, and the same days in any order."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campus.nights.models import NightRun
from campus.places.models import Campus
from meters.readings import operations
from meters.readings.models import Correction, DailyUse, Delivery, Issue
from tests import factories
from tests.meters.readings.conftest import Deliver

HEADER = "meter_id,date,kwh"
FIRST = date(2026, 3, 2)
DAYS = [FIRST + timedelta(days=n) for n in range(10)]


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


@pytest.fixture
def nights(campus: Campus, settings: object) -> Campus:
    """Nights of ten days were closed in time, with nothing told."""
    settings.NIGHT_PLAN = ["meters.close_day"]  # type: ignore[attr-defined]
    factories.a_term(campus=campus)
    factories.a_meter(room=factories.a_room(number="301"), serial="A-1")
    for day in DAYS:
        operations.close_day(campus=campus, day=day, at=at_noon(day + timedelta(days=1)))
        done = at_noon(day + timedelta(days=1))
        NightRun.objects.create(
            campus=campus, day=day, state="DONE", started_at=done, finished_at=done
        )
    return campus


def newest() -> dict[date, tuple[int | None, str]]:
    rows = DailyUse.objects.order_by("revision").values_list("day", "wh", "status")
    return {day: (wh, status) for day, wh, status in rows}


def test_seven_days_are_free_and_the_eighth_waits(nights: Campus, deliver: Deliver) -> None:
    day = DAYS[0]
    in_time = at_noon(day + timedelta(days=7))
    operations.revise_nights(delivery=deliver(HEADER, f"A-1,{day},5", at=in_time), at=in_time)
    assert newest()[day] == (5000, "ACTUAL")
    late = at_noon(day + timedelta(days=8))
    operations.revise_nights(delivery=deliver(HEADER, f"A-1,{day},6", at=late), at=late)
    assert newest()[day] == (5000, "ACTUAL")
    waiting = Correction.objects.get()
    assert (waiting.old_wh, waiting.new_wh, waiting.state) == (5000, 6000, "WAITING")
    again = deliver(HEADER, f"A-1,{day},5.0", at=late + timedelta(hours=1))
    operations.revise_nights(delivery=again, at=late)
    waiting.refresh_from_db()
    assert waiting.state == "OVERTAKEN"
    assert newest()[day] == (5000, "ACTUAL")


def test_a_gap_is_estimated_when_the_meter_speaks_again_and_replaced_by_what_it_tells(
    nights: Campus, deliver: Deliver
) -> None:
    at = at_noon(DAYS[3])
    rows = [f"A-1,{DAYS[n]},{4 + n}" for n in (0, 2)]
    operations.revise_nights(delivery=deliver(HEADER, *rows, at=at), at=at)
    assert newest()[DAYS[1]] == (4000, "ESTIMATED")
    operations.revise_nights(delivery=deliver(HEADER, f"A-1,{DAYS[1]},9", at=at), at=at)
    assert newest()[DAYS[1]] == (9000, "ACTUAL")


def test_an_estimate_that_others_would_now_move_is_no_correction(
    nights: Campus, deliver: Deliver
) -> None:
    at = at_noon(DAYS[3])
    rows = [f"A-1,{DAYS[n]},{4 + n}" for n in (0, 2)]
    operations.revise_nights(delivery=deliver(HEADER, *rows, at=at), at=at)
    assert newest()[DAYS[1]] == (4000, "ESTIMATED")
    late = at_noon(DAYS[9] + timedelta(days=8))
    operations.revise_nights(delivery=deliver(HEADER, f"A-1,{DAYS[0]},8", at=late), at=late)
    assert Correction.objects.get().day == DAYS[0], "the day that was told, and no guess"
    assert newest()[DAYS[1]] == (4000, "ESTIMATED")


def test_a_file_that_tells_days_apart_moves_the_gap_between_them(
    nights: Campus, deliver: Deliver
) -> None:
    at = at_noon(DAYS[5])
    operations.revise_nights(delivery=deliver(HEADER, f"A-1,{DAYS[2]},5", at=at), at=at)
    assert newest()[DAYS[1]] == (None, "MISSING")
    rows = [f"A-1,{DAYS[n]},{4 + n}" for n in (0, 4)]
    operations.revise_nights(delivery=deliver(HEADER, *rows, at=at), at=at)
    assert newest()[DAYS[1]] == (4000, "ESTIMATED")
    assert newest()[DAYS[3]] == (4500, "ESTIMATED")


def test_a_day_that_a_person_said_does_not_hide_the_gap_before_it(
    nights: Campus, deliver: Deliver
) -> None:
    from campus.nights import operations as asked

    at, room = at_noon(DAYS[5]), factories.a_room(number="301")
    operations.revise_nights(delivery=deliver(HEADER, f"A-1,{DAYS[0]},4", at=at), at=at)
    operations.edit_day(room=room, day=DAYS[2], wh=4200, reason="seen", by=None, at=at)
    asked.close_through(campus=nights, day=DAYS[-1], at=at)
    operations.revise_nights(delivery=deliver(HEADER, f"A-1,{DAYS[3]},6", at=at), at=at)
    assert newest()[DAYS[1]] == (4000, "ESTIMATED")
    assert newest()[DAYS[2]] == (4200, "EDITED")


def test_an_edit_outranks_the_meter_and_is_taken_back(nights: Campus, deliver: Deliver) -> None:
    from campus.nights import operations as asked

    day, at = DAYS[1], at_noon(DAYS[3])
    room = factories.a_room(number="301")
    operations.revise_nights(delivery=deliver(HEADER, f"A-1,{day},5", at=at), at=at)
    edit = operations.edit_day(
        room=room, day=day, wh=4200, reason="read on the spot", by=None, at=at
    )
    assert (edit.old_wh, edit.old_status) == (5000, "ACTUAL")
    asked.close_through(campus=nights, day=DAYS[-1], at=at)
    assert newest()[day] == (4200, "EDITED")
    operations.revise_nights(delivery=deliver(HEADER, f"A-1,{day},7", at=at), at=at)
    assert newest()[day] == (4200, "EDITED")
    operations.edit_day(room=room, day=day, wh=None, reason="wrong room", by=None, at=at)
    asked.close_through(campus=nights, day=DAYS[-1], at=at)
    assert newest()[day] == (7000, "ACTUAL")


def test_what_no_breaker_lets_through_is_billed_to_nobody(nights: Campus, deliver: Deliver) -> None:
    day, at = DAYS[1], at_noon(DAYS[3])
    operations.revise_nights(delivery=deliver(HEADER, f"A-1,{day},900", at=at), at=at)
    assert newest()[day] == (None, "SUSPECT")
    issue = Issue.objects.get(code="too_high")
    assert issue.facts == {"kwh": "900.000", "most": "88.320", "amps": 16}
    operations.revise_nights(delivery=deliver(HEADER, f"A-1,{day},9", at=at), at=at)
    assert newest()[day] == (9000, "ACTUAL")
    issue.refresh_from_db()
    assert issue.settled_at is not None


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10_000))
def test_late_data_in_any_order_ends_in_the_same_days(
    nights: Campus, deliver: Deliver, seed: int
) -> None:
    chance = random.Random(seed)
    told = [(day, chance.randrange(2, 30)) for day in DAYS[3:] if chance.random() < 0.7]
    at = at_noon(DAYS[-1])
    first = _ends(nights, deliver, [told], at)
    shuffled = chance.sample(told, len(told))
    assert _ends(nights, deliver, [[one] for one in shuffled], at) == first


def _ends(
    campus: Campus, deliver: Deliver, parts: Sequence[Sequence[tuple[date, int]]], at: datetime
) -> dict[date, tuple[int | None, str]]:
    from django.db import transaction

    with transaction.atomic():
        for part in parts:
            if part:
                rows = [f"A-1,{day},{kwh}" for day, kwh in part]
                operations.revise_nights(delivery=deliver(HEADER, *rows, at=at), at=at)
        ends = newest()
        transaction.set_rollback(True)
    assert Delivery.objects.count() == 0
    return ends
