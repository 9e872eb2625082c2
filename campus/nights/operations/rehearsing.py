"""Nights run for the sake of the answer: what would follow, with nothing left behind."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction

from campus.nights.operations import closing, naming
from campus.places.models import Campus


@contextmanager
def rehearsal() -> Iterator[None]:
    """Whatever is written inside is taken back at its end; whoever reads inside sees it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rehearse(*, campus: Campus, days: Sequence[date], steps: Sequence[str], at: datetime) -> None:
    """
    Run some steps of nights that were closed, day by day, as if they were opened again.

    Only inside a `rehearsal`: no claim is held, and no state of a night is moved.
    """
    for run in campus.nights.filter(day__in=days).order_by("day"):
        closing.start_over(run=run)
        for name in steps:
            naming.task(name)(
                campus_id=campus.pk, day=run.day.isoformat(), at=at.isoformat(), run_id=run.pk
            )
