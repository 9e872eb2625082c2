"""Hours are kept for thirteen months, totals for ever."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.files.storage import default_storage

from campus.places.models import Campus
from meters.readings.models import Delivery, MeterDay
from meters.readings.operations.forgetting import forget_hours
from tests import factories

Deliver = Callable[..., Delivery]


@pytest.fixture
def hourly(campus: Campus, deliver: Deliver) -> Delivery:
    factories.a_meter(serial="M1")
    rows = [f"M1,2026-03-01 {hour:02}:00,0.5" for hour in range(24)]
    return deliver("meter_id,ts_start,kwh", *rows)


def only_day() -> MeterDay:
    return MeterDay.objects.get()


def test_hours_of_thirteen_months_ago_are_kept(campus: Campus, hourly: Delivery) -> None:
    forget_hours(campus=campus, day=date(2027, 4, 30))
    assert only_day().intervals
    assert default_storage.exists(hourly.file.name or "")


def test_older_hours_become_the_total_of_their_day(campus: Campus, hourly: Delivery) -> None:
    before = only_day()
    assert before.intervals
    for _night in range(2):
        forget_hours(campus=campus, day=date(2027, 5, 1))
        after = only_day()
        assert (after.intervals, after.quality, after.interval_minutes) == (b"", b"", 1440)
        assert (after.wh, after.status, after.line) == (before.wh, before.status, before.line)


def test_a_file_whose_days_are_all_old_goes_and_its_digest_stays(
    campus: Campus, hourly: Delivery
) -> None:
    forget_hours(campus=campus, day=date(2027, 5, 1))
    kept = Delivery.objects.get(pk=hourly.pk)
    assert (kept.file.name, kept.digest) == ("", hourly.digest)
    assert not default_storage.exists(hourly.file.name or "")


def test_a_refused_file_goes_thirteen_months_after_it_came(
    campus: Campus, deliver: Deliver
) -> None:
    refused = deliver("no,header,here", at=datetime(2026, 3, 1, tzinfo=UTC))
    assert refused.state == Delivery.State.REFUSED
    forget_hours(campus=campus, day=date(2027, 4, 30))
    assert Delivery.objects.get().file.name
    forget_hours(campus=campus, day=date(2027, 5, 1))
    assert not Delivery.objects.get().file.name


def test_another_campus_keeps_its_hours(campus: Campus, hourly: Delivery) -> None:
    forget_hours(campus=factories.a_campus(slug="elsewhere"), day=date(2030, 1, 1))
    assert only_day().intervals
