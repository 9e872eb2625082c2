"""The alarm clock, rung through a real Redis in a real worker."""

import pytest
from celery import Celery

from campus import clock
from campus.nights.models import NightRun, State
from tests import factories


@pytest.mark.redis
def test_close_due_closes_the_last_day_in_a_worker_and_once(worker_at: str) -> None:
    campus = factories.a_campus()
    last = clock.last_closed_day(at=clock.now(), zone=campus.zone, close_hour=campus.close_hour)
    sender = Celery("test", broker=worker_at, backend=worker_at)

    assert sender.send_task("campus.close_due").get(timeout=60) == 1
    assert sender.send_task("campus.close_due").get(timeout=60) == 0

    night = NightRun.objects.get()
    assert (night.campus, night.day, night.state) == (campus, last, State.DONE)
    assert {step.state for step in night.steps.all()} == {State.DONE}
