"""
Embedded mode's own small alarm clock: a thread that asks for due nights and empties the outbox.

It runs the functions that Celery's beat and workers run where there is a broker.
"""

import threading
from dataclasses import dataclass
from time import monotonic

import structlog
from django.db import close_old_connections, connection

from campus import clock
from campus.nights import operations

log = structlog.get_logger(__name__)
EVERY_SECONDS = 60.0
PULSE_SECONDS = 2.0
LAST_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Running:
    """The thread, and how to end it."""

    thread: threading.Thread
    told: threading.Event

    def stop(self) -> None:
        """End the thread. A night that takes long is left, and taken up at the next start."""
        self.told.set()
        self.thread.join(timeout=LAST_SECONDS)


def start(*, every: float = EVERY_SECONDS) -> Running:
    """Start the thread."""
    told = threading.Event()
    thread = threading.Thread(target=run, args=(told,), kwargs={"every": every}, daemon=True)
    thread.start()
    return Running(thread, told)


def run(stop: threading.Event, *, every: float) -> None:
    """Until told to stop: ask for due nights each `every` seconds, do what waits each pulse."""
    asked = float("-inf")
    while not stop.wait(PULSE_SECONDS):
        due = monotonic() - asked >= every
        asked = monotonic() if due else asked
        turn(ask=due)
        close_old_connections()
    connection.close()


def turn(*, ask: bool) -> int:
    """Do what waits in the outbox, after asking for due nights if so told; returns how much."""
    try:
        if ask:
            operations.ask_due(at=clock.now())
        return operations.sweep(at=clock.now())
    except Exception:
        log.exception("turn_failed")
        return 0
