from datetime import date, timedelta

import pytest
from pytest_django import Settings

from campus.errors import NotFound
from campus.nights import operations
from campus.nights.models import Chunk, NightRun, Outbox, State
from campus.nights.operations import claiming
from campus.places.models import Campus
from tests import factories as make
from tests.campus.nights.plan import AT, DAY, LightsOut, Night

pytestmark = pytest.mark.django_db
BEFORE = DAY - timedelta(days=1)


@pytest.fixture
def campus(night: Night) -> Campus:
    """Two days closed."""
    campus = make.a_campus()
    make.a_term(campus=campus, starts_on=BEFORE)
    operations.close_through(campus=campus, day=DAY, at=AT)
    night.clear()
    return campus


def run_of(day: date) -> NightRun:
    return NightRun.objects.get(day=day)


# --- opening again -------------------------------------------------------------------------------
def test_reopen_lets_every_step_run_again_whole(campus: Campus, night: Night) -> None:
    run = run_of(DAY)
    Chunk.objects.create(step=run.steps.get(name="tests.first"), number=0, done_at=AT)
    operations.reopen(run=run)
    assert not Chunk.objects.exists()
    operations.close(campus=campus, day=DAY, at=AT)
    assert night.names() == ["first", "second"]


def test_a_night_reopened_behind_a_closed_one_is_found_open(campus: Campus) -> None:
    operations.reopen(run=run_of(BEFORE))
    assert operations.open_days(campus, DAY) == [BEFORE]


def test_reopen_leaves_the_steps_of_a_running_night_to_its_process(campus: Campus) -> None:
    NightRun.objects.filter(day=DAY).update(state=State.RUNNING)
    operations.reopen(run=run_of(DAY))
    run = run_of(DAY)
    assert (run.state, run.asked, run.served) == (State.RUNNING, 2, 1)
    assert {step.state for step in run.plan()} == {State.DONE}


# --- closing again -------------------------------------------------------------------------------
def test_reclose_closes_in_order_the_nights_that_were_closed(campus: Campus, night: Night) -> None:
    days = [DAY, BEFORE, DAY + timedelta(days=1)]
    assert operations.reclose(campus=campus, days=days, at=AT) == [BEFORE, DAY]
    assert [day for _name, day in night.ran] == [str(BEFORE)] * 2 + [str(DAY)] * 2


def test_a_fault_while_closing_again_leaves_the_rest_open(campus: Campus, night: Night) -> None:
    night.breaks("second")
    with pytest.raises(LightsOut):
        operations.reclose(campus=campus, days=[BEFORE, DAY], at=AT)
    assert operations.open_days(campus, DAY) == [BEFORE, DAY]


def test_a_step_that_closes_earlier_nights_again_does_not_open_its_own(
    campus: Campus, night: Night
) -> None:
    after, told = DAY + timedelta(days=1), []

    def late_file() -> None:
        night.during.clear()
        told.extend(operations.reclose(campus=campus, days=[DAY, after], at=AT))

    night.during["first"] = late_file
    run = operations.close(campus=campus, day=after, at=AT)
    assert told == [DAY]
    assert (run.state, run.asked) == (State.DONE, 1)
    days = [day for _name, day in night.ran]
    assert days == [str(DAY)] * 2 + [str(after)] * 2


def test_while_another_process_closes_nights_they_are_opened_and_promised(
    campus: Campus, night: Night
) -> None:
    claiming._taken(campus)
    assert operations.reclose(campus=campus, days=[BEFORE], at=AT) == [BEFORE]
    assert night.ran == []
    assert operations.open_days(campus, DAY) == [BEFORE]
    assert Outbox.objects.get().arguments == {"campus_id": campus.pk, "day": str(BEFORE)}


def test_late_data_of_a_failed_night_runs_all_its_steps_again(campus: Campus, night: Night) -> None:
    after = DAY + timedelta(days=1)
    night.breaks("second")
    with pytest.raises(LightsOut):
        operations.close(campus=campus, day=after, at=AT)
    night.clear()
    assert operations.reclose(campus=campus, days=[after], at=AT) == []
    operations.close_through(campus=campus, day=after, at=AT)
    assert night.names() == ["first", "second"]


def test_with_a_broker_nights_are_promised_to_the_workers(
    campus: Campus, night: Night, settings: Settings
) -> None:
    settings.EMBEDDED = False
    assert operations.reclose(campus=campus, days=[BEFORE, DAY], at=AT) == [BEFORE, DAY]
    assert night.ran == []
    assert Outbox.objects.get().arguments["day"] == str(DAY)


# --- a manager asks ------------------------------------------------------------------------------
def test_rerun_opens_the_night_and_promises_its_close(campus: Campus, night: Night) -> None:
    assert operations.rerun(campus=campus, day=DAY, at=AT).state == State.WAITING
    assert operations.sweep(at=AT) == 1
    assert night.ran == [("first", str(DAY)), ("second", str(DAY))]
    assert run_of(DAY).state == State.DONE


def test_rerun_of_a_day_without_a_night_is_not_found(campus: Campus) -> None:
    with pytest.raises(NotFound):
        operations.rerun(campus=campus, day=date(2020, 1, 1), at=AT)


# --- the alarm clock asks ------------------------------------------------------------------------
def test_ask_due_promises_the_open_days_of_each_campus_once(campus: Campus, night: Night) -> None:
    later = AT + timedelta(days=2)
    assert operations.ask_due(at=AT) == 0
    assert operations.ask_due(at=later) == 1
    assert operations.ask_due(at=later) == 0
    assert operations.sweep(at=later) == 1
    assert operations.open_days(campus, DAY + timedelta(days=1)) == []


def test_ask_due_passes_over_a_campus_whose_nights_are_being_closed(campus: Campus) -> None:
    claiming._taken(campus)
    assert operations.ask_due(at=AT + timedelta(days=2)) == 0


def test_each_campus_is_asked_for_by_its_own_clock(night: Night) -> None:
    make.a_campus(), make.a_campus(slug="south", time_zone="America/New_York")
    operations.ask_due(at=AT)  # 09:00 in Seoul, 19:00 of the day before in New York
    assert sorted(message.arguments["day"] for message in Outbox.objects.all()) == [
        "2026-03-01",
        "2026-03-02",
    ]
