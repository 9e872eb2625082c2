"""Crossed meters: looked for on Sundays, decided by a manager, put right in the open."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import LazySettings

from campus.nights import operations as nights
from campus.nights.models import NightRun
from campus.places.models import Campus
from meters.readings import operations, queries
from meters.readings.conflicts import AlreadyDecided
from meters.readings.models import (
    Correction,
    DailyUse,
    MeterDay,
    MeterEvent,
    MeterInstallation,
    Suspicion,
)
from tests import factories
from tests.meters.readings.conftest import Deliver

SUNDAY = date(2026, 4, 5)
SATURDAY = SUNDAY - timedelta(days=1)
NOON = datetime(2026, 4, 6, 3, tzinfo=UTC)
MOVED_IN = date(2026, 3, 28)
SINCE = date(2026, 3, 27)
FIRST = SUNDAY - timedelta(days=61)
NIGHTS = [SINCE - timedelta(days=1) + timedelta(days=n) for n in range(11)]
EMPTY, ONE, OTHER = 300, 4000, 4500  # Wh of a day


def behind_301(day: date) -> int:
    return EMPTY if day < MOVED_IN else ONE


@pytest.fixture
def crossed(campus: Campus, deliver: Deliver, settings: LazySettings) -> Campus:
    """301 stood empty until lately, yet meter A-301 tells of 302, where somebody lives."""
    settings.NIGHT_PLAN = ["meters.close_day"]
    one, two = factories.a_room(number="301"), factories.a_room(number="302")
    factories.a_meter(room=one, serial="A-301")
    factories.a_meter(room=two, serial="A-302")
    factories.a_student(room=one, since=MOVED_IN)
    factories.a_student(room=two)
    rows = [
        f"{serial},{day},{wh / 1000}"
        for day in (FIRST + timedelta(days=n) for n in range(62))
        for serial, wh in (("A-301", OTHER), ("A-302", behind_301(day)))
    ]
    deliver("meter_id,date,kwh", *rows, at=NOON)
    for day in NIGHTS:
        at = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
        operations.close_day(campus=campus, day=day, at=at)
        NightRun.objects.create(campus=campus, day=day, state="DONE", started_at=at, finished_at=at)
    return campus


@pytest.fixture
def suspicion(crossed: Campus) -> Suspicion:
    operations.watch_meters(campus=crossed, day=SUNDAY, at=NOON)
    return Suspicion.objects.get()


def uses(room: str) -> Mapping[date, int | None]:
    rows = DailyUse.objects.filter(room__number=room).order_by("revision")
    return dict(rows.values_list("day", "wh"))


def served(serial: str) -> Sequence[tuple[str, date | None]]:
    rows = MeterInstallation.objects.filter(meter__serial=serial).order_by("starts_on")
    return list(rows.values_list("room__number", "ends_on"))


def test_a_night_compares_on_sundays_and_raises_a_suspicion_once(crossed: Campus) -> None:
    operations.watch_meters(campus=crossed, day=SATURDAY, at=NOON)
    assert not Suspicion.objects.exists()
    for _night in range(2):
        operations.watch_meters(campus=crossed, day=SUNDAY, at=NOON)
    found = Suspicion.objects.get()
    assert {found.meter.serial, found.other.serial} == {"A-301", "A-302"}
    assert found.evidence["absence"]["own"] == 1.0
    assert found.evidence["absence"]["neighbour"] <= 0.1
    assert found.state == "OPEN"


def test_what_a_manager_dismisses_changes_nothing_and_is_not_raised_again(
    suspicion: Suspicion,
) -> None:
    before = uses("301")
    operations.dismiss(suspicion=suspicion, by=None, at=NOON, note="checked on the spot")
    operations.watch_meters(campus=suspicion.campus, day=SUNDAY, at=NOON)
    found = Suspicion.objects.get()
    assert (found.state, found.note) == ("DISMISSED", "checked on the spot")
    assert uses("301") == before
    assert not MeterEvent.objects.exists()
    assert served("A-301") == [("301", None)]
    with pytest.raises(AlreadyDecided):
        operations.confirm(suspicion=found, since=SINCE, by=None, at=NOON, note="")


def test_confirming_exchanges_the_meters_and_lets_every_closed_day_wait(
    suspicion: Suspicion,
) -> None:
    campus, measured = suspicion.campus, MeterDay.objects.count()
    before = {room: uses(room) for room in ("301", "302")}
    operations.confirm(suspicion=suspicion, since=SINCE, by=None, at=NOON, note="seen")
    nights.close_through(campus=campus, day=SUNDAY, at=NOON)
    assert served("A-301") == [("301", SINCE), ("302", None)]
    assert served("A-302") == [("302", SINCE), ("301", None)]
    events = MeterEvent.objects.filter(kind="UNCROSSED").values_list(
        "meter__serial", "room__number"
    )
    assert set(events) == {("A-301", "302"), ("A-302", "301")}
    assert {room: uses(room) for room in before} == before, "nothing moves before it is seen"
    days = {day for day in NIGHTS if day >= SINCE}
    waiting = Correction.objects.filter(state="WAITING", cause="crossed")
    assert set(waiting.values_list("day", flat=True)) == days
    assert waiting.count() == 2 * len(days), "free days wait with the final ones"
    assert queries.exchanges(campus=campus) == []

    operations.decline(
        campus=campus, uids=[str(row.uid) for row in waiting], by=None, at=NOON, note="no"
    )
    for day in sorted(days):
        operations.close_day(campus=campus, day=day, at=NOON)
    assert {room: uses(room) for room in before} == before, "what is declined does not happen"
    assert not Correction.objects.filter(state="WAITING").exists()
    assert MeterDay.objects.count() == measured, "what meters told is never edited"


def test_days_of_crossed_meters_compensate_each_other_when_accepted(
    suspicion: Suspicion,
) -> None:
    campus, before = suspicion.campus, {room: uses(room) for room in ("301", "302")}
    operations.confirm(suspicion=suspicion, since=SINCE, by=None, at=NOON, note="seen")
    days = [day for day in NIGHTS if day >= SINCE]
    waiting = Correction.objects.filter(state="WAITING", cause="crossed")
    told = set(waiting.values_list("room__number", "day", "old_wh", "new_wh"))
    assert told == {
        row
        for day in days
        for row in (
            ("301", day, OTHER, behind_301(day)),
            ("302", day, behind_301(day), OTHER),
        )
    }
    operations.accept(
        campus=campus, uids=[str(row.uid) for row in waiting], by=None, at=NOON, note="agreed"
    )
    for day in days:
        now = {room: uses(room)[day] for room in before}
        assert now == {"301": behind_301(day), "302": OTHER}
        assert sum(wh or 0 for wh in now.values()) == sum(before[room][day] or 0 for room in before)
    untouched = NIGHTS[0]
    assert uses("301")[untouched] == OTHER, "a day before `since` stays as it was"
    rooms = {factories.a_room(number=number).pk for number in ("301", "302")}
    [exchange] = queries.exchanges(campus=campus)
    assert (set(exchange.room_ids), exchange.since) == (rooms, SINCE)
