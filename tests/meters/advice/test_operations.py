"""Tips from readings to the card: whose turn it is, what hours show, what is remembered."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
import time_machine
from rest_framework.test import APIClient

from campus.nights.models import NightRun, State
from campus.people import operations as people
from campus.people.models import Profile
from campus.places.models import Room
from meters.advice import operations, queries
from meters.advice.models import Tip
from meters.readings.intervals import Intervals, pack
from meters.readings.models import Channel, MeterDay
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 12)
AT = datetime(2026, 4, 13, 1, tzinfo=UTC)


def a_metered_room(*, night: int, part: str = "ENROLLED", hourly: bool = True) -> Room:
    """A room that draws `night` watts in the small hours of its last two weeks."""
    room = make.a_room()
    make.an_enrolment(room=room, part=part)
    meter = make.a_meter(room=room)
    channel = Channel.objects.get(meter=meter, flow=Channel.Flow.IMPORT)
    hours = np.full(24, 100, dtype=np.int32)
    hours[2:5] = night
    wh, quality = pack(Intervals(hours, np.full(24, ord("A"), dtype=np.uint8)))
    MeterDay.objects.bulk_create(
        MeterDay(
            channel=channel, day=DAY - timedelta(days=n), wh=int(hours.sum()), status="ACTUAL",
            interval_minutes=60 if hourly else 1440, intervals=wh if hourly else b"",
            quality=quality if hourly else b"", delivery_id=1, line=1,
        )
        for n in range(14)
    )  # fmt: skip
    return room


def a_house_with(night: int, *, part: str = "ENROLLED", hourly: bool = True) -> Profile:
    """A student whose room draws so much at night, among six rooms that draw 40 W."""
    for _peer in range(6):
        make.a_student(room=a_metered_room(night=40))
    return make.a_student(room=a_metered_room(night=night, part=part, hourly=hourly))


def advise(mine: Profile, *, days: int = 7) -> list[Tip]:
    """A week of nights, so that every room has its turn once."""
    for n in range(days):
        day = DAY - timedelta(days=n)
        operations.advise_day(campus=mine.holder.campus, day=day, at=AT)
    return list(Tip.objects.filter(holder=mine.holder))


def test_a_room_that_never_sleeps_is_told_so_once_a_week() -> None:
    mine = a_house_with(100)
    [tip] = advise(mine)
    assert (tip.rule, tip.facts) == ("night_load", {"night_w": 100, "peers_w": 40, "peers": 6})
    assert tip.worth_wh == 30 * 24 * 7
    assert tip.worth_minor is None  # the room has no bill
    assert Tip.objects.count() == 1
    assert len(advise(mine)) == 1


def test_where_hours_are_missing_nothing_is_said() -> None:
    assert advise(a_house_with(100, hourly=False)) == []


def test_comparison_rooms_are_told_nothing() -> None:
    assert advise(a_house_with(100, part="COMPARISON")) == []


def test_each_room_mate_is_told_and_what_one_dismisses_the_other_keeps() -> None:
    mine = a_house_with(100)
    for room in Room.objects.all():
        mate = make.a_student(room=room)
    [tip] = advise(mine)
    older = {"holder": mine.holder, "room": tip.room, "rule": "next_tier", "facts": {}}
    Tip.objects.create(**older, day=DAY - timedelta(days=7), worth_wh=0, told_at=AT)
    operations.answer(holder=mine.holder, uid=str(tip.uid), state="DISMISSED", at=AT)
    told = queries.tip_of_today
    assert told(holder=mine.holder, day=DAY) is None  # and no older one comes up in its place
    assert told(holder=mate.holder, day=DAY) is not None
    assert Tip.objects.get(pk=tip.pk).state == "DISMISSED"


def test_an_erased_person_leaves_no_tip() -> None:
    mine = a_house_with(100)
    advise(mine)
    people.erase(user=mine.user, at=AT)
    assert not Tip.objects.exists()


def client(who: Profile) -> APIClient:
    found = APIClient()
    found.force_login(who.user)
    return found


def tips(who: Profile) -> dict[str, Any]:
    with time_machine.travel("2026-04-13T03:00:00Z", tick=False):
        answer = client(who).get("/api/v1/tips/", headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_a_tip_is_told_with_its_evidence_and_can_be_answered() -> None:
    mine, other = a_house_with(100), make.a_student()
    advise(mine)
    NightRun.objects.create(
        campus=mine.holder.campus, day=DAY, state=State.DONE, started_at=AT, finished_at=AT
    )
    today = tips(mine)["today"]
    assert today["title"] == "Something runs all night"
    assert today["evidence"] == (
        "Between 2 and 5 at night your room draws 100\u00a0W, half of 6 rooms of its kind no more "
        "than 40\u00a0W."
    )
    path = f"/api/v1/tips/{today['uid']}/"
    assert client(other).put(path, {"state": "DONE"}, format="json").status_code == 404
    assert client(mine).put(path, {"state": "OPEN"}, format="json").status_code == 400
    assert tips(mine)["today"]["state"] == "OPEN"
    assert client(mine).put(path, {"state": "DONE"}, format="json").status_code == 204
    told = tips(mine)
    assert (told["today"], [one["state"] for one in told["before"]]) == (None, ["DONE"])
