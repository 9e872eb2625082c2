from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app, shared_task
from django.db import transaction
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from campus.nights.models import Outbox
from campus.nights.operations import outbox
from campus.nights.refusals import NotYet
from tests.campus.nights.plan import AT

pytestmark = pytest.mark.django_db
SOON, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
faults: list[Exception] = []
told: list[str] = []


@shared_task(name="tests.tell")
def tell(*, whom: str) -> None:
    if faults:
        raise faults.pop()
    told.append(whom)


@pytest.fixture(autouse=True)
def _nobody_told() -> Iterator[None]:
    yield
    faults.clear()
    told.clear()


def put(whom: str = "Willow") -> Outbox:
    return outbox.put(task="tests.tell", arguments={"whom": whom}, key=f"tell:{whom}", at=AT)


def test_what_was_put_is_done_once() -> None:
    put()
    assert [outbox.sweep(at=AT), outbox.sweep(at=AT + 9 * MINUTE)] == [1, 0]
    assert told == ["Willow"]
    assert Outbox.objects.get().done_at == AT


def test_a_message_that_waits_is_not_put_twice_but_again_once_it_was_sent() -> None:
    assert put().pk == put().pk
    outbox.sweep(at=AT)
    put()
    outbox.sweep(at=AT)
    assert told == ["Willow"] * 2


def test_what_was_rolled_back_is_never_sent() -> None:
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert outbox.sweep(at=AT) == 0


def test_a_message_is_not_sent_before_its_time() -> None:
    put()
    assert outbox.sweep(at=AT - SOON) == 0


def test_a_task_that_fails_is_tried_again_later_from_time_to_time() -> None:
    faults.extend([ZeroDivisionError(), ZeroDivisionError()])
    put()
    assert outbox.sweep(at=AT) == 0
    assert outbox.sweep(at=AT + 2 * MINUTE - SOON) == 0
    assert outbox.sweep(at=AT + 2 * MINUTE) == 0
    assert Outbox.objects.get().due_at == AT + 6 * MINUTE
    assert outbox.sweep(at=AT + 6 * MINUTE) == 1
    assert told == ["Willow"]


def test_waits_grow_to_an_hour_and_no_further() -> None:
    message = put()
    for _ in range(20):
        outbox.failed(message_id=message.pk, at=AT)
    assert Outbox.objects.get().due_at == AT + timedelta(hours=1)


def test_a_task_that_cannot_be_done_yet_stays_without_having_failed() -> None:
    faults.append(NotYet())
    put()
    assert outbox.sweep(at=AT) == 0
    assert Outbox.objects.get().failures == 0
    assert outbox.sweep(at=AT + MINUTE) == 1


def test_one_that_fails_does_not_hold_up_the_others() -> None:
    faults.append(ZeroDivisionError())
    put("Amber")
    put("Pine")
    assert outbox.sweep(at=AT) == 1
    assert told == ["Pine"]


def test_messages_long_done_are_dropped() -> None:
    put()
    outbox.sweep(at=AT)
    outbox.sweep(at=AT + timedelta(days=31))
    assert not Outbox.objects.exists()


# --- with a broker -------------------------------------------------------------------------------
@pytest.fixture
def published(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    settings.EMBEDDED = False
    sent: list[dict[str, Any]] = []

    def send(name: str, **options: Any) -> None:
        if faults:
            raise faults.pop()
        sent.append({"task": name, **options})

    monkeypatch.setattr(current_app, "send_task", send)
    return sent


def test_with_a_broker_a_message_is_published_when_it_is_committed(
    published: list[dict[str, Any]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        message = put()
        assert published == []
    assert published[0]["task"] == "tests.tell"
    assert published[0]["kwargs"] == {"whom": "Willow"}
    assert published[0]["headers"] == {"message_id": message.pk}


def test_what_was_published_and_is_not_done_is_published_again(
    published: list[dict[str, Any]],
) -> None:
    message = put()
    assert [outbox.sweep(at=AT), outbox.sweep(at=AT), outbox.sweep(at=AT + MINUTE)] == [1, 0, 1]
    outbox.done(message_id=message.pk, at=AT)
    assert outbox.sweep(at=AT + 9 * MINUTE) == 0
    assert len(published) == 2


def test_a_broker_that_is_away_loses_nothing(published: list[dict[str, Any]]) -> None:
    faults.append(OperationalError())
    put()
    assert outbox.sweep(at=AT) == 0
    assert outbox.sweep(at=AT + MINUTE) == 1
    assert len(published) == 1


def test_a_process_that_dies_between_commit_and_publish_loses_nothing(
    published: list[dict[str, Any]],
) -> None:
    put()  # the hook after the commit never runs
    assert published == []
    assert outbox.sweep(at=AT) == 1


def test_two_who_sweep_at_once_publish_once(published: list[dict[str, Any]]) -> None:
    message = put()
    assert [outbox._publish(message, AT), outbox._publish(message, AT)] == [True, False]
    assert len(published) == 1
