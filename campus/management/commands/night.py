"""Close the days of every campus, up to a date."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campus import clock
from campus.nights import operations
from campus.nights.refusals import NightBusy
from campus.places import queries
from campus.places.models import Campus


class Command(BaseCommand):
    help = "Close every open day of each campus through DATE. Safe to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--through", type=date.fromisoformat, required=True, metavar="DATE")
        parser.add_argument("--campus", help="slug of one campus; all of them if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        for campus in queries.campuses():
            if options["campus"] in (None, campus.slug):
                self.stdout.write(f"{campus.slug}: {closed(campus, options['through'])}")


def closed(campus: Campus, through: date) -> str:
    """
    Close the open days of a campus and tell which.

    :raises CommandError: if another process is about it
    """
    try:
        runs = operations.close_through(campus=campus, day=through, at=clock.now())
    except NightBusy as busy:
        raise CommandError(f"{campus.slug}: another process is closing its nights.") from busy
    return ", ".join(str(run.day) for run in runs) or "nothing was open"
