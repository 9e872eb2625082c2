"""The weeks of the small campus, lived through the front door: files in, nights closed."""

import io
from datetime import UTC, date, datetime, timedelta

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from rest_framework.test import APIClient

from tests.journeys.small_campus import (
    HISTORY_STARTS,
    TERM_STARTS,
    SmallCampus,
    csrf,
    signed_in,
)

FOUR_WEEKS = TERM_STARTS + timedelta(weeks=4)


def morning_after(day: date) -> datetime:
    """Seven in the morning in Seoul, when `day` may be closed."""
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=22)


def upload(client: APIClient, name: str, content: bytes) -> dict[str, object]:
    """Hand in a file as a manager does; returns its report."""
    answer = client.post(
        "/api/v1/manage/deliveries/",
        {"file": SimpleUploadedFile(name, content)},
        format="multipart",
        headers=csrf(client),
    )
    assert answer.status_code == 201, answer.content
    report: dict[str, object] = answer.json()
    return report


def quietly(command: str, **options: object) -> None:
    """Run a management command that has nothing to say here."""
    call_command(command, verbosity=0, stdout=io.StringIO(), **options)


def live_four_weeks(small: SmallCampus, clock: time_machine.Traveller) -> None:
    """The history as one file, then each week a file, and each night its close."""
    clock.move_to(morning_after(TERM_STARTS - timedelta(days=1)))
    manager = signed_in(small.manager)
    history = small.csv(first=HISTORY_STARTS, after=TERM_STARTS)
    report = upload(manager, "history.csv", history)
    assert report["accepted_rows"] == 200 * 24
    for week in range(4):
        _live_a_week(small, manager, clock, first=TERM_STARTS + timedelta(weeks=week))


def _live_a_week(
    small: SmallCampus, manager: APIClient, clock: time_machine.Traveller, *, first: date
) -> None:
    last = first + timedelta(days=6)
    clock.move_to(morning_after(last))
    upload(manager, f"{first}.csv", small.csv(first=first, after=last + timedelta(days=1)))
    quietly("night", through=last)
