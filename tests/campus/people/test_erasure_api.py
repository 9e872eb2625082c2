"""Erasing oneself is confirmed by password, and ends the session."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from campus.people.models import Profile, User
from tests import factories as make

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"


def asked(client: Client, **body: str) -> tuple[int, dict[str, object]]:
    answer = client.delete(ME, body, content_type="application/json")
    return answer.status_code, answer.json() if answer.content else {}


@pytest.fixture
def student() -> Profile:
    return make.a_student(username="mina")


@pytest.fixture
def browser(student: Profile) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(student.user)
    return client


def test_the_right_password_erases_and_signs_out(browser: Client) -> None:
    assert asked(browser, password=make.PASSWORD) == (204, {})
    assert not User.objects.filter(username="mina").exists()
    assert browser.get(ME).status_code in {401, 403}


def test_a_wrong_password_erases_nobody(browser: Client) -> None:
    status, told = asked(browser, password="moonlight")
    assert (status, told["code"]) == (422, "wrong_password")
    assert told["errors"][0]["path"] == "password"
    assert asked(browser)[0] == 400
    assert browser.get(ME).status_code == 200


def test_passwords_cannot_be_tried_out(browser: Client) -> None:
    statuses = [asked(browser, password=f"guess{number}")[0] for number in range(6)]
    assert statuses == [422] * 5 + [429]
    assert browser.get(ME).status_code == 200


def test_nobody_erases_without_being_signed_in() -> None:
    assert asked(Client(), password=make.PASSWORD)[0] in {401, 403}


def test_the_office_erases_by_username(student: Profile) -> None:
    call_command("erase_person", "mina", yes=True)
    assert not Profile.objects.exists()
    with pytest.raises(CommandError, match="nobody"):
        call_command("erase_person", "mina", yes=True)


def test_the_office_is_asked_again(student: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: "min")
    with pytest.raises(CommandError, match="Nobody"):
        call_command("erase_person", "mina")
    assert Profile.objects.exists()
