from datetime import date

import pytest

from campus.nights import operations
from campus.nights.models import Claim, NightRun, State
from campus.nights.operations import claiming
from campus.nights.refusals import NightBusy
from points.ledger.refusals import BookDoesNotBalance
from tests import factories as make
from tests.campus.nights.plan import AT, DAY, LightsOut, Night

pytestmark = pytest.mark.django_db


def test_close_runs_the_steps_in_order_and_once(night: Night) -> None:
    campus = make.a_campus()
    operations.close(campus=campus, day=DAY, at=AT)
    run = operations.close(campus=campus, day=DAY, at=AT)
    assert night.ran == [("first", "2026-03-02"), ("second", "2026-03-02")]
    assert (run.state, run.finished_at) == (State.DONE, AT)


def test_a_night_that_died_goes_on_at_the_step_that_failed(night: Night) -> None:
    campus = make.a_campus()
    night.breaks("second")
    with pytest.raises(LightsOut):
        operations.close(campus=campus, day=DAY, at=AT)
    run = NightRun.objects.get()
    assert run.state == State.FAILED
    assert "LightsOut" in run.steps.get(name="tests.second").error
    night.during.clear()
    assert operations.close(campus=campus, day=DAY, at=AT).state == State.DONE
    assert night.names() == ["first", "second"]


def test_a_step_that_fails_keeps_its_reason_until_it_runs_again(night: Night) -> None:
    campus = make.a_campus()
    night.breaks("first", BookDoesNotBalance(accounts="7"))
    with pytest.raises(BookDoesNotBalance):
        operations.close(campus=campus, day=DAY, at=AT)
    step = NightRun.objects.get().steps.get(name="tests.first")
    assert (step.state, step.reason) == (State.FAILED, "book_does_not_balance")
    assert step.facts == {"accounts": "7"}
    night.during.clear()
    operations.close(campus=campus, day=DAY, at=AT)
    step.refresh_from_db()
    assert (step.state, step.reason, step.error) == (State.DONE, "", "")


def test_close_through_closes_every_open_day_and_then_nothing(night: Night) -> None:
    campus = make.a_campus()
    make.a_term(campus=campus, starts_on=date(2026, 3, 1))
    assert len(operations.close_through(campus=campus, day=DAY, at=AT)) == 2
    assert operations.close_through(campus=campus, day=DAY, at=AT) == []


def test_close_through_stops_at_the_first_day_that_fails(night: Night) -> None:
    campus = make.a_campus()
    make.a_term(campus=campus, starts_on=date(2026, 3, 1))
    night.breaks("first")
    with pytest.raises(LightsOut):
        operations.close_through(campus=campus, day=DAY, at=AT)
    assert operations.open_days(campus, DAY) == [date(2026, 3, 1), DAY]
    assert not NightRun.objects.filter(day=DAY).exists()


def test_a_night_asked_for_again_while_it_runs_runs_again_before_it_is_done(night: Night) -> None:
    campus = make.a_campus()

    def late_data() -> None:
        if len(night.ran) < 2:
            operations.reopen(run=NightRun.objects.get())

    night.during["second"] = late_data
    run = operations.close(campus=campus, day=DAY, at=AT)
    assert night.names() == ["first", "second"] * 2
    assert (run.state, run.asked, run.served) == (State.DONE, 2, 2)


def test_a_night_whose_process_died_is_taken_up_at_its_running_step(night: Night) -> None:
    run = operations.close(campus=make.a_campus(), day=DAY, at=AT)
    NightRun.objects.update(state=State.RUNNING)
    run.steps.filter(name="tests.second").update(state=State.RUNNING)
    assert operations.close(campus=run.campus, day=DAY, at=AT).state == State.DONE
    assert night.names() == ["first", "second", "second"]


def test_a_process_whose_claim_was_taken_over_stops_before_the_next_step(night: Night) -> None:
    campus = make.a_campus()
    night.during["first"] = lambda: Claim.objects.update(token=None)
    with pytest.raises(NightBusy):
        operations.close(campus=campus, day=DAY, at=AT)
    assert night.names() == ["first"]
    assert NightRun.objects.get().state == State.RUNNING


def test_a_fault_of_whoever_lost_the_claim_is_not_written_over_the_others_work(
    night: Night,
) -> None:
    def overtaken() -> None:
        Claim.objects.update(token=None)
        NightRun.objects.update(state=State.DONE)
        raise LightsOut

    night.during["first"] = overtaken
    with pytest.raises(LightsOut):
        operations.close(campus=make.a_campus(), day=DAY, at=AT)
    assert NightRun.objects.get().state == State.DONE


def test_while_one_closes_a_night_nobody_else_closes_any_of_that_campus(night: Night) -> None:
    campus, south = make.a_campus(), make.a_campus(slug="south")
    claiming._taken(campus)  # by another process
    with pytest.raises(NightBusy):
        operations.close(campus=campus, day=DAY, at=AT)
    with pytest.raises(NightBusy):
        operations.close_through(campus=campus, day=DAY, at=AT)
    assert operations.close(campus=south, day=DAY, at=AT).state == State.DONE
