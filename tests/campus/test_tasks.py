"""The alarm clock, rung through a real Redis in a real worker."""

import time

import pytest
from celery import Celery

from campus import clock
from campus.nights.models import NightRun, State
from tests import factories

TASK = "campus.close_due"


def _wait_until_worked(sender: Celery, *, times: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        answers = sender.control.inspect(timeout=1).stats() or {}
        if any(answer["total"].get(TASK) == times for answer in answers.values()):
            return
    pytest.fail(f"the worker did not take {TASK} {times} times")


@pytest.mark.redis
def test_close_due_closes_the_last_day_in_a_worker_and_once(worker_at: str) -> None:
    campus = factories.a_campus()
    last = clock.last_closed_day(at=clock.now(), zone=campus.zone, close_hour=campus.close_hour)
    sender = Celery("test", broker=worker_at)

    sender.send_task(TASK)
    sender.send_task(TASK)
    _wait_until_worked(sender, times=2)

    night = NightRun.objects.get()
    assert (night.campus, night.day) == (campus, last)
    assert {(step.state, step.error) for step in night.plan()} == {(State.DONE, "")}
    assert night.state == State.DONE
