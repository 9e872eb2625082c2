"""
Between transactional tests the owner empties every table, also those the ledger never lets go.

Django's test case flushes with TRUNCATE or DELETE, which the triggers of the book refuse. The test
launcher owns the tables, so it may lift the triggers for as long as the flush lasts.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.test import TransactionTestCase

HOOK = "_fixture_teardown"  # where Django's test case flushes


def lift_the_guards() -> None:
    """Let every flush of the test run lift the guards of the book around itself."""
    flush: Callable[[Any], None] = getattr(TransactionTestCase, HOOK)

    def guarded(case: Any) -> None:
        # Late: models are read after django.setup().
        from points.ledger import triggers

        with ExitStack() as stack:
            for alias in case._databases_names(include_mirrors=False):
                stack.enter_context(triggers.lifted(connections[alias]))
            flush(case)

    setattr(TransactionTestCase, HOOK, guarded)
