"""Asking for nights: those that are due, and those that must be closed again."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from campus import clock
from campus.errors import NotFound
from campus.nights import queries
from campus.nights.models import NightRun, State
from campus.nights.operations import claiming, closing, outbox
from campus.nights.refusals import NightBusy
from campus.places import queries as places
from campus.places.models import Campus

TASK = "campus.close_night"


def ask_due(*, at: datetime) -> int:
    """
    Promise the close of every campus that has an open day due at `at`; returns how many.

    A campus whose nights are being closed now, or were promised already, is passed over.
    """
    return sum(_ask_due(campus, at) for campus in places.campuses())


def _ask_due(campus: Campus, at: datetime) -> bool:
    last = clock.last_closed_day(at=at, zone=campus.zone, close_hour=campus.close_hour)
    idle = not queries.is_claimed(campus=campus) and not queries.is_promised(key=_key(campus, last))
    if idle and queries.open_days(campus, last):
        promise(campus=campus, day=last, at=at)
        return True
    return False


def promise(*, campus: Campus, day: date, at: datetime) -> None:
    """Let the nights of a campus up to `day` be closed by whoever empties the outbox."""
    outbox.put(
        task=TASK,
        arguments={"campus_id": campus.pk, "day": day.isoformat()},
        key=_key(campus, day),
        at=at,
    )


def _key(campus: Campus, day: date) -> str:
    return f"{TASK}:{campus.pk}:{day}"


@transaction.atomic
def reopen(*, run: NightRun) -> None:
    """
    Let every step of a night run again, whole: late data may have changed what it reads.

    A night that is running now is run again by its process when it comes to its end.
    """
    locked = NightRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    locked.asked += 1
    locked.save(update_fields=["asked"])
    if locked.state != State.RUNNING:
        closing.start_over(run=locked)


@transaction.atomic
def rerun(*, campus: Campus, day: date, at: datetime) -> NightRun:
    """
    Open a night again and promise its close; returns it as it now stands.

    :raises NotFound: if that day never had a night
    """
    run = NightRun.objects.filter(campus=campus, day=day).first()
    if run is None:
        raise NotFound
    reopen(run=run)
    promise(campus=campus, day=day, at=at)
    run.refresh_from_db()
    return run


@transaction.atomic
def ask_again(*, campus: Campus, days: Sequence[date], at: datetime) -> list[date]:
    """
    Open the nights of `days` again and promise their close; returns those that have one.

    For a change that is part of a larger transaction: nothing is closed before it has committed.
    """
    runs = list(campus.nights.filter(day__in=days).order_by("day"))
    for run in runs:
        reopen(run=run)
    if runs:
        promise(campus=campus, day=runs[-1].day, at=at)
    return [run.day for run in runs]


def reclose(*, campus: Campus, days: Sequence[date], at: datetime) -> list[date]:
    """
    Close the nights of `days` again, in order, where they were closed or are being closed.

    All of them are opened before the first is closed: what a fault leaves undone is then found
    open by `close_through`. With a broker, or while another process closes nights, the close is
    promised instead of done. Returns the days.
    """
    # Those that this thread is running have their steps still before them.
    runs = campus.nights.filter(day__in=days).exclude(pk__in=closing.running()).order_by("day")
    known = list(runs)
    for run in known:
        reopen(run=run)
    again = [run.day for run in known if run.state in (State.DONE, State.RUNNING)]
    if again and not _closed_here(campus, again, at):
        promise(campus=campus, day=again[-1], at=at)
    return again


def _closed_here(campus: Campus, days: Sequence[date], at: datetime) -> bool:
    if not settings.EMBEDDED and not claiming.holds(campus=campus):
        return False
    try:
        with claiming.hold(campus=campus):
            for day in days:
                closing.close(campus=campus, day=day, at=at)
    except NightBusy:
        return False
    return True
