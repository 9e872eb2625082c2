"""Prepare, serve the three surfaces, and close each day when it is due."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from campus.demo.accounts import ACCOUNTS, PASSWORD
from campus.nights import scheduler
from campus.places.models import Campus

EMBEDDED = "one process, no broker"
WITH_REDIS = "cache and tasks in Redis; nights need `celery -A campus.celery worker -B` beside this"
SURFACES = (("student", ""), ("manager", "manager/"), ("till", "counter/"))


class Command(BaseCommand):
    help = "Prepare and serve on this machine. Ctrl-C stops all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("prepare", no_demo=options["no_demo"], stdout=self.stdout)
        # One worker process: embedded mode's cache and throttles live in its memory.
        server = Granian(
            "campus.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=4,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        )
        server.on_startup(lambda: self.say(f"http://{options['host']}:{options['port']}/"))
        nights = scheduler.start() if settings.EMBEDDED else None
        try:
            server.serve()
        finally:
            if nights is not None:
                nights.stop()

    def say(self, address: str) -> None:
        """Print where the surfaces are, and how to sign in to the demo."""
        demo = Campus.objects.filter(is_demo=True).exists()
        names = {account.kind: account.username for account in ACCOUNTS}
        self.stdout.write("\nLow-Carbon Campus\n")
        for kind, where in SURFACES:
            sign_in = f"   {names[kind]} / {PASSWORD}" if demo else ""
            self.stdout.write(f"  {kind:<8} {address}{where}{sign_in}")
        self.stdout.write(f"\n  ({EMBEDDED if settings.EMBEDDED else WITH_REDIS}; Ctrl-C stops)\n")
