"""
Something happens at the n-th touch of the database: before or after a statement or a commit.

Time would hit the long statements most; touches hit every gap alike, also that between a commit
and whatever should follow it.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

COMMIT = "_commit"  # where every engine of Django commits


class Touches:
    """Counts touches of every connection of this process, and does `then` at some of them."""

    def __init__(self, *, at: Iterable[int] = (), then: Callable[[], None] = lambda: None) -> None:
        self.count = 0
        self._at, self._then = frozenset(at), then
        self._lock = threading.Lock()

    def watch(self) -> None:
        """Begin with every connection that is opened from now on."""
        connection_created.connect(self._opened, weak=False)
        commit: Callable[[BaseDatabaseWrapper], None] = getattr(BaseDatabaseWrapper, COMMIT)

        def touched(wrapper: BaseDatabaseWrapper) -> None:
            self.touch()
            commit(wrapper)
            self.touch()

        setattr(BaseDatabaseWrapper, COMMIT, touched)

    def touch(self) -> None:
        """One more."""
        with self._lock:
            self.count += 1
            now = self.count in self._at
        if now:
            self._then()

    def _opened(self, *, connection: BaseDatabaseWrapper, **_more: Any) -> None:
        # The list outlives a connection that was lost and opened again.
        if self._statement not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._statement)

    def _statement(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.touch()
        answer = execute(*arguments)
        self.touch()
        return answer
