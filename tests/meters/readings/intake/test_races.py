"""Deliveries that arrive at the same moment, on real threads and connections."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from meters.readings import intake, operations
from meters.readings.models import DailyUse, Delivery, MeterDay
from tests import factories
from tests.meters.readings.conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = b"meter_id,date,kwh\n"


def at_once(*contents: bytes) -> list[tuple[int, int, int]]:
    """Deliver each content from its own thread; (delivery, accepted, duplicate) of each."""
    campus, start = factories.a_campus(), Barrier(len(contents))

    def one(content: bytes) -> tuple[int, int, int]:
        start.wait()
        try:
            delivery = intake.take_in(
                campus=campus,
                name="x.csv",
                stream=io.BytesIO(content),
                way=Delivery.Way.FEED,
                by=None,
                at=AT,
                limit_bytes=None,
            )
            operations.close_day(campus=campus, day=date(2026, 3, 2), at=AT)
        finally:
            connection.close()
        return delivery.pk, delivery.accepted_rows, delivery.duplicate_rows

    with ThreadPoolExecutor(len(contents)) as pool:
        return list(pool.map(one, contents))


def test_the_same_content_at_once_is_one_delivery() -> None:
    factories.a_meter(serial="A-1")
    told = at_once(*[HEADER + b"A-1,2026-03-02,7.5\n"] * 4)
    assert len({delivery for delivery, _new, _known in told}) == 1
    assert sorted((new, known) for _delivery, new, known in told) == [(0, 1)] * 3 + [(1, 0)]
    assert MeterDay.objects.get().wh == 7500
    assert DailyUse.objects.get().wh == 7500


def test_different_values_at_once_become_revisions_one_after_the_other() -> None:
    factories.a_meter(serial="A-1")
    at_once(*[HEADER + f"A-1,2026-03-02,{n}\n".encode() for n in range(1, 5)])
    days = MeterDay.objects.order_by("revision").values_list("revision", "wh")
    assert [revision for revision, _wh in days] == [1, 2, 3, 4]
    assert sorted(wh for _revision, wh in days) == [1000, 2000, 3000, 4000]
    assert DailyUse.objects.order_by("-revision")[0].wh == days[3][1]
