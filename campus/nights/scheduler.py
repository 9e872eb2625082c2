"""
Embedded mode's own small alarm clock: a thread that asks for due nights and empties the outbox.

It runs the functions that Celery's beat and workers run where there is a broker.
"""

import threading
from time import monotonic

import structlog
from django.db import close_old_connections

from campus import clock
from campus.nights import operations

log = structlog.get_logger(__name__)
EVERY_SECONDS = 60.0
PULSE_SECONDS = 2.0


def run(
    stop: threading.Event, *, every: float = EVERY_SECONDS, pulse: float = PULSE_SECONDS
) -> None:
    """Until told to stop: ask for due nights each `every` seconds, do what waits each `pulse`."""
    asked = float("-inf")
    while not stop.wait(pulse):
        due = monotonic() - asked >= every
        asked = monotonic() if due else asked
        turn(ask=due)


def turn(*, ask: bool) -> int:
    """Do what waits in the outbox, after asking for due nights if so told; returns how much."""
    close_old_connections()
    try:
        if ask:
            operations.ask_due(at=clock.now())
        return operations.sweep(at=clock.now())
    except Exception:
        log.exception("turn_failed")
        return 0
    finally:
        close_old_connections()


def start(*, every: float = EVERY_SECONDS) -> threading.Event:
    """Start the thread; set the returned event to stop it."""
    stop = threading.Event()
    threading.Thread(target=run, args=(stop,), kwargs={"every": every}, daemon=True).start()
    return stop
