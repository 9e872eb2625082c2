"""
Laws of intake: the same data ends in the same days, however it is cut, ordered or repeated.

What must come out is told twice: by one timely delivery of everything, closed once; and by what is
known of each day. Late files come to nights that were closed without them, a week at most ago: what
comes later still waits for a manager, and is another law (operations/test_holding.py).
"""

import io
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from django.conf import LazySettings
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campus import clock
from campus.nights.models import NightRun
from campus.places.models import Campus
from meters.readings import intake, operations
from meters.readings.models import DailyUse, Delivery, MeterDay
from tests import factories

FIRST = date(2026, 10, 23)
DAYS = [FIRST + timedelta(days=n) for n in range(5)]
AFTER = DAYS[-1] + timedelta(days=1)
AT = datetime(2026, 10, 30, 3, tzinfo=UTC)
AUTUMN = date(2026, 10, 25)
METERS = ("L-1", "L-2")
quick = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

Row = str


class Closed(NamedTuple):
    """How a room's day was closed."""

    wh: int | None
    status: str


Ends = dict[tuple[str, date], Closed]
MISSING = Closed(None, "MISSING")
MOST_OF_AN_HOUR = 3600  # Wh; more than 3680 its breaker does not pass


@pytest.fixture
def campus(db: None, settings: LazySettings) -> Campus:
    settings.NIGHT_PLAN = ["meters.close_day"]
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


def close(campus: Campus) -> int:
    return operations.close_history(campus=campus, starts_on=FIRST, ends_on=AFTER, at=AT)


def ends() -> Ends:
    rows = DailyUse.objects.order_by("revision").select_related("room")
    return {(row.room.number, row.day): Closed(row.wh, row.status) for row in rows if row.room}


def in_time(campus: Campus, header: str, rows: Sequence[Row]) -> Ends:
    """How the days end if everything comes in one file before any night; leaves nothing behind."""
    with transaction.atomic():
        deliver(campus, header, rows)
        close(campus)
        found = ends()
        transaction.set_rollback(True)
    return found


def in_parts(campus: Campus, header: str, files: Sequence[Sequence[Row]]) -> Ends:
    """How they end if every file is late, to nights that were closed in time with nothing told."""
    with transaction.atomic():
        close(campus)
        for day in DAYS:
            NightRun.objects.create(
                campus=campus, day=day, state="DONE", started_at=AT, finished_at=AT
            )
        for rows in files:
            operations.revise_nights(delivery=deliver(campus, header, rows), at=AT)
        found = ends()
        assert close(campus) == 0, "closing again finds nothing that was left untrue"
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


def delivered(campus: Campus, header: str, groups: Sequence[Sequence[Row]], seed: int) -> Ends:
    """How the days end, which is the same in time and in parts; nothing of them is negative."""
    found = in_time(campus, header, [row for group in groups for row in group])
    assert in_parts(campus, header, cut(groups, seed)) == found
    assert set(found) == {(serial, day) for serial in METERS for day in DAYS}
    assert all(use.wh is None or use.wh >= 0 for use in found.values())
    return found


def measured(use: Closed, wh: int) -> bool:
    """Whether a day was closed as what its meter measured; only a peak may be doubted."""
    return use.wh == wh and (use.status == "ACTUAL" or (use.status == "SUSPECT" and wh > 5000))


def kind(day: date) -> bool:
    return day.weekday() >= 5


def filled(use: Closed, day: date, told: Mapping[date, int], *, least: int = 0) -> bool:
    """
    Whether a day without a total is estimated within its like days before, but never under what was
    told of it, if days that were told bound it; and is missing otherwise.
    """
    like = [wh for other, wh in told.items() if other < day and kind(other) == kind(day)]
    if not like or not any(other > day for other in told):
        return use == MISSING
    assert use.wh is not None
    bounds = max(least, min(like)), max(least, *like)
    return use.status == "ESTIMATED" and bounds[0] <= use.wh <= bounds[1]


wh_of_a_day = st.integers(min_value=0, max_value=8000).map(lambda wh: wh * 10)
seeds = st.integers(min_value=0, max_value=10**6)


@quick
@given(
    known=st.dictionaries(
        st.tuples(st.sampled_from(METERS), st.sampled_from(DAYS)), wh_of_a_day, min_size=1
    ),
    seed=seeds,
)
def test_days_end_the_same_however_they_are_delivered(
    campus: Campus, known: dict[tuple[str, date], int], seed: int
) -> None:
    rows = [[f"{serial},{day},{wh / 1000}"] for (serial, day), wh in known.items()]
    for (serial, day), use in delivered(campus, "meter_id,date,kwh", rows, seed).items():
        told = {other: wh for (meter, other), wh in known.items() if meter == serial}
        assert measured(use, told[day]) if day in told else filled(use, day, told)


def hours(day: date, campus: Campus) -> list[str]:
    """The local stamps of a day in order; clocks go back in the night of AUTUMN."""
    first = clock.day_starts(day, zone=campus.zone)
    count = clock.hours_of(day, zone=campus.zone)
    stamps = [(first + timedelta(hours=n)).astimezone(campus.zone) for n in range(count)]
    return [f"{stamp:%Y-%m-%d %H:%M}" for stamp in stamps]


@settings(quick, max_examples=8)
@given(
    gaps=st.sets(st.tuples(st.sampled_from(DAYS), st.integers(5, 22)), max_size=3)
    | st.sampled_from(DAYS).map(lambda day: {(day, n) for n in range(5, 20)}),
    seed=seeds,
)
def test_hours_end_the_same_however_they_are_delivered(
    campus: Campus, gaps: set[tuple[date, int]], seed: int
) -> None:
    dice = random.Random(seed)
    groups: dict[str, list[Row]] = {}
    sums = dict.fromkeys(DAYS, 0)
    for day in DAYS:
        for n, stamp in enumerate(hours(day, campus)):
            if (day, n) not in gaps:
                wh = dice.choice([0, dice.randrange(0, MOST_OF_AN_HOUR, 10)])
                # The hour that happens twice is told in one breath: only order tells it apart.
                groups.setdefault(stamp, []).append(f"L-1,{stamp},{wh / 1000}")
                sums[day] += wh
    assert len(groups[f"{AUTUMN} 02:00"]) == 2
    found = delivered(campus, "meter_id,ts_start,kwh", list(groups.values()), seed)
    parted = {day for day, _hour in gaps}
    whole = {day: wh for day, wh in sums.items() if day not in parted}
    for day, wh in sums.items():
        use, lost = found["L-1", day], sorted(hour for other, hour in gaps if other == day)
        if lost and all(hour - 2 not in lost or hour - 1 not in lost for hour in lost):
            assert use.wh is not None
            assert use.status == "ESTIMATED"
            assert wh <= use.wh <= wh + len(lost) * MOST_OF_AN_HOUR
        else:
            assert measured(use, wh) if day in whole else filled(use, day, whole, least=wh)
        assert found["L-2", day] == MISSING


@quick
@given(
    steps=st.lists(wh_of_a_day, min_size=len(DAYS), max_size=len(DAYS)),
    left_out=st.sets(st.integers(0, len(DAYS)), max_size=2),
    seed=seeds,
)
def test_registers_end_the_same_however_they_are_delivered(
    campus: Campus, steps: list[int], left_out: set[int], seed: int
) -> None:
    shown = [sum(steps[:n]) for n in range(len(DAYS) + 1)]
    read = [n for n in range(len(DAYS) + 1) if n not in left_out]
    rows = [[f"L-2,{FIRST + timedelta(days=n)} 00:00,{shown[n] / 1000}"] for n in read]
    found = delivered(campus, "meter_id,read_at,register_kwh", rows, seed)
    for n, day in enumerate(DAYS):
        use = found["L-2", day]
        assert found["L-1", day] == MISSING
        if not read[0] <= n < read[-1]:
            assert use == MISSING
        elif left_out & {n, n + 1}:
            assert use.status == "ESTIMATED"
        else:
            assert measured(use, steps[n])
    between = [found["L-2", day].wh or 0 for day in DAYS[read[0] : read[-1]]]
    assert sum(between) == shown[read[-1]] - shown[read[0]]


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
        close(campus)
        assert all(use.wh is None or use.wh >= 0 for use in ends().values())
        transaction.set_rollback(True)
