"""The thread of embedded mode, awake for the length of a test."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from campus import clock
from campus.nights import operations, scheduler
from campus.nights.models import NightRun, State
from tests import factories as make
from tests.campus.nights.plan import LightsOut, Night

WITHIN_SECONDS = 20


@contextmanager
def awake(monkeypatch: pytest.MonkeyPatch, *, every: float = 60) -> Iterator[None]:
    monkeypatch.setattr(scheduler, "PULSE_SECONDS", 0.05)
    clock_thread = scheduler.start(every=every)
    try:
        yield
    finally:
        clock_thread.stop()


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN_SECONDS
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_done() -> bool:
    return NightRun.objects.filter(state=State.DONE).exists()


@pytest.mark.django_db(transaction=True)
def test_the_thread_closes_what_is_due_at_once_and_does_what_is_put_later(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    campus = make.a_campus()
    last = clock.last_closed_day(at=clock.now(), zone=campus.zone, close_hour=campus.close_hour)
    with awake(monkeypatch):
        wait_for(is_done)
        operations.rerun(campus=campus, day=last, at=clock.now())
        wait_for(lambda: len(night.ran) == 4 and is_done())
    assert night.ran == [("first", str(last)), ("second", str(last))] * 2


@pytest.mark.django_db
def test_a_night_that_fails_does_not_stop_the_clock(night: Night) -> None:
    make.a_campus()
    night.breaks("first", LightsOut())
    assert scheduler.turn(ask=True) == 0
    assert NightRun.objects.get().state == State.FAILED


@pytest.mark.django_db
def test_a_turn_that_cannot_even_ask_is_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(**_: object) -> int:
        raise ConnectionError

    monkeypatch.setattr(operations, "sweep", breaks)
    assert scheduler.turn(ask=True) == 0
