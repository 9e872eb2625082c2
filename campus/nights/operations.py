"""
The close of a day: the plan's steps in order, each safe to run twice, remembered as they end.

Truth stands in NightRun and Step. A night that died anywhere is taken up again at its first step
that is not done; Celery and the embedded scheduler only decide when to ask.
"""

import traceback
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from celery import current_app
from django.conf import settings

from campus.nights.models import NightRun, State, Step
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
    """Let every step of a night run again: late data may have changed what it reads."""
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


def _step(run: NightRun, name: str, place: int) -> Step:
    step, _new = Step.objects.get_or_create(run=run, name=name, defaults={"position": place})
    return step


def _run(step: Step, *, campus: Campus, day: date, at: datetime) -> None:
    Step.objects.filter(pk=step.pk).update(state=State.RUNNING, started_at=at, error="")
    try:
        task = current_app.tasks[step.name]
        task(campus_id=campus.pk, day=day.isoformat(), at=at.isoformat(), run_id=step.run_id)
    except Exception:
        fault = traceback.format_exc()
        Step.objects.filter(pk=step.pk).update(state=State.FAILED, error=fault)
        NightRun.objects.filter(pk=step.run_id).update(state=State.FAILED)
        raise
    Step.objects.filter(pk=step.pk).update(state=State.DONE, finished_at=at)
