import pytest
from rest_framework.test import APIClient

from tests import factories as make

pytestmark = pytest.mark.django_db


def client(user: object = None) -> APIClient:
    api = APIClient()
    if user is not None:
        api.force_authenticate(user)
    return api


def test_me_tells_room_campus_and_roles() -> None:
    room = make.a_room(number="302")
    student = make.a_student(room=room, nickname="Quiet Pine")
    body = client(student.user).get("/api/v1/me/").json()
    assert body["nickname"] == "Quiet Pine"
    assert (body["room"]["number"], body["campus"]["currency"], body["roles"]) == ("302", "KRW", [])


def test_me_of_a_manager_has_no_room() -> None:
    residence = make.a_residence()
    body = client(make.a_manager(residence=residence)).get("/api/v1/me/").json()
    assert body["room"] is None
    assert body["roles"] == [{"kind": "MANAGER", "place_uid": str(residence.uid)}]


def test_me_changes_nickname_and_language_only() -> None:
    student = make.a_student()
    answer = client(student.user).patch(
        "/api/v1/me/",
        {"nickname": "青松", "language": "zh-hans", "username": "root"},
        format="json",
    )
    student.refresh_from_db()
    assert answer.status_code == 200
    assert (student.nickname, student.language) == ("青松", "zh-hans")
    assert student.user.username != "root"


def test_me_refuses_an_empty_nickname_and_names_the_field() -> None:
    answer = client(make.a_student().user).patch("/api/v1/me/", {"nickname": ""}, format="json")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["errors"][0]["path"] == "nickname"


def test_me_asks_for_a_sign_in() -> None:
    answer = client().get("/api/v1/me/")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_site_shows_no_password_outside_the_demo() -> None:
    make.a_campus()
    body = client().get("/api/v1/site/").json()
    assert (body["demo"], body["demo_accounts"]) == (False, [])


def test_site_of_a_demo_tells_its_three_sign_ins() -> None:
    campus = make.a_campus()
    campus.is_demo = True
    campus.save()
    kinds = [account["kind"] for account in client().get("/api/v1/site/").json()["demo_accounts"]]
    assert kinds == ["student", "manager", "till"]
