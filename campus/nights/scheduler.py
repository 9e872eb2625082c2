"""Embedded mode's own small alarm clock: a thread that closes each campus's day when it is due."""

import threading
from datetime import datetime

import structlog
from django.db import close_old_connections

from campus import clock
from campus.nights import operations
from campus.places import queries

log = structlog.get_logger(__name__)
EVERY_SECONDS = 60.0


def close_due(*, at: datetime) -> int:
    """Close every day that is due on any campus at `at`; returns how many were closed."""
    closed = 0
    for campus in queries.campuses():
        last = clock.last_closed_day(at=at, zone=campus.zone, close_hour=campus.close_hour)
        closed += len(operations.close_through(campus=campus, day=last, at=at))
    return closed


def run(stop: threading.Event, *, every: float = EVERY_SECONDS) -> None:
    """Ask once a minute until told to stop. A night that failed is logged and asked for again."""
    while not stop.wait(every):
        close_old_connections()
        try:
            close_due(at=clock.now())
        except Exception:
            log.exception("night_failed")
        finally:
            close_old_connections()


def start(*, every: float = EVERY_SECONDS) -> threading.Event:
    """Start the thread; set the returned event to stop it."""
    stop = threading.Event()
    threading.Thread(target=run, args=(stop,), kwargs={"every": every}, daemon=True).start()
    return stop
