"""The passbook as a screen, a table, a paper and a signed file."""

import csv
import io
import json
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from campus.people.models import Profile
from tests import factories as make
from tests.points.ledger.book import NOON, earn, spend
from tests.points.passbook.making import a_saver, a_settled_award, signed_in

pytestmark = pytest.mark.django_db
FILES = ["/api/v1/passbook/statement.csv", "/api/v1/passbook/statement.pdf"]
EXPORT = "/api/v1/passbook/export.json"


@pytest.fixture
def saver() -> Profile:
    profile = a_saver(nickname="=물빛 수달")
    with time_machine.travel(NOON):
        a_settled_award(profile, amount=100)
        spend(profile.holder, 30)
    return profile


@pytest.fixture
def browser(saver: Profile) -> Client:
    return signed_in(saver.user)


def test_the_screen_shows_both_wallets_of_the_last_days(browser: Client) -> None:
    with time_machine.travel(NOON):
        told = browser.get("/api/v1/passbook/").json()
    assert (told["from"], told["to"], told["name"]) == ("2025-12-10", "2026-03-10", "=물빛 수달")
    cp, sun = told["wallets"]
    assert (cp["opening"], cp["closing"], cp["given"], cp["taken"]) == (0, 70, 100, 30)
    assert (sun["asset"], sun["lines"]) == ("SUN", [])
    assert cp["lines"][0]["source_text"].startswith("Readings of 2026-03-02")


def test_one_asset_can_be_asked_for(browser: Client) -> None:
    told = browser.get("/api/v1/passbook/?asset=SUN&from=2026-03-01&to=2026-03-31").json()
    assert [wallet["asset"] for wallet in told["wallets"]] == ["SUN"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("from=2026-03-10&to=2026-03-09", 400), ("from=2020-01-01", 400), ("asset=GOLD", 400)],
)
def test_days_that_make_no_statement_are_refused(browser: Client, query: str, status: int) -> None:
    assert browser.get(f"/api/v1/passbook/?{query}").status_code == status


def test_the_table_has_a_row_an_entry(browser: Client) -> None:
    answer = browser.get(FILES[0], headers={"accept": "text/csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="passbook.csv"'
    headings, first, second = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert headings[:2] == ["Entry", "Asset"]
    assert [first[0], *first[5:7], first[8]] == ["CP-1", "100", "100", "settled_saving"]
    assert [second[0], *second[5:7]] == ["CP-2", "-30", "70"]


@pytest.mark.parametrize("language", ["ko", "en", "zh-hans"])
def test_the_paper_is_a_pdf_in_every_language(browser: Client, language: str) -> None:
    answer = browser.get(FILES[1], headers={"accept-language": language})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("path", FILES)
def test_a_file_refuses_in_a_problem_whatever_the_browser_accepts(
    browser: Client, path: str
) -> None:
    headers = {"accept": "text/csv"}
    answer = browser.get(f"{path}?from=2026-03-02&to=2026-03-01", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "period_refused")


@pytest.mark.parametrize("path", ["/api/v1/passbook/", *FILES, EXPORT])
def test_only_a_student_has_a_passbook(path: str) -> None:
    assert Client().get(path).status_code in {401, 403}
    assert signed_in(make.a_manager()).get(path).status_code == 404


def test_the_export_is_proven_by_the_public_key_that_anybody_may_read(
    browser: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, key = tmp_path / "passbook.json", tmp_path / "key.json"
    file.write_bytes(browser.get(EXPORT).content)
    key.write_bytes(Client().get("/api/v1/passbook/public-key/").content)
    call_command("verify_passbook", file, key=str(key))
    call_command("verify_passbook", file, key=json.loads(key.read_text())["keys"][0]["public_key"])
    call_command("verify_passbook", file)
    assert capsys.readouterr().out.count("The passbook is sound.") == 3


def test_a_changed_export_is_refused(browser: Client, tmp_path: Path) -> None:
    file = tmp_path / "passbook.json"
    file.write_bytes(browser.get(EXPORT).content.replace(b'"amount":100', b'"amount":900'))
    with pytest.raises(CommandError, match="not sound"):
        call_command("verify_passbook", file)


def test_a_foreign_key_or_no_file_is_refused_in_words(browser: Client, tmp_path: Path) -> None:
    file = tmp_path / "passbook.json"
    with pytest.raises(CommandError):
        call_command("verify_passbook", file)
    told = json.loads(browser.get(EXPORT).content)
    told["signature"]["key_id"] = "another"
    file.write_text(json.dumps(told))
    with pytest.raises(CommandError, match="--key"):
        call_command("verify_passbook", file)
    with pytest.raises(CommandError):
        call_command("verify_passbook", file, key="no key")


def test_the_export_names_no_person(browser: Client, saver: Profile) -> None:
    content = browser.get(EXPORT).content.decode()
    assert str(saver.holder.uid) in content
    assert not any(name in content for name in (saver.nickname, str(saver.user.uid)))


def test_every_entry_is_exported_however_old(browser: Client, saver: Profile) -> None:
    earn(saver.holder, 1, asset="SUN")
    cp, sun = json.loads(browser.get(EXPORT).content)["passbook"]["wallets"]
    assert (cp["version"], sun["version"]) == (2, 1)
