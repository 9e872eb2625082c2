"""Let the application's role do all but change what is posted; for the owner, after migrate."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from points.ledger import grants


class Command(BaseCommand):
    help = (
        "Print, or with --apply carry out, the grants of the role under which the application "
        "connects to PostgreSQL. Run it as the owner of the tables after each migrate."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="made before, for example by CREATE ROLE campus_app LOGIN")
        parser.add_argument("--apply", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL knows roles; SQLite is guarded by its triggers.")
        connection.ensure_connection()
        commands = [
            each.as_string(connection.connection)
            for each in grants.statements(role=options["role"])
        ]
        for command in commands:
            self.stdout.write(f"{command};")
        if options["apply"]:
            with transaction.atomic(), connection.cursor() as cursor:
                for command in commands:
                    cursor.execute(command)
            self.stdout.write("-- done")
