"""Close the days of every campus, up to a date."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from campus import clock
from campus.nights import operations
from campus.places import queries


class Command(BaseCommand):
    help = "Close every open day of each campus through DATE. Safe to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--through", type=date.fromisoformat, required=True, metavar="DATE")
        parser.add_argument("--campus", help="slug of one campus; all of them if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        for campus in queries.campuses():
            if options["campus"] in (None, campus.slug):
                runs = operations.close_through(
                    campus=campus, day=options["through"], at=clock.now()
                )
                days = ", ".join(str(run.day) for run in runs) or "nothing was open"
                self.stdout.write(f"{campus.slug}: {days}")
