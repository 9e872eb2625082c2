"""Prove the whole book, from its first entry to its last."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from points.ledger import queries
from points.ledger.operations import heads


class Command(BaseCommand):
    help = "Prove the whole ledger: laws, lots, seals, and the hashes kept outside the database."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(queries.findings(heads=heads()))
        for finding in found:
            self.stderr.write(f"BROKEN  {finding.law}: {finding.where}")
        book = queries.book()
        self.stdout.write(
            f"{book.transfers} transfers, {book.seals} seals, {book.unsealed} not yet sealed\n"
            f"head   {book.head}\ndigest {book.digest}"
        )
        if found:
            message = f"The book is not sound: {len(found)} findings."
            raise CommandError(message)
        self.stdout.write("The book is sound.")
