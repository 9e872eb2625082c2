"""What the alarm clock asks of this app, and how tasks of the outbox report that they are done."""

from datetime import date, datetime
from typing import Any

from celery import Task, shared_task

from campus import clock
from campus.nights import operations
from campus.nights.operations import outbox
from campus.nights.refusals import NightBusy, NotYet
from campus.notices import operations as notices
from campus.places.models import Campus


class Promised(Task[Any, Any]):
    """A task of the outbox: its message is done when it has succeeded, and sent again if not."""

    abstract = True

    def on_success(self, *args: Any, **kwargs: Any) -> None:
        """Settle the message that asked for this task, if one did."""
        if message := self.request.get("message_id"):
            outbox.done(message_id=message, at=clock.now())

    def on_failure(self, *args: Any, **kwargs: Any) -> None:
        """Let the message that asked for this task be sent again."""
        if message := self.request.get("message_id"):
            outbox.failed(message_id=message, at=clock.now())


@shared_task(name="campus.close_due")
def close_due() -> int:
    """Promise the close of every day that is due; returns on how many campuses."""
    return operations.ask_due(at=clock.now())


@shared_task(name="campus.close_night", base=Promised)
def close_night(*, campus_id: int, day: str) -> None:
    """Close the open days of a campus up to `day`, unless another process is about it."""
    campus = Campus.objects.get(pk=campus_id)
    try:
        operations.close_through(campus=campus, day=date.fromisoformat(day), at=clock.now())
    except NightBusy as busy:
        raise NotYet from busy


@shared_task(name="campus.sweep_outbox")
def sweep_outbox() -> int:
    """Send again what may have been lost; returns how many messages."""
    return operations.sweep(at=clock.now())


@shared_task(name="campus.tell")
def tell(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """What the closed day was, told to each student, unless it is caught up weeks later."""
    campus, now = Campus.objects.get(pk=campus_id), datetime.fromisoformat(at)
    if clock.now() - now < notices.NEWS_LASTS:
        notices.tell_day(campus=campus, day=date.fromisoformat(day), at=now)
