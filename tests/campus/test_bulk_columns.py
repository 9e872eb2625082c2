"""Columns become the same rows on either engine, by whatever way they go in."""

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campus import bulk_columns
from meters.readings.models import Channel, MeterDay
from tests import factories

FIRST = date(1999, 12, 30)


@pytest.mark.django_db(transaction=False)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wh=st.lists(st.integers(0, 2**62), min_size=1, max_size=30),
    has_total=st.booleans(),
    width=st.integers(0, 100),
    status=st.sampled_from(["ACTUAL", "SUSPECT"]),
)
def test_columns_are_stored_as_the_rows_they_are(
    wh: list[int], has_total: bool, width: int, status: str
) -> None:
    MeterDay.objects.all().delete()
    channel = Channel.objects.first() or factories.a_meter(serial="A-1").channels.get()
    n = len(wh)
    marks = np.arange(n * width, dtype=np.uint8).reshape(n, width)
    bulk_columns.insert(
        model=MeterDay,
        count=n,
        columns={
            "channel": np.full(n, channel.pk),
            "day": FIRST.toordinal() + np.arange(n),
            "revision": 3,
            "wh": np.array(wh) if has_total else None,
            "status": status,
            "interval_minutes": 15,
            "intervals": marks,
            "quality": marks[:, ::-1],
            "delivery_id": 2**40,
            "line": np.arange(n) + 2,
        },
    )
    rows = MeterDay.objects.order_by("day")
    assert [row.wh for row in rows] == (wh if has_total else [None] * n)
    assert [bytes(row.intervals) for row in rows] == [marks[at].tobytes() for at in range(n)]
    assert [bytes(row.quality) for row in rows] == [marks[at, ::-1].tobytes() for at in range(n)]
    assert [row.day.toordinal() - FIRST.toordinal() for row in rows] == list(range(n))
    assert [row.line for row in rows] == list(range(2, n + 2))
    same = {(row.revision, row.status, row.interval_minutes, row.delivery_id) for row in rows}
    assert same == {(3, status, 15, 2**40)}
