"""A student objects to an entry; a manager of their residence answers, and nobody else sees it."""

from typing import Any

import pytest
from django.test import Client

from campus.people import operations as people
from campus.people.models import Profile
from tests import factories as make
from tests.points.ledger.book import NOON, earn
from tests.points.passbook.making import a_saver, a_settled_award, post, signed_in

pytestmark = pytest.mark.django_db
OBJECTION = "/api/v1/wallet/entries/CP-1/objection/"
MANAGED = "/api/v1/manage/objections/"


@pytest.fixture
def saver() -> Profile:
    profile = a_saver()
    a_settled_award(profile)
    return profile


@pytest.fixture
def browser(saver: Profile) -> Client:
    return signed_in(saver.user)


@pytest.fixture
def manager() -> Client:
    return signed_in(make.a_manager())


def objected(browser: Client) -> dict[str, Any]:
    answer = post(browser, OBJECTION, {"text": "We were away."})
    assert answer.status_code == 201, answer.content
    told: dict[str, Any] = answer.json()
    return told


def test_an_objection_stands_at_its_entry_until_it_is_answered(browser: Client) -> None:
    told = objected(browser)
    assert (told["entry_id"], told["state"], told["answer"]) == ("CP-1", "OPEN", "")
    assert browser.get("/api/v1/wallet/entries/CP-1/").json()["objection"] == told
    assert browser.get("/api/v1/wallet/objections/").json()["results"] == [told]


def test_an_entry_without_objection_says_so_and_tells_its_trail(browser: Client) -> None:
    told = browser.get("/api/v1/wallet/entries/CP-1/").json()
    assert told["objection"] is None
    assert [step["kind"] for step in told["trail"]] == ["award"]


def test_the_same_key_objects_once_and_another_is_told_that_it_waits(browser: Client) -> None:
    body = {"text": "We were away."}
    first, again = (post(browser, OBJECTION, body, key="objection-1") for _time in range(2))
    assert first.json() == again.json()
    other = post(browser, OBJECTION, body)
    assert (other.status_code, other.json()["code"]) == (409, "already_objected")


def test_an_objection_needs_its_key_and_words(browser: Client) -> None:
    bare = browser.post(OBJECTION, {"text": "x"}, content_type="application/json")
    assert bare.json()["code"] == "idempotency_key_missing"
    assert post(browser, OBJECTION, {"text": " "}).status_code == 400
    assert post(browser, OBJECTION, {"text": "x" * 1001}).status_code == 400


def test_nobody_objects_to_anothers_entry(browser: Client) -> None:
    stranger = make.a_student()
    assert post(signed_in(stranger.user), OBJECTION, {"text": "Mine?"}).status_code == 404


def test_the_manager_sees_who_where_and_about_what(browser: Client, manager: Client) -> None:
    uid = objected(browser)["uid"]
    [row] = manager.get(MANAGED).json()["results"]
    assert (row["uid"], row["nickname"], row["room"]) == (uid, "Willow", "301")
    assert (row["entry"]["id"], row["entry"]["amount"]) == ("CP-1", 60)
    detail = manager.get(f"{MANAGED}{uid}/").json()
    assert {step["link"] for step in detail["trail"]} == {None}


def test_the_answer_reaches_the_student_and_is_given_once(browser: Client, manager: Client) -> None:
    uid = objected(browser)["uid"]
    body = {"text": "The meter was exchanged; a correction follows.", "state": "ACCEPTED"}
    answered = post(manager, f"{MANAGED}{uid}/answer/", body)
    assert (answered.status_code, answered.json()["state"]) == (200, "ACCEPTED")
    again = post(manager, f"{MANAGED}{uid}/answer/", body | {"state": "DECLINED"})
    assert (again.status_code, again.json()["code"]) == (409, "already_answered")
    told = browser.get("/api/v1/wallet/entries/CP-1/").json()["objection"]
    assert (told["state"], told["answer"]) == ("ACCEPTED", body["text"])
    assert told["answered_at"] is not None


def test_after_an_answer_the_student_may_object_again(browser: Client, manager: Client) -> None:
    uid = objected(browser)["uid"]
    post(manager, f"{MANAGED}{uid}/answer/", {"text": "No.", "state": "DECLINED"})
    newest = objected(browser)
    assert browser.get("/api/v1/wallet/entries/CP-1/").json()["objection"] == newest


@pytest.mark.parametrize("state", ["OPEN", "LOST"])
def test_an_answer_accepts_or_declines(browser: Client, manager: Client, state: str) -> None:
    uid = objected(browser)["uid"]
    answered = post(manager, f"{MANAGED}{uid}/answer/", {"text": "Hm.", "state": state})
    assert answered.status_code == 400


def test_a_manager_of_another_residence_or_campus_sees_and_answers_nothing(
    browser: Client,
) -> None:
    uid = objected(browser)["uid"]
    elsewhere = make.a_residence(campus=make.a_campus(slug="south"), code="birch")
    for residence in (make.a_residence(code="birch"), elsewhere):
        foreign = signed_in(make.a_manager(residence=residence))
        assert foreign.get(MANAGED).json()["results"] == []
        assert foreign.get(f"{MANAGED}{uid}/").status_code == 404
        body = {"text": "No.", "state": "DECLINED"}
        assert post(foreign, f"{MANAGED}{uid}/answer/", body).status_code == 404


def test_it_stays_with_the_residence_of_then_when_the_student_moves(
    saver: Profile, browser: Client, manager: Client
) -> None:
    objected(browser)
    birch = make.a_room(residence=make.a_residence(code="birch"))
    people.move_in(holder=saver.holder, room=birch, on=NOON.date())
    assert len(manager.get(MANAGED).json()["results"]) == 1


def test_who_lives_nowhere_is_heard_on_their_campus(manager: Client) -> None:
    homeless = make.a_student()
    earn(homeless.holder, 5)
    objected(signed_in(homeless.user))
    [row] = manager.get(MANAGED).json()["results"]
    assert (row["room"], row["residence"]) == (None, None)
    elsewhere = make.a_residence(campus=make.a_campus(slug="south"), code="birch")
    assert not signed_in(make.a_manager(residence=elsewhere)).get(MANAGED).json()["results"]


def test_the_list_can_be_narrowed(browser: Client, manager: Client) -> None:
    objected(browser)
    home = make.a_residence()
    assert len(manager.get(f"{MANAGED}?state=OPEN&residence={home.uid}").json()["results"]) == 1
    assert manager.get(f"{MANAGED}?state=DECLINED").json()["results"] == []
    assert manager.get(f"{MANAGED}?state=LOST").status_code == 400
    other = make.a_residence(code="birch")
    assert manager.get(f"{MANAGED}?residence={other.uid}").json()["results"] == []


@pytest.mark.parametrize("path", [MANAGED, "/api/v1/wallet/objections/"])
def test_a_till_has_no_part_in_objections(path: str) -> None:
    assert signed_in(make.a_till()).get(path).status_code == 404
    assert Client().get(path).status_code in {401, 403}
