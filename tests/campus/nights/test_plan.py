"""The plan of the night against the tasks that the apps have."""

import pytest
from celery.exceptions import NotRegistered
from django.conf import settings

from campus.nights.operations import asking, naming


def test_each_step_of_the_plan_is_a_task_of_the_app_it_names() -> None:
    homes = {name: naming.task(name).__module__ for name in settings.NIGHT_PLAN}
    assert homes == {name: f"{name.partition('.')[0]}.tasks" for name in settings.NIGHT_PLAN}


def test_what_the_outbox_and_the_alarm_clock_ask_for_are_tasks() -> None:
    rung = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    assert [naming.task(name).name for name in (*rung, asking.TASK)] == [*rung, asking.TASK]


def test_a_step_that_no_app_has_is_not_found() -> None:
    with pytest.raises(NotRegistered):
        naming.task("meters.no_such_step")
