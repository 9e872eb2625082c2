"""
Laws of intake: the same data ends in the same daily use, however it is cut, ordered or repeated.
"""

import io
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campus import clock
from campus.places.models import Campus
from meters.readings import intake, operations
from meters.readings.models import DailyUse, Delivery, MeterDay
from tests import factories

AT = datetime(2026, 12, 1, tzinfo=UTC)
FIRST = date(2026, 10, 23)
DAYS = [FIRST + timedelta(days=n) for n in range(5)]
AUTUMN = date(2026, 10, 25)
METERS = ("L-1", "L-2")
quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

Uses = dict[tuple[str, date], int | None]
Row = str


@pytest.fixture
def campus(db: None) -> Campus:
    campus = factories.a_campus(slug="berlin", time_zone="Europe/Berlin")
    home = factories.a_residence(campus=campus)
    for serial in METERS:
        factories.a_meter(room=factories.a_room(residence=home, number=serial), serial=serial)
    return campus


def deliver(campus: Campus, header: str, rows: Sequence[Row]) -> Delivery:
    return intake.take_in(
        campus=campus,
        name="x.csv",
        stream=io.BytesIO("\n".join([header, *rows]).encode()),
        way=Delivery.Way.FEED,
        by=None,
        at=AT,
        limit_bytes=None,
    )


def uses(campus: Campus) -> Uses:
    operations.close_history(
        campus=campus, starts_on=DAYS[0], ends_on=DAYS[-1] + timedelta(days=1), at=AT
    )
    rows = DailyUse.objects.order_by("revision").select_related("room")
    return {(row.room.number, row.day): row.wh for row in rows if row.room}


def after(campus: Campus, header: str, files: Sequence[Sequence[Row]]) -> Uses:
    """The daily use after some files, closing in between; leaves nothing behind."""
    with transaction.atomic():
        for n, rows in enumerate(files):
            deliver(campus, header, rows)
            if n % 2:
                uses(campus)
        found = uses(campus)
        assert not MeterDay.objects.filter(wh__lt=0).exists()
        transaction.set_rollback(True)
    return found


def cut(groups: Sequence[Sequence[Row]], seed: int) -> list[list[Row]]:
    """Files of whole groups in any order, some of them twice and some rows in two files."""
    dice = random.Random(seed)
    files: list[list[Row]] = [[] for _ in range(dice.randint(1, 4))]
    for group in dice.sample(list(groups), len(groups)):
        for file in dice.sample(files, dice.choice([1, 1, 2]) if len(files) > 1 else 1):
            file.extend(group)
    files = [file for file in files if file]
    return dice.sample([*files, dice.choice(files)], len(files) + 1)


kwh = st.integers(min_value=0, max_value=8000).map(lambda wh: wh * 10)
seeds = st.integers(min_value=0, max_value=10**6)
NOTHING: Uses = {(serial, day): None for serial in METERS for day in DAYS}


@quick
@given(
    known=st.dictionaries(
        st.tuples(st.sampled_from(METERS), st.sampled_from(DAYS)), kwh, min_size=1
    ),
    seed=seeds,
)
def test_days_end_the_same_however_they_are_delivered(
    campus: Campus, known: dict[tuple[str, date], int], seed: int
) -> None:
    rows = [[f"{serial},{day},{wh / 1000}"] for (serial, day), wh in known.items()]
    assert after(campus, "meter_id,date,kwh", cut(rows, seed)) == NOTHING | known


def hours(day: date, campus: Campus) -> list[str]:
    """The local stamps of a day in order; clocks go back in the night of AUTUMN."""
    first = clock.day_starts(day, zone=campus.zone)
    count = clock.hours_of(day, zone=campus.zone)
    stamps = [(first + timedelta(hours=n)).astimezone(campus.zone) for n in range(count)]
    return [f"{stamp:%Y-%m-%d %H:%M}" for stamp in stamps]


@quick
@given(
    values=st.lists(kwh, min_size=25 * len(DAYS), max_size=25 * len(DAYS)),
    gaps=st.sets(st.tuples(st.sampled_from(DAYS), st.integers(5, 22)), max_size=3),
    seed=seeds,
)
def test_hours_end_the_same_however_they_are_delivered(
    campus: Campus, values: list[int], gaps: set[tuple[date, int]], seed: int
) -> None:
    told = iter(values)
    groups: dict[str, list[Row]] = {}
    expected = dict(NOTHING)
    for day in DAYS:
        of_day = [(stamp, next(told)) for stamp in hours(day, campus)]
        missing = {stamp for gap, n in gaps if gap == day for stamp, _wh in of_day[n : n + 1]}
        for stamp, wh in of_day:
            if stamp not in missing:
                # The hour that happens twice is told in one breath: only order tells it apart.
                groups.setdefault(stamp, []).append(f"L-1,{stamp},{wh / 1000}")
        expected["L-1", day] = None if missing else sum(wh for _stamp, wh in of_day)
    assert len(groups[f"{AUTUMN} 02:00"]) == 2
    found = after(campus, "meter_id,ts_start,kwh", cut(list(groups.values()), seed))
    assert found == expected


@quick
@given(
    steps=st.lists(kwh, min_size=len(DAYS), max_size=len(DAYS)),
    left_out=st.sets(st.integers(0, len(DAYS)), max_size=2),
    seed=seeds,
)
def test_registers_end_the_same_however_they_are_delivered(
    campus: Campus, steps: list[int], left_out: set[int], seed: int
) -> None:
    shown = [sum(steps[:n]) for n in range(len(DAYS) + 1)]
    midnights = [*DAYS, DAYS[-1] + timedelta(days=1)]
    rows = [
        [f"L-2,{day} 00:00,{wh / 1000}"]
        for n, (day, wh) in enumerate(zip(midnights, shown, strict=True))
        if n not in left_out
    ]
    expected = dict(NOTHING)
    for n, day in enumerate(DAYS):
        if not left_out & {n, n + 1}:
            expected["L-2", day] = steps[n]
    assert after(campus, "meter_id,read_at,register_kwh", cut(rows, seed)) == expected


SAMPLES = {
    "daily": (b"meter_id,date,kwh\r\n", [b"L-1,2026-10-23,1.5\r\n", b'"L-2",2026-10-24,"2"\r\n']),
    "hourly": (b"meter_id,ts_start,kwh\n", [b"L-1,2026-10-25 02:00,0.2\n"] * 2),
    "register": (b"meter_id,read_at,register_kwh\n", [b"L-1,2026-10-23T00:00+02:00,1.5\n"]),
}
SPICE = [b"\x00", b"\xff", b'"', b",", b"\n", b"\r", b"-", b"9" * 40, b"NaN", b"PK\x03\x04", b"1e9"]
spoil = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from(SPICE), st.booleans()), min_size=1, max_size=6
)


@settings(quick, max_examples=150)
@given(sample=st.sampled_from(sorted(SAMPLES)), spoiled=spoil, junk=st.binary(max_size=30))
def test_spoiled_files_are_told_not_crashed_on(
    campus: Campus, sample: str, spoiled: list[tuple[int, bytes, bool]], junk: bytes
) -> None:
    header, rows = SAMPLES[sample]
    content = bytearray(header + b"".join(rows * 3) + junk)
    for place, spice, over in spoiled:
        at = place % (len(content) + 1)
        content[at : at + len(spice) if over else at] = spice
    with transaction.atomic():
        delivery = intake.take_in(
            campus=campus,
            name="x.csv",
            stream=io.BytesIO(bytes(content)),
            way=Delivery.Way.FEED,
            by=None,
            at=AT,
            limit_bytes=None,
        )
        assert (delivery.state == "REFUSED") == bool(delivery.reason)
        assert all(row["line"] >= 1 and row["code"] for row in delivery.report)
        assert all(wh is None or wh >= 0 for wh in uses(campus).values())
        transaction.set_rollback(True)
