"""
The close of a day: the plan's steps in order, each safe to run twice, remembered as they end.

Truth stands in NightRun and Step. A night that died anywhere is taken up again at its first step
that is not done; Celery and the embedded scheduler only decide when to ask.
"""

import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from celery import Task, current_app
from django.conf import settings
from django.db import transaction

from campus.nights.models import Chunk, NightRun, State, Step
from campus.places.models import Campus


def close_through(*, campus: Campus, day: date, at: datetime) -> list[NightRun]:
    """Close every open day of the campus in order, the last one being `day`."""
    return [close(campus=campus, day=open_day, at=at) for open_day in open_days(campus, day)]


def open_days(campus: Campus, through: date) -> Sequence[date]:
    """
    The days up to and including `through` whose night is not done, in order.

    A campus begins with its first night, or where it never had one, with its first term.
    """
    first = _first_day(campus) or through
    done = set(campus.nights.filter(state=State.DONE).values_list("day", flat=True))
    days = (first + timedelta(days=n) for n in range((through - first).days + 1))
    return [day for day in days if day not in done]


def _first_day(campus: Campus) -> date | None:
    begun = campus.nights.order_by("day").values_list("day", flat=True).first()
    term = campus.terms.order_by("starts_on").values_list("starts_on", flat=True).first()
    return begun or term


def close(*, campus: Campus, day: date, at: datetime) -> NightRun:
    """Run the night plan of one campus and day; steps already done are passed over."""
    run, _new = NightRun.objects.get_or_create(campus=campus, day=day, defaults={"started_at": at})
    steps = [_step(run, name, place) for place, name in enumerate(settings.NIGHT_PLAN)]
    for step in steps:
        if step.state != State.DONE:
            _run(step, campus=campus, day=day, at=at)
    NightRun.objects.filter(pk=run.pk).update(state=State.DONE, finished_at=at)
    run.refresh_from_db()
    return run


def reopen(*, run: NightRun) -> None:
    """Let every step of a night run again, whole: late data may have changed what it reads."""
    Chunk.objects.filter(step__run=run).delete()
    run.steps.update(state=State.WAITING)
    NightRun.objects.filter(pk=run.pk).update(state=State.WAITING, finished_at=None)


def reclose(*, campus: Campus, days: Sequence[date], at: datetime) -> list[date]:
    """
    Close the nights of `days` again, in order, where they were done; returns those days.

    All of them are opened before the first is closed: what a fault leaves undone is then found
    open by `close_through`.
    """
    runs = list(campus.nights.filter(day__in=days, state=State.DONE).order_by("day"))
    for run in runs:
        reopen(run=run)
    return [close(campus=campus, day=run.day, at=at).day for run in runs]


@contextmanager
def chunk(*, run_id: int, step: str, number: int, at: datetime) -> Iterator[Chunk | None]:
    """
    One short transaction for a part of a step, marked done in the same; None if it was done.

    Whoever comes second waits for the first, and then finds it done. Set `rows` of the chunk to
    tell how much was written.
    """
    of = _step(NightRun.objects.get(pk=run_id), step, _place(step))
    Chunk.objects.get_or_create(step=of, number=number)
    with transaction.atomic():
        part = Chunk.objects.select_for_update().get(step=of, number=number)
        if part.done_at is not None:
            yield None
            return
        yield part
        part.done_at = at
        part.save(update_fields=["rows", "done_at"])


def _place(step: str) -> int:
    plan = settings.NIGHT_PLAN
    return plan.index(step) if step in plan else len(plan)


def _step(run: NightRun, name: str, place: int) -> Step:
    step, _new = Step.objects.get_or_create(run=run, name=name, defaults={"position": place})
    return step


def _run(step: Step, *, campus: Campus, day: date, at: datetime) -> None:
    Step.objects.filter(pk=step.pk).update(state=State.RUNNING, started_at=at, error="")
    try:
        task = _task(step.name)
        task(campus_id=campus.pk, day=day.isoformat(), at=at.isoformat(), run_id=step.run_id)
    except Exception:
        fault = traceback.format_exc()
        Step.objects.filter(pk=step.pk).update(state=State.FAILED, error=fault)
        NightRun.objects.filter(pk=step.run_id).update(state=State.FAILED)
        raise
    Step.objects.filter(pk=step.pk).update(state=State.DONE, finished_at=at)


def _task(name: str) -> Task:
    """The task of a step. Outside a worker, tasks are looked for when the first one is asked."""
    if name not in current_app.tasks:
        current_app.loader.import_default_modules()
    return current_app.tasks[name]
