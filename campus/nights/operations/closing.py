"""
The close of a day: the plan's steps in order, each safe to run twice, remembered as they end.

Truth stands in NightRun and Step. A night that died anywhere is taken up again at its first step
that is not done; Celery and the embedded scheduler only decide when to ask.
"""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import date, datetime

import structlog
from django.conf import settings
from django.db import DatabaseError, transaction

from campus.nights import reasons
from campus.nights.models import Chunk, NightRun, State, Step
from campus.nights.operations import claiming, naming
from campus.nights.queries import open_days
from campus.nights.refusals import ClaimLost
from campus.places.models import Campus

log = structlog.get_logger(__name__)
_RUNNING: ContextVar[tuple[int, ...]] = ContextVar("nights that this thread runs", default=())


def close_through(*, campus: Campus, day: date, at: datetime) -> list[NightRun]:
    """
    Close every open day of the campus in order, the last one being `day`.

    :raises NightBusy: if another process is closing nights of the campus
    """
    if not open_days(campus, day):
        return []
    with claiming.hold(campus=campus):
        return list(_close_each(campus, day, at))


def _close_each(campus: Campus, day: date, at: datetime) -> Iterator[NightRun]:
    # Asked again after each: an earlier day may have been opened meanwhile.
    while days := open_days(campus, day):
        yield close(campus=campus, day=days[0], at=at)


def close(*, campus: Campus, day: date, at: datetime) -> NightRun:
    """
    Run the night plan of one campus and day; steps already done are passed over.

    :raises NightBusy: if another process is closing nights of the campus
    """
    with claiming.hold(campus=campus):
        run, _new = NightRun.objects.get_or_create(
            campus=campus, day=day, defaults={"started_at": at}
        )
        with _running(run):
            while not _closed(run, at=at):
                log.info("night_asked_again", campus=campus.slug, day=str(day))
        run.refresh_from_db()
        return run


def running() -> tuple[int, ...]:
    """Ids of the nights that this thread is running, the innermost last."""
    return _RUNNING.get()


@contextmanager
def _running(run: NightRun) -> Iterator[None]:
    before = _RUNNING.set((*_RUNNING.get(), run.pk))
    try:
        yield
    finally:
        _RUNNING.reset(before)


def _closed(run: NightRun, *, at: datetime) -> bool:
    """Run what is not done; False if the close was asked for again meanwhile."""
    served = _begin(run)
    for place, name in enumerate(settings.NIGHT_PLAN):
        step = step_of(run_id=run.pk, name=name, place=place)
        if step.state != State.DONE:
            _run(step, run, at=at)
    with claiming.guarded(campus_id=run.campus_id):
        asked_once = NightRun.objects.filter(pk=run.pk, asked=served)
        return bool(asked_once.update(state=State.DONE, finished_at=at))


@transaction.atomic
def _begin(run: NightRun) -> int:
    """Make the steps those of the newest ask, and return which that is."""
    locked = NightRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if locked.served != locked.asked:
        start_over(run=locked)
    locked.state = State.RUNNING
    locked.save(update_fields=["state"])
    return locked.asked


def start_over(*, run: NightRun) -> None:
    """Let every step of a locked night run again, whole; for the newest ask."""
    Chunk.objects.filter(step__run=run).delete()
    run.steps.update(state=State.WAITING, reason="", error="")
    run.served, run.state = run.asked, State.WAITING
    run.save(update_fields=["served", "state"])


def step_of(*, run_id: int, name: str, place: int | None = None) -> Step:
    """A step of a night, made where it is missing."""
    plan = settings.NIGHT_PLAN
    if place is None:
        place = plan.index(name) if name in plan else len(plan)
    step, _new = Step.objects.get_or_create(run_id=run_id, name=name, defaults={"position": place})
    return step


def _run(step: Step, run: NightRun, *, at: datetime) -> None:
    this = Step.objects.filter(pk=step.pk)
    with claiming.guarded(campus_id=run.campus_id):
        this.update(state=State.RUNNING, started_at=at, reason="", error="")
    try:
        task = naming.task(step.name)
        task(campus_id=run.campus_id, day=run.day.isoformat(), at=at.isoformat(), run_id=run.pk)
    except Exception as fault:
        log.exception("step_failed", step=step.name, day=str(run.day))
        # With the database gone the night stays RUNNING, and whoever comes next takes it up; with
        # the claim gone somebody has.
        with suppress(DatabaseError, ClaimLost):
            _failed(step, run, fault)
        raise
    with claiming.guarded(campus_id=run.campus_id):
        this.update(state=State.DONE, finished_at=at)


def _failed(step: Step, run: NightRun, fault: Exception) -> None:
    reason, facts = reasons.of(fault)
    told = {"reason": reason, "facts": facts, "error": traceback.format_exc()}
    with claiming.guarded(campus_id=run.campus_id):
        Step.objects.filter(pk=step.pk).update(state=State.FAILED, **told)
        NightRun.objects.filter(pk=run.pk).update(state=State.FAILED)
