"""
Files read in columns and days merged many at a time come to what single rows and single days come
to: the same days, readings, doubts, counts and report, whatever was known before.
"""

import io
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campus import clock
from campus.places.models import Campus
from meters.readings import intake
from meters.readings.intake import many_hours
from meters.readings.intake.many_days import Day
from meters.readings.intake.weighed import CHANNEL, DAY, Figures, Scales
from meters.readings.models import Delivery, Issue, MeterDay, RegisterReading
from meters.readings.tables import batches
from tests import factories

AT = datetime(2026, 10, 27, 12, tzinfo=UTC)  # in the midst of the last day
DAYS = [date(2026, 3, 28) + timedelta(days=n) for n in range(3)]
DAYS += [date(2026, 10, 24) + timedelta(days=n) for n in range(4)]
HEADERS = ("meter_id,ts_start,kwh", "meter_id,ts_end,kwh", "meter_id,date,kwh")
HEADERS += ("meter_id,read_at,register_kwh",)


@pytest.fixture
def campus(db: None) -> Campus:
    campus = factories.a_campus(slug="berlin", time_zone="Europe/Berlin")
    home = factories.a_residence(campus=campus)
    for serial, since in (("P-1", date(2026, 1, 1)), ("P-2", DAYS[1]), ("P-3", DAYS[4])):
        room = factories.a_room(residence=home, number=serial)
        factories.a_meter(room=room, serial=serial, since=since)
    return campus


def a_file(campus: Campus, dice: random.Random) -> bytes:
    """Rows of some meters and days with everything that may be odd about them."""
    header, minutes = dice.choice(HEADERS), dice.choice([15, 60, 60, 60])
    rows = []
    for meter in dice.sample(["P-1", "P-2", "P-3", "unknown"], dice.randint(1, 3)):
        for day in dice.sample(DAYS, dice.randint(1, 4)):
            told = [at for at in moments(campus, day, header, minutes) if dice.random() < 0.97]
            rows += [f"{meter},{at},{figure(dice)}" for at in told]
    rows += dice.choices(rows, k=dice.choice([0, 0, 3])) if rows else []
    again = dice.choices(rows, k=dice.choice([0, 0, 2])) if rows else []
    rows += [f"{row.rpartition(',')[0]},{figure(dice)}" for row in again]
    if dice.random() < 0.3:
        dice.shuffle(rows)
    return "\n".join([header, *rows]).encode()


def moments(campus: Campus, day: date, header: str, minutes: int) -> Iterator[str]:
    if "date" in header:
        yield day.isoformat()
        return
    steps = clock.hours_of(day, zone=campus.zone) * 60 // minutes
    first = clock.day_starts(day, zone=campus.zone)
    for n in range(0, steps, 6 if "read_at" in header else 1):
        at = (first + timedelta(minutes=n * minutes)).astimezone(campus.zone)
        yield f"{at:%Y-%m-%d %H:%M}"


def figure(dice: random.Random) -> str:
    odd = ["-1", "--", "2000000", "1e3", "0.0005", "12.3456789"]
    return dice.choice(odd) if dice.random() < 0.02 else str(dice.choice([0, 0.25, 0.5, 1.125]))


@contextmanager
def row_by_row() -> Iterator[None]:
    """Nothing is read or merged in columns."""

    def split(kept: Figures, torn: set[Day], scales: Scales) -> tuple[list[Figures], list[Figures]]:
        keys = list(zip(kept[:, CHANNEL].tolist(), kept[:, DAY].tolist(), strict=True))
        days = [np.array([key == day for key in keys]) for day in dict.fromkeys(keys)]
        return [], [kept[chosen] for chosen in days]

    with (
        patch.object(many_hours, "split", split),
        patch.object(batches, "fits", return_value=False),
    ):
        yield


def outcome(campus: Campus, files: Sequence[bytes]) -> list[object]:
    """All that is stored when the files came one after the other; leaves nothing behind."""
    with transaction.atomic():
        told = [deliver(campus, content) for content in files]
        days = "channel_id", "day", "revision", "wh", "status", "interval_minutes", "line"
        found: list[object] = [
            [
                (each.accepted_rows, each.duplicate_rows, each.refused_rows, each.report)
                for each in told
            ],
            [(each.first_day, each.last_day, each.reason) for each in told],
            list(MeterDay.objects.order_by("pk").values_list(*days)),
            [
                (bytes(hours), bytes(marks))
                for hours, marks in MeterDay.objects.order_by("pk").values_list(
                    "intervals", "quality"
                )
            ],
            list(
                RegisterReading.objects.order_by(
                    "channel", "read_at", "event", "revision"
                ).values_list("channel", "read_at", "event", "revision", "wh", "line")
            ),
            sorted(map(str, Issue.objects.values_list("meter", "day", "code", "facts", "line"))),
            sorted(map(str, Issue.objects.values_list("meter", "day", "code", "settled_at"))),
        ]
        transaction.set_rollback(True)
    return found


def deliver(campus: Campus, content: bytes) -> Delivery:
    return intake.take_in(
        campus=campus,
        name="x.csv",
        stream=io.BytesIO(content),
        way=Delivery.Way.FEED,
        by=None,
        at=AT,
        limit_bytes=None,
    )


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9), again=st.booleans())
def test_columns_end_as_single_rows_end(campus: Campus, seed: int, again: bool) -> None:
    dice = random.Random(seed)
    files = [a_file(campus, dice) for _ in range(dice.randint(1, 3))]
    if again:  # the same content, and the same rows in other bytes
        files += [files[0], files[0] + b"\n"]
    in_columns = outcome(campus, files)
    with row_by_row():
        assert outcome(campus, files) == in_columns
