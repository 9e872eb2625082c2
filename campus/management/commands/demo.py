"""Build the demo campus from real readings and close its nights up to this morning."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from importlib import import_module
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from campus import clock
from campus.demo.build import SLUG
from campus.nights import operations
from campus.places.models import Campus

SEOUL = ZoneInfo("Asia/Seoul")
TOLD_AT_ONCE = 28  # nights in a line of what is printed


class Command(BaseCommand):
    help = "Build the demo campus. Its readings reach four weeks beyond today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", type=datetime.fromisoformat, help="the present, for tests")

    def handle(self, *args: Any, **options: Any) -> None:
        at = options["at"] or clock.now()
        if Campus.objects.filter(slug=SLUG).exists():
            raise CommandError("The demo campus stands already.")
        today = at.astimezone(SEOUL).date()
        # An interrupted build leaves nothing; interrupted nights are taken up by the scheduler.
        with transaction.atomic():
            for module in map(import_module, settings.DEMO_PLAN):
                with self.timed(module.TITLE):
                    module.build(today=today, at=at)
        with _unhurried_disk():
            self.close(Campus.objects.get(slug=SLUG), at=at)
            for module in map(import_module, settings.DEMO_LIFE):
                with self.timed(module.TITLE):
                    module.live(today=today, at=at)

    def close(self, campus: Campus, *, at: datetime) -> None:
        """Close each past night at the hour at which it would have closed by itself."""
        last = clock.last_closed_day(at=at, zone=campus.zone, close_hour=campus.close_hour)
        days = operations.open_days(campus, last)
        for weeks in batched(days, TOLD_AT_ONCE):
            with self.timed(f"Nights up to {weeks[-1]:%-d %B}: bills, savings, ranks, points"):
                for day in weeks:
                    morning = clock.day_starts(day + timedelta(days=1), zone=campus.zone)
                    due = morning + timedelta(hours=campus.close_hour)
                    operations.close(campus=campus, day=day, at=due)

    @contextmanager
    def timed(self, title: str) -> Iterator[None]:
        """A line of the build: what it does now, and how long it took."""
        self.stdout.write(f"  {title} ...", ending="")
        self.stdout.flush()
        began = monotonic()
        yield
        self.stdout.write(f" {monotonic() - began:.0f} s")


def batched(days: Sequence[date], number: int) -> Iterator[Sequence[date]]:
    """Days in groups of a number, the last one as long as it is."""
    return (days[first : first + number] for first in range(0, len(days), number))


@contextmanager
def _unhurried_disk() -> Iterator[None]:
    """
    Let SQLite write to the disk when it likes.

    A power cut would undo the last nights, never tear one; nobody has been promised anything yet,
    and the scheduler closes them again.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
        yield
        cursor.execute("PRAGMA synchronous=FULL")
