"""The forecast is carried on night by night, measured against what came, and told with both."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.nights.models import NightRun, State
from campus.places.models import Room
from meters.forecasting import operations, queries
from meters.forecasting.models import NextDay, NextDayError
from meters.readings.models import DailyUse
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 1, tzinfo=UTC)
DAY = date(2026, 3, 29)


def used(room: Room, *wh: int | None, last: date = DAY) -> None:
    first = last - timedelta(days=len(wh) - 1)
    DailyUse.objects.bulk_create(
        DailyUse(
            room=room, day=first + timedelta(days=n), wh=each, closed_at=AT,
            status="MISSING" if each is None else "ACTUAL",
        )
        for n, each in enumerate(wh)
    )  # fmt: skip


def forecast(room: Room, *, day: date = DAY) -> int:
    return operations.forecast_next_day(campus=room.residence.campus, day=day)


def test_what_is_carried_on_is_what_would_have_been_learnt() -> None:
    room = make.a_room()
    used(room, *([2000, 3000, 2500, 2600, 2700, 5000, 5200] * 7))
    forecast(room, day=DAY - timedelta(days=1))
    forecast(room)
    carried = NextDay.objects.get()
    NextDay.objects.all().delete()
    forecast(room)
    learnt = NextDay.objects.get()
    # Only the roundings of one night lie between them.
    assert abs(carried.wh - learnt.wh) <= 3
    assert carried.through == learnt.through == DAY


def test_a_night_closed_twice_learns_once() -> None:
    room = make.a_room()
    used(room, *([2000, 3000] * 10))
    assert (forecast(room), forecast(room)) == (1, 0)


def test_each_night_measures_what_the_last_one_told() -> None:
    room = make.a_room()
    used(room, *[3000] * 20, 4000)
    forecast(room, day=DAY - timedelta(days=1))
    forecast(room)
    [error] = NextDayError.objects.all()
    assert (error.day, error.rooms, error.used_wh) == (DAY, 1, 4000)
    assert (error.off_wh, error.naive_off_wh, error.covered) == (1000, 1000, 0)
    told = queries.accuracy_of(campus=room.residence.campus, day=DAY)
    assert told == queries.Accuracy(days=1, off=0.25, naive_off=0.25, covered=0.0)


def test_a_room_without_readings_is_told_nothing() -> None:
    room = make.a_room()
    used(room, None, None)
    assert forecast(room) == 0
    assert queries.next_day_of(room=room, day=DAY) is None


def test_a_student_sees_tomorrow_with_its_range_comparison_room_or_not() -> None:
    room = make.a_room()
    make.an_enrolment(room=room, part="COMPARISON")
    used(room, *[3000] * 20)
    forecast(room)
    NightRun.objects.create(
        campus=room.residence.campus, day=DAY, state=State.DONE, started_at=AT, finished_at=AT
    )
    client = APIClient()
    client.force_login(make.a_student(room=room).user)
    with time_machine.travel("2026-03-30T03:00:00Z", tick=False):
        told = client.get("/api/v1/energy/forecast/").json()
    assert (told["next_day"]["day"], told["next_day"]["wh"]) == ("2026-03-30", 3000)
    assert told["next_day"]["low_wh"] < 3000 < told["next_day"]["high_wh"]
    assert told["accuracy"] is None
