"""The alarm clock, rung through a real Redis in a real worker."""

import time

import pytest
from celery import Celery

from campus import clock
from campus.nights.models import NightRun, Outbox, State
from tests import factories

WITHIN_SECONDS = 60


def _wait_until_worked(sender: Celery, task: str, *, times: int) -> None:
    deadline = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < deadline:
        answers = sender.control.inspect(timeout=1).stats() or {}
        if any(answer["total"].get(task) == times for answer in answers.values()):
            return
    pytest.fail(f"the worker did not take {task} {times} times")


@pytest.mark.redis
def test_close_due_promises_the_last_day_and_the_worker_closes_it_once(worker_at: str) -> None:
    campus = factories.a_campus()
    last = clock.last_closed_day(at=clock.now(), zone=campus.zone, close_hour=campus.close_hour)
    sender = Celery("test", broker=worker_at)

    sender.send_task("campus.close_due")
    sender.send_task("campus.close_due")
    _wait_until_worked(sender, "campus.close_due", times=2)
    _wait_until_worked(sender, "campus.close_night", times=1)

    night = NightRun.objects.get()
    assert (night.campus, night.day) == (campus, last)
    assert {(step.state, step.error) for step in night.plan()} == {(State.DONE, "")}
    assert night.state == State.DONE
    assert Outbox.objects.get().done_at is not None
