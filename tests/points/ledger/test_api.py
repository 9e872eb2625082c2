"""What a student sees of their own wallet, and nobody of another's."""

import pytest
from django.test import Client

from campus.people.models import Profile
from points.ledger import operations
from points.ledger.models import Asset
from tests import factories
from tests.points.ledger.book import NOON, earn, spend

pytestmark = pytest.mark.django_db


@pytest.fixture
def student() -> Profile:
    return factories.a_student()


@pytest.fixture
def browser(student: Profile) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(student.user)
    return client


def test_a_wallet_that_was_never_used_is_empty(browser: Client) -> None:
    answer = browser.get("/api/v1/wallet/")
    assert answer.json() == {"CP": 0, "SUN": 0, "cp_on_the_way": None}


def test_the_wallet_tells_both_balances(browser: Client, student: Profile) -> None:
    earn(student.holder, 100)
    earn(student.holder, 7, asset=Asset.SUN)
    earn(factories.a_student().holder, 1000)
    assert browser.get("/api/v1/wallet/").json()["CP"] == 100
    assert browser.get("/api/v1/wallet/").json()["SUN"] == 7


def test_entries_are_signed_and_tell_the_balance_after_each(
    browser: Client, student: Profile
) -> None:
    earn(student.holder, 100, source="a")
    spend(student.holder, 30, source="b")
    results = browser.get("/api/v1/wallet/entries/").json()["results"]
    assert [(line["id"], line["amount"], line["balance"]) for line in results] == [
        ("CP-2", -30, 70),
        ("CP-1", 100, 100),
    ]
    assert results[1] == {
        "id": "CP-1",
        "asset": "CP",
        "amount": 100,
        "balance": 100,
        "code": "SAVING",
        "label": "Electricity saved",
        "effective_on": "2026-03-09",
        "posted_at": "2026-03-10T03:00:00Z",
        "reverses": None,
        "corrected_by": None,
        "source": {"kind": "AWARD", "id": "a"},
    }


def test_a_correction_and_what_it_undoes_name_each_other(browser: Client, student: Profile) -> None:
    operations.reverse(transfer=earn(student.holder, 100), at=NOON)
    newer, older = browser.get("/api/v1/wallet/entries/").json()["results"]
    assert (newer["reverses"], older["corrected_by"]) == ("CP-1", "CP-2")


def test_entries_of_one_asset_can_be_asked_for(browser: Client, student: Profile) -> None:
    earn(student.holder, 1)
    earn(student.holder, 2, asset=Asset.SUN)
    results = browser.get("/api/v1/wallet/entries/?asset=SUN").json()["results"]
    assert [line["id"] for line in results] == ["SUN-1"]
    assert browser.get("/api/v1/wallet/entries/?asset=GOLD").status_code == 400


def test_entries_come_in_pages_of_fifty(browser: Client, student: Profile) -> None:
    for _each in range(51):
        earn(student.holder, 1)
    first = browser.get("/api/v1/wallet/entries/").json()
    second = browser.get(first["next"]).json()
    assert [line["id"] for line in second["results"]] == ["CP-1"]
    assert (len(first["results"]), second["next"]) == (50, None)


def test_entries_of_others_are_not_told(browser: Client) -> None:
    earn(factories.a_student().holder, 100)
    assert browser.get("/api/v1/wallet/entries/").json()["results"] == []


def test_a_broken_cursor_is_refused_and_not_a_fault(browser: Client) -> None:
    assert browser.get("/api/v1/wallet/entries/?cursor=broken").status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/wallet/", "/api/v1/wallet/entries/"])
def test_only_a_student_has_a_wallet(path: str) -> None:
    assert Client().get(path).status_code in {401, 403}
    till = Client()
    till.force_login(factories.a_till())
    assert till.get(path).status_code == 404
