"""Prove that every statement is as it was closed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from points.coupons import queries
from points.coupons.models import Statement


class Command(BaseCommand):
    help = "Prove that every statement still gives its hash and follows the one before."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = queries.changed_statements()
        for statement in changed:
            self.stderr.write(f"CHANGED  café {statement.cafe.uid}, number {statement.number}")
        if changed:
            message = f"Not as they were closed: {len(changed)} statements."
            raise CommandError(message)
        self.stdout.write(f"As they were closed: {Statement.objects.count()} statements.")
