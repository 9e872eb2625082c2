"""Managers see who came to what, what looks arranged, and can call an activity off."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.people.models import Holder, User
from points.activities import operations
from points.activities.models import Activity
from points.activities.queries import watching
from points.ledger.models import Transfer
from tests import factories as make
from tests.points.activities.making import AT, END, START, a_person, an_activity, in_force

pytestmark = pytest.mark.django_db
ALL = "/api/v1/manage/activities/"


def held(host: Holder, guests: list[Holder], *, week: int = 0, absent: int = 0) -> Activity:
    """An activity to which the guests came; the last of them did not, if some were absent."""
    start = START + timedelta(weeks=week)
    activity = an_activity(host=host, start=start, at=start - timedelta(hours=1))
    seats = [
        operations.join(activity=activity, holder=guest, at=start - timedelta(minutes=5))
        for guest in guests
    ]
    came = [seat.uid for seat in seats[: len(seats) - absent]]
    operations.confirm(activity=activity, present=came, at=start + timedelta(hours=1))
    return activity


def signs(activity: Activity) -> tuple[int, int, int, int, bool]:
    told = watching.attendance(activities=[activity])[activity.pk]
    come = (len(told.came), told.absent, told.housemates, told.regulars)
    return (*come, told.among_themselves)


def post(user: User, activity: Activity, reason: str, key: str = "call-off-1") -> Any:
    client = APIClient(headers={"Accept-Language": "en"})
    client.force_authenticate(user)
    return client.post(
        f"{ALL}{activity.uid}/call-off/",
        {"reason": reason},
        format="json",
        headers={"Idempotency-Key": key},
    )


def test_who_came_and_who_did_not_is_counted_and_strangers_look_like_nothing() -> None:
    in_force()
    host = a_person("Host")
    guests = [a_person(f"Guest {n}") for n in range(3)]
    assert signs(held(host, guests, absent=1)) == (2, 1, 0, 0, False)


def test_an_activity_among_those_who_share_a_room_is_shown_as_such() -> None:
    in_force()
    room = make.a_room()
    host, mate = (a_person(name, room=room) for name in ("Host", "Mate"))
    assert signs(held(host, [mate])) == (1, 0, 1, 0, True)
    assert signs(held(host, [mate, a_person("Guest")], week=1)) == (2, 0, 1, 0, False)


def test_whom_a_host_confirmed_three_times_before_is_a_regular_from_the_fourth_on() -> None:
    in_force()
    host, friend = a_person("Host"), a_person("Friend")
    series = [held(host, [friend], week=week) for week in range(4)]
    assert [signs(activity)[3:] for activity in series] == [(0, False)] * 3 + [(1, True)]


def test_called_off_even_after_it_began_nobody_is_paid_and_all_are_told_why() -> None:
    in_force()
    host, guest = a_person("Host"), a_person("Guest")
    activity = an_activity(host=host)
    operations.join(activity=activity, holder=guest, at=AT)
    manager = make.a_manager(username="keeper")
    with time_machine.travel(START + timedelta(minutes=5), tick=False):
        answers = [post(manager, activity, "The studio is closed.") for _twice in range(2)]
        again = post(manager, activity, "Still closed.", key="call-off-2")
    assert [answer.status_code for answer in answers] == [200, 200]
    told = answers[0].json()
    assert (told["state"], told["reason"], told["called_off_by"]) == (
        "CANCELLED",
        "The studio is closed.",
        "keeper",
    )
    assert (again.status_code, again.json()["code"]) == (409, "activity_not_open")
    for person in (host, guest):
        [notice] = person.profile.user.notices.all()
        assert notice.params["reason"] == "The studio is closed."
        assert activity.title not in str(notice.params)
    with pytest.raises(operations.NotOpen):
        operations.confirm(activity=activity, present=[], at=END)
    assert not Transfer.objects.filter(asset="CP").exists()


def test_a_manager_of_another_campus_sees_and_calls_off_nothing() -> None:
    activity = an_activity()
    far = make.a_manager(residence=make.a_residence(campus=make.a_campus(slug="south")))
    assert post(far, activity, "Not mine").status_code == 404
    client = APIClient()
    client.force_authenticate(far)
    assert client.get(ALL).json()["results"] == []
    near = APIClient()
    near.force_authenticate(make.a_manager())
    [row] = near.get(ALL).json()["results"]
    assert (row["title"], row["host"], row["came"]) == ("Mending workshop", "Host", 0)
