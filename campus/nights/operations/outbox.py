"""
What must run after a commit, kept in the same transaction: at least once, whatever dies between.

With a broker a message is published, without one it is done on the spot by the scheduler. Either
way it stays until its task has succeeded.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from campus.nights import queries
from campus.nights.models import Outbox
from campus.nights.operations import naming
from campus.nights.refusals import NotYet

log = structlog.get_logger(__name__)
AT_ONCE = 100
LONGEST_WAIT = timedelta(hours=1)
KEPT = timedelta(days=30)


@transaction.atomic
def put(*, task: str, arguments: Mapping[str, object], key: str, at: datetime) -> Outbox:
    """
    Keep a message in the transaction of the caller, which runs `task` after it has committed.

    :param arguments: keyword arguments of the task, as JSON
    :param key: what it is about; a message of the same key that was not yet sent is enough
    """
    # Locked, it cannot be sent before we commit, so whoever gets it sees what we wrote.
    waiting = Outbox.objects.select_for_update(no_key=True).filter(key=key, sent_at=None).first()
    if waiting is not None:
        return waiting
    message, _new = Outbox.objects.get_or_create(
        key=key,
        sent_at=None,
        defaults={"task": task, "arguments": arguments, "created_at": at, "due_at": at},
    )
    if not settings.EMBEDDED:
        transaction.on_commit(partial(_publish, message, at), robust=True)
    return message


def sweep(*, at: datetime) -> int:
    """Hand over every message that is due at `at`; returns how many. Drops those long done."""
    Outbox.objects.filter(done_at__lt=at - KEPT).delete()
    hand_over = _do if settings.EMBEDDED else _publish
    return sum(hand_over(message, at) for message in queries.due(at=at, limit=AT_ONCE))


def done(*, message_id: int, at: datetime) -> None:
    """The task of a message has succeeded."""
    Outbox.objects.filter(pk=message_id, done_at=None).update(done_at=at)


def failed(*, message_id: int, at: datetime) -> None:
    """The task of a message has failed: it is sent again, later from time to time."""
    message = Outbox.objects.get(pk=message_id)
    message.failures += 1
    message.due_at = at + min(_resend() * 2**message.failures, LONGEST_WAIT)
    message.save(update_fields=["failures", "due_at"])


def _resend() -> timedelta:
    """After this, a message that is not done may be lost. No claim can be taken over sooner."""
    return timedelta(seconds=settings.NIGHT_LEASE_SECONDS)


def _taken(message: Outbox, at: datetime) -> bool:
    """Whether it is ours to hand over: that of the first who moves its time."""
    as_seen = Outbox.objects.filter(pk=message.pk, due_at=message.due_at, done_at=None)
    return bool(as_seen.update(due_at=at + _resend(), sent_at=at))


def _publish(message: Outbox, at: datetime) -> bool:
    if not _taken(message, at):
        return False
    try:
        current_app.send_task(
            message.task,
            kwargs=message.arguments,
            headers={"message_id": message.pk},
            retry=False,
        )
    except OperationalError:
        log.warning("broker_unreachable", message=message.pk, exc_info=True)
        return False
    return True


def _do(message: Outbox, at: datetime) -> bool:
    if not _taken(message, at):
        return False
    try:
        naming.task(message.task)(**message.arguments)
    except NotYet:
        return False
    except Exception:
        log.exception("message_failed", message=message.pk, task=message.task)
        failed(message_id=message.pk, at=at)
        return False
    done(message_id=message.pk, at=at)
    return True
