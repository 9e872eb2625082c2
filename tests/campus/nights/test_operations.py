from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from celery import current_app, shared_task
from pytest_django import Settings

from campus.nights import operations
from campus.nights.models import NightRun, State
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, tzinfo=UTC)
DAY = date(2026, 3, 2)
seen: list[tuple[str, str]] = []
broken: set[str] = set()


class LightsOut(Exception):
    pass


def _work(name: str, day: str) -> None:
    if name in broken:
        raise LightsOut
    seen.append((name, day))


@shared_task(name="tests.first")
def first(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    _work("first", day)


@shared_task(name="tests.second")
def second(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    _work("second", day)


@pytest.fixture(autouse=True)
def _plan(settings: Settings) -> Iterator[None]:
    settings.NIGHT_PLAN = ["tests.first", "tests.second"]
    assert "tests.first" in current_app.tasks
    yield
    seen.clear()
    broken.clear()


def test_close_runs_the_steps_in_order_and_once() -> None:
    campus = make.a_campus()
    operations.close(campus=campus, day=DAY, at=AT)
    run = operations.close(campus=campus, day=DAY, at=AT)
    assert seen == [("first", "2026-03-02"), ("second", "2026-03-02")]
    assert run.state == State.DONE


def test_a_night_that_died_goes_on_at_the_step_that_failed() -> None:
    campus = make.a_campus()
    broken.add("second")
    with pytest.raises(LightsOut):
        operations.close(campus=campus, day=DAY, at=AT)
    run = NightRun.objects.get()
    assert run.state == State.FAILED
    assert "LightsOut" in run.steps.get(name="tests.second").error
    broken.clear()
    assert operations.close(campus=campus, day=DAY, at=AT).state == State.DONE
    assert [name for name, _day in seen] == ["first", "second"]


def test_close_through_closes_every_open_day_and_then_nothing() -> None:
    campus = make.a_campus()
    make.a_term(campus=campus, starts_on=date(2026, 3, 1))
    assert len(operations.close_through(campus=campus, day=DAY, at=AT)) == 2
    assert operations.close_through(campus=campus, day=DAY, at=AT) == []


def test_reopen_lets_every_step_run_again() -> None:
    run = operations.close(campus=make.a_campus(), day=DAY, at=AT)
    operations.reopen(run=run)
    operations.close(campus=run.campus, day=DAY, at=AT)
    assert [name for name, _day in seen] == ["first", "second"] * 2


def test_a_night_reopened_behind_a_closed_one_is_found_open() -> None:
    campus = make.a_campus()
    make.a_term(campus=campus, starts_on=date(2026, 3, 1))
    operations.close_through(campus=campus, day=DAY, at=AT)
    operations.reopen(run=NightRun.objects.get(day=date(2026, 3, 1)))
    assert operations.open_days(campus, DAY) == [date(2026, 3, 1)]
