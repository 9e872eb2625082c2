from uuid import uuid4

import pytest
from django.http import HttpResponse
from pytest_django import Settings
from rest_framework.test import APIClient

from campus import clock
from campus.nights import operations
from campus.nights.models import NightRun, Outbox, State
from campus.nights.operations import claiming
from campus.people.models import User
from campus.places.models import Campus
from tests import factories as make
from tests.campus.nights.plan import AT, DAY, LightsOut, Night

pytestmark = pytest.mark.django_db
NIGHTS, RERUN = "/api/v1/manage/nights/", f"/api/v1/manage/nights/{DAY}/rerun/"


@pytest.fixture
def campus(night: Night) -> Campus:
    campus = make.a_campus()
    operations.close(campus=campus, day=DAY, at=AT)
    return campus


def signed_in(user: User, language: str = "en") -> APIClient:
    client = APIClient(headers={"Accept-Language": language})
    client.force_authenticate(user)
    return client


def manager(campus: Campus) -> APIClient:
    return signed_in(make.a_manager(residence=make.a_residence(campus=campus)))


def rerun(client: APIClient, *, key: str = "", where: str = RERUN) -> HttpResponse:
    return client.post(where, headers={"Idempotency-Key": key or str(uuid4())})


def test_a_manager_sees_how_far_each_night_has_come(campus: Campus) -> None:
    (told,) = manager(campus).get(NIGHTS).json()
    assert (told["day"], told["state"], told["running"]) == (str(DAY), "DONE", None)
    assert told["progress"] == {"done": 2, "total": 2}
    assert told["steps"][0] == {
        "name": "tests.first",
        "state": "DONE",
        "failed": False,
        "reason": None,
        "chunks": {"done": 0, "total": 0},
    }


def test_a_running_night_names_its_step_while_its_process_lives(campus: Campus) -> None:
    claiming._taken(campus)
    run = NightRun.objects.get()
    run.steps.filter(name="tests.second").update(state=State.RUNNING)
    NightRun.objects.update(state=State.RUNNING)
    (told,) = manager(campus).get(NIGHTS).json()
    assert (told["state"], told["running"]) == ("RUNNING", "tests.second")
    assert told["progress"] == {"done": 1, "total": 2}


def test_a_night_whose_process_died_is_told_as_waiting(campus: Campus) -> None:
    NightRun.objects.update(state=State.RUNNING)
    (told,) = manager(campus).get(NIGHTS).json()
    assert (told["state"], told["running"]) == ("WAITING", None)


def test_a_failed_step_has_a_short_reason_and_no_traceback(campus: Campus, night: Night) -> None:
    night.breaks("second", LightsOut("line 7 of secret.py"))
    operations.reopen(run=NightRun.objects.get())
    with pytest.raises(LightsOut):
        operations.close(campus=campus, day=DAY, at=AT)
    answer = manager(campus).get(NIGHTS)
    step = answer.json()[0]["steps"][1]
    assert (step["failed"], bool(step["reason"])) == (True, True)
    assert "Traceback" not in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_the_list_asks_the_database_the_same_few_times_whatever_its_length(
    campus: Campus, django_assert_max_num_queries: object
) -> None:
    client = manager(campus)
    for n in range(1, 4):
        operations.close(campus=campus, day=DAY.replace(day=DAY.day + n), at=AT)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(client.get(NIGHTS).json()) == 4


def test_a_manager_has_a_night_run_again(campus: Campus, night: Night) -> None:
    night.clear()
    answer = rerun(manager(campus))
    assert answer.status_code == 202
    assert answer.json()["state"] == "WAITING"
    assert answer.json()["progress"]["done"] == 0
    operations.sweep(at=clock.now())
    assert night.names() == ["first", "second"]
    assert NightRun.objects.get().state == State.DONE


def test_the_same_key_asks_once(campus: Campus) -> None:
    client, key = manager(campus), str(uuid4())
    first, again = rerun(client, key=key), rerun(client, key=key)
    assert (first.status_code, again.json()) == (202, first.json())
    assert NightRun.objects.get().asked == 2


def test_a_rerun_needs_its_key(campus: Campus) -> None:
    answer = manager(campus).post(RERUN)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")


@pytest.mark.parametrize("day", ["2020-01-01", "yesterday", "2026-02-30"])
def test_a_day_without_a_night_is_not_found(campus: Campus, day: str) -> None:
    assert rerun(manager(campus), where=f"{NIGHTS}{day}/rerun/").status_code == 404


def test_nights_are_nothing_that_others_than_managers_find(campus: Campus) -> None:
    student = signed_in(make.a_student(campus=campus).user)
    elsewhere = manager(make.a_campus(slug="south"))
    assert student.get(NIGHTS).status_code == rerun(student).status_code == 404
    assert elsewhere.get(NIGHTS).json() == []
    assert rerun(elsewhere).status_code == 404
    assert NightRun.objects.get().asked == 1


def test_with_a_broker_a_rerun_waits_for_a_worker(
    campus: Campus, night: Night, settings: Settings
) -> None:
    settings.EMBEDDED = False
    night.clear()
    assert rerun(manager(campus)).status_code == 202
    assert night.ran == []
    assert Outbox.objects.get().task == "campus.close_night"
