"""What the alarm clock asks of this app."""

from celery import shared_task

from campus import clock
from campus.nights import scheduler


@shared_task(name="campus.close_due")
def close_due() -> int:
    """Close every day that is due on any campus; returns how many were closed."""
    return scheduler.close_due(at=clock.now())
