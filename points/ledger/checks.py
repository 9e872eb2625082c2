"""Guarding the guards: triggers and functions return after each migrate; a check tells if not."""

import sys
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections

from points.ledger import payments, triggers


def reinstall(sender: AppConfig, *, using: str, **_more: Any) -> None:
    """Receiver of `post_migrate`: a migration may have remade a table without its triggers."""
    triggers.install(connections[using])
    payments.install(connections[using])


def guards_are_installed(
    app_configs: Sequence[AppConfig] | None, *, databases: Sequence[str] | None = None, **_more: Any
) -> list[CheckMessage]:
    """System check `points.E001`: nothing that the book needs in the database is missing."""
    # `migrate` checks first and installs last: failing there would keep it from healing.
    if sys.argv[1:2] == ["migrate"]:
        return []
    absent = {alias: _missing(alias) for alias in databases or ()}
    return [
        Error(
            f"The ledger lacks guards or functions in database {alias!r}: {', '.join(names)}.",
            hint="Run `python manage.py migrate`; it installs what is missing.",
            id="points.E001",
        )
        for alias, names in absent.items()
        if names
    ]


def _missing(alias: str) -> list[str]:
    return triggers.missing(connections[alias]) + payments.missing(connections[alias])
