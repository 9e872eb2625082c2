"""Activities as students meet them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.people.models import Holder
from points.activities import operations
from points.activities.models import Activity
from points.ledger import queries as ledger
from tests import factories
from tests.points.activities.making import AT, END, START, a_person, an_activity, in_force

pytestmark = pytest.mark.django_db
ALL = "/api/v1/activities/"
WISH = {
    "title": "Lakeside clean-up",
    "place": "Boathouse",
    "starts_at": START.isoformat(),
    "ends_at": END.isoformat(),
    "capacity": 30,
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def client_of(holder: Holder) -> APIClient:
    client = APIClient(headers={"Accept-Language": "en"})
    client.force_authenticate(holder.profile.user)
    return client


def post(holder: Holder, path: str, body: Any = None, key: str = "key-00001") -> Any:
    headers = {"Idempotency-Key": key}
    return client_of(holder).post(f"{ALL}{path}", body, format="json", headers=headers)


def titles(holder: Holder, query: str = "") -> list[str]:
    return [row["title"] for row in client_of(holder).get(ALL + query).data["results"]]


def test_a_hosted_activity_is_seen_by_the_campus() -> None:
    in_force()
    host = a_person("Host")
    made = post(host, "", WISH)
    assert made.status_code == 201
    [row] = client_of(a_person()).get(ALL).data["results"]
    assert row == {
        **made.data,
        "host": {"name": "Host", "me": False},
        "uid": str(Activity.objects.get().uid),
        "title": "Lakeside clean-up",
        "about": "",
        "capacity": 30,
        "joined": 0,
        "state": "OPEN",
        "mine": None,
        "reward": {"cp": 30, "sun": 60},
    }
    assert made.data["host"] == {"name": "Host", "me": True}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"capacity": 0}, "capacity"),
        ({"title": "x"}, "title"),
        ({"starts_at": "soon"}, "starts_at"),
    ],
)
def test_a_wish_that_makes_no_sense_is_told_field_by_field(change: dict, field: str) -> None:
    answer = post(a_person(), "", WISH | change)
    assert (answer.status_code, answer.data["errors"][0]["path"]) == (400, field)
    assert not Activity.objects.exists()


def test_an_activity_cannot_begin_in_the_past() -> None:
    answer = post(a_person(), "", WISH | {"starts_at": AT.isoformat()})
    assert (answer.status_code, answer.data["code"]) == (400, "times_do_not_fit")


def test_joining_and_leaving_are_seen_at_once() -> None:
    activity, guest = an_activity(), a_person()
    taken = post(guest, f"{activity.uid}/join/").data
    assert (taken["joined"], taken["mine"]) == (1, "JOINED")
    free = post(guest, f"{activity.uid}/leave/").data
    assert (free["joined"], free["mine"]) == (0, None)


def test_a_full_activity_says_so() -> None:
    activity = an_activity(capacity=1)
    post(a_person(), f"{activity.uid}/join/")
    answer = post(a_person(), f"{activity.uid}/join/")
    assert (answer.status_code, answer.data["code"]) == (409, "activity_full")


def test_only_the_host_sees_who_takes_part() -> None:
    host, guest = a_person("Host"), a_person("Maple")
    activity = an_activity(host=host)
    part = operations.join(activity=activity, holder=guest, at=AT)
    url = f"{ALL}{activity.uid}/"
    assert "participants" not in client_of(guest).get(url).data
    assert client_of(host).get(url).data["participants"] == [
        {"uid": str(part.uid), "name": "Maple", "state": "JOINED"}
    ]


def test_the_host_confirms_once_and_the_guest_is_paid(clock: time_machine.Traveller) -> None:
    in_force()
    host, guest = a_person("Host"), a_person()
    activity = an_activity(host=host)
    part = operations.join(activity=activity, holder=guest, at=AT)
    body, path = {"present": [str(part.uid)]}, f"{activity.uid}/confirm/"
    early = post(host, path, body, "key-00000")
    assert (early.status_code, early.data["code"]) == (409, "activity_not_begun")
    clock.move_to(END)
    first, same, other = (
        post(host, path, body, key) for key in ("key-1111", "key-1111", "key-2222")
    )
    assert (first.status_code, first.data["state"]) == (200, "CLOSED")
    assert first.data["participants"][0]["state"] == "CONFIRMED"
    assert same.data == first.data
    assert (other.status_code, other.data["code"]) == (409, "activity_not_open")
    assert ledger.balances(holder=guest)["CP"] == 30
    assert ledger.balances(holder=host)["CP"] == 0


def test_confirming_needs_a_key(clock: time_machine.Traveller) -> None:
    host = a_person("Host")
    activity = an_activity(host=host)
    clock.move_to(END)
    url = f"{ALL}{activity.uid}/confirm/"
    answer = client_of(host).post(url, {"present": []}, format="json")
    assert (answer.status_code, answer.data["code"]) == (400, "idempotency_key_missing")
    assert Activity.objects.get().state == "OPEN"


@pytest.mark.parametrize("what", ["confirm/", "cancel/"])
def test_who_is_not_the_host_finds_nothing_to_confirm_or_cancel(what: str) -> None:
    activity, guest = an_activity(), a_person()
    operations.join(activity=activity, holder=guest, at=AT)
    mine = post(guest, f"{activity.uid}/{what}", {"present": []}, "key-00001")
    none = post(guest, f"{uuid4()}/{what}", {"present": []}, "key-00002")
    assert (mine.status_code, none.status_code) == (404, 404)
    assert mine.data["code"] == none.data["code"] == "not_found"
    assert Activity.objects.get().state == "OPEN"


@pytest.mark.parametrize(("method", "what"), [("get", ""), ("post", "join/"), ("post", "leave/")])
def test_an_activity_of_another_campus_does_not_exist(method: str, what: str) -> None:
    activity = an_activity()
    stranger = a_person(campus=factories.a_campus(slug="south"))
    answer = getattr(client_of(stranger), method)(f"{ALL}{activity.uid}/{what}")
    assert answer.status_code == 404
    assert titles(stranger) == []


def test_the_host_calls_off_what_has_not_begun() -> None:
    host, guest = a_person("Host"), a_person()
    activity = an_activity(host=host)
    operations.join(activity=activity, holder=guest, at=AT)
    assert post(host, f"{activity.uid}/cancel/").data["state"] == "CANCELLED"
    assert titles(guest) == []
    assert titles(guest, "?when=past") == ["Mending workshop"]
    assert titles(a_person(), "?when=past") == []


def test_what_begins_first_stands_first_and_what_is_over_is_past(
    clock: time_machine.Traveller,
) -> None:
    host = a_person()
    for title, hours in (("third", 50), ("first", 1), ("second", 2)):
        an_activity(host=host, title=title, start=AT + timedelta(hours=hours))
    assert titles(host) == ["first", "second", "third"]
    clock.move_to(AT + timedelta(hours=5))
    assert titles(host) == ["third"]
    assert titles(host, "?when=past") == ["second", "first"]


def test_a_list_costs_the_same_number_of_queries_however_long(
    django_assert_max_num_queries: Any,
) -> None:
    in_force()
    me = a_person()
    for _each in range(12):
        an_activity()
    client = client_of(me)
    with django_assert_max_num_queries(8):
        assert len(client.get(ALL).data["results"]) == 12


def test_activities_are_for_students() -> None:
    till = factories.a_till()
    client = APIClient()
    assert client.get(ALL).status_code == 401
    client.force_authenticate(till)
    assert client.get(ALL).status_code == 404
