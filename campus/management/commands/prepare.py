"""Everything between a fresh clone and the first request."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from campus import catalogues
from campus.places.models import Campus


class Command(BaseCommand):
    help = "Compile the texts, migrate, and build the demo campus if the database is empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-demo", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        catalogues.compile_all()
        call_command("migrate", verbosity=0, interactive=False)
        if not options["no_demo"] and not Campus.objects.exists():
            self.stdout.write("Building the demo campus from real readings, once:")
            # Straight to the terminal: a wrapped stream would break its lines at each part.
            call_command("demo")
