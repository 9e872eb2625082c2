"""Build the demo campus from real readings and close its nights up to this morning."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
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


class Command(BaseCommand):
    help = "Build the demo campus. Its readings reach four weeks beyond today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", type=datetime.fromisoformat, help="the present, for tests")

    def handle(self, *args: Any, **options: Any) -> None:
        at = options["at"] or clock.now()
        if Campus.objects.filter(slug=SLUG).exists():
            raise CommandError("The demo campus stands already.")
        began = monotonic()
        # An interrupted build leaves nothing; interrupted nights are taken up by the scheduler.
        with transaction.atomic():
            for module in settings.DEMO_PLAN:
                import_module(module).build(today=at.astimezone(SEOUL).date(), at=at)
                self.stdout.write(f"  {module.partition('.')[0]} {monotonic() - began:.0f} s")
        with _unhurried_disk():
            nights = self.close(Campus.objects.get(slug=SLUG), at=at)
            for module in settings.DEMO_LIFE:
                import_module(module).live(today=at.astimezone(SEOUL).date(), at=at)
        self.stdout.write(f"Demo campus: {nights} nights closed in {monotonic() - began:.0f} s.")

    def close(self, campus: Campus, *, at: datetime) -> int:
        """Close each past night at the hour at which it would have closed by itself."""
        last = clock.last_closed_day(at=at, zone=campus.zone, close_hour=campus.close_hour)
        days = operations.open_days(campus, last)
        for day in days:
            morning = clock.day_starts(day + timedelta(days=1), zone=campus.zone)
            operations.close(
                campus=campus, day=day, at=morning + timedelta(hours=campus.close_hour)
            )
        return len(days)


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
