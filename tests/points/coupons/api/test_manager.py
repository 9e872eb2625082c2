"""Settlement, uses and refused scans as a manager of the campus meets them."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from rest_framework.test import APIClient

from points.coupons import operations
from points.coupons.models import Cafe, Payment, Redemption, Statement, Till, Undoing
from tests import factories
from tests.points.coupons import making as make
from tests.points.coupons.api.asking import post, signed_in

pytestmark = pytest.mark.django_db
AT = make.AT
APRIL = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
STATEMENTS, USES = "/api/v1/manage/statements/", "/api/v1/manage/redemptions/"
REFUSED = "/api/v1/manage/refused-scans/"


@pytest.fixture(autouse=True)
def _clock() -> object:
    with time_machine.travel(APRIL, tick=False):
        yield


@pytest.fixture
def cafe() -> Cafe:
    return make.a_settling_cafe()


@pytest.fixture
def till(cafe: Cafe) -> Till:
    return make.a_till(cafe)


@pytest.fixture
def manager() -> APIClient:
    return signed_in(factories.a_manager())


@pytest.fixture
def stranger() -> APIClient:
    """A manager on another campus."""
    south = factories.a_campus(slug="south")
    return signed_in(factories.a_manager(residence=factories.a_residence(campus=south)))


def use(till: Till, at: datetime = AT) -> Redemption:
    coupon = make.a_coupon(offer=make.an_offer(cafe=till.cafe), at=at)
    return operations.redeem(code=make.qr_of(coupon, at), cafe=till.cafe, till=till, at=at)


def close(client: APIClient, cafe: Cafe, ends_on: str = "2026-04-01", key: str = "close-01") -> Any:
    return post(client, f"{STATEMENTS}close/", {"cafe": str(cafe.uid), "ends_on": ends_on}, key)


def test_the_list_says_what_is_owed_and_what_can_be_closed(
    manager: APIClient, cafe: Cafe, till: Till
) -> None:
    use(till)
    told = manager.get(STATEMENTS).data
    assert told == {
        "cafes": [
            {
                "uid": str(cafe.uid),
                "name": "Café Haetsal",
                "unpaid_minor": 3000,
                "open_minor": 3000,
                "next_payment_on": "2026-05-11",
                "currency": "KRW",
                "minor_digits": 0,
                "closes_through": "2026-04-01",
            }
        ],
        "statements": [],
    }


def test_a_period_is_closed_once_and_its_statement_is_told(
    manager: APIClient, cafe: Cafe, till: Till
) -> None:
    use(till)
    first, again = (close(manager, cafe) for _each in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    statement = Statement.objects.get()
    assert first.data == {
        "uid": str(statement.uid),
        "number": 1,
        "cafe": {"uid": str(cafe.uid), "name": "Café Haetsal"},
        "starts_on": "2026-03-03",
        "ends_on": "2026-04-01",
        "uses": 1,
        "voids": 0,
        "uses_minor": 3000,
        "voids_minor": 0,
        "total_minor": 3000,
        "currency": "KRW",
        "minor_digits": 0,
        "seller": {"name": "Haetsal Co.", "tax_number": "123-45-67890", "address": ""},
        "buyer": {"name": "North University", "tax_number": "987-65-43210", "address": ""},
        "hash": statement.hash,
        "closed_at": "2026-04-01T01:00:00Z",
        "pays_on": "2026-04-11",
        "paid_on": None,
    }
    [owed] = manager.get(STATEMENTS).data["cafes"]
    assert (owed["open_minor"], owed["unpaid_minor"]) == (0, 3000)
    assert (owed["next_payment_on"], owed["closes_through"]) == ("2026-04-11", None)


def test_each_refusal_to_close_has_its_code(manager: APIClient, cafe: Cafe, till: Till) -> None:
    nothing = close(manager, cafe, key="close-02")
    use(till)
    early = close(manager, cafe, "2026-04-02", key="close-03")
    Cafe.objects.update(tax_number="")
    unnamed = close(manager, cafe, key="close-04")
    assert [(each.status_code, each.data["code"]) for each in (nothing, early, unnamed)] == [
        (409, "nothing_to_close"),
        (409, "period_not_over"),
        (409, "parties_missing"),
    ]
    assert not Statement.objects.exists()


@pytest.mark.parametrize("body", [{}, {"cafe": "x", "ends_on": "2026-04-01"}, {"cafe": ""}])
def test_a_close_without_its_facts_is_told_what_to_check(
    body: dict[str, Any], manager: APIClient
) -> None:
    assert post(manager, f"{STATEMENTS}close/", body).status_code == 400


def test_a_payment_is_noted_and_the_cafe_is_owed_no_more(
    manager: APIClient, cafe: Cafe, till: Till
) -> None:
    use(till)
    uid = close(manager, cafe).data["uid"]
    paid = post(manager, f"{STATEMENTS}{uid}/paid/", {"paid_on": "2026-04-01"})
    assert (paid.status_code, paid.data["paid_on"]) == (200, "2026-04-01")
    assert manager.get(STATEMENTS).data["cafes"][0]["unpaid_minor"] == 0
    again = post(manager, f"{STATEMENTS}{uid}/paid/", {"paid_on": "2026-04-02"})
    assert (again.status_code, again.data["code"]) == (409, "already_paid")


@pytest.mark.parametrize(
    ("lang", "item"), [("ko", "아메리카노"), ("zh-hans", "美式咖啡"), ("xx", "Americano")]
)
def test_the_sheet_is_a_file_in_the_wanted_language(
    lang: str, item: str, manager: APIClient, cafe: Cafe, till: Till
) -> None:
    use(till)
    uid = close(manager, cafe).data["uid"]
    answer = manager.get(f"{STATEMENTS}{uid}.csv?lang={lang}", headers={"Accept": "text/csv"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="statement-2026-04-01-1.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert item in rows[1]
    assert len(rows) == 3


def test_the_print_is_a_pdf(manager: APIClient, cafe: Cafe, till: Till) -> None:
    use(till)
    uid = close(manager, cafe).data["uid"]
    answer = manager.get(f"{STATEMENTS}{uid}.pdf", headers={"Accept": "application/pdf"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_file_that_does_not_exist_is_a_problem_whatever_was_accepted(manager: APIClient) -> None:
    answer = manager.get(f"{STATEMENTS}{uuid4()}.pdf", headers={"Accept": "application/pdf"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_uses_of_a_day_are_told_without_names(manager: APIClient, cafe: Cafe, till: Till) -> None:
    redemption = use(till)
    told = manager.get(f"{USES}?day=2026-03-03").data
    assert (told["day"], told["currency"], told["minor_digits"]) == ("2026-03-03", "KRW", 0)
    assert told["redemptions"] == [
        {
            "uid": str(redemption.uid),
            "at": "2026-03-03T05:00:10Z",
            "cafe": "Café Haetsal",
            "till": "Counter",
            "item": "Americano",
            "value_minor": 3000,
            "undone_at": None,
            "undone_how": None,
            "reason": "",
        }
    ]
    assert manager.get(USES).data["redemptions"] == []
    assert manager.get(f"{USES}?day=soon").status_code == 400


def test_a_manager_voids_a_use_and_says_why(manager: APIClient, cafe: Cafe, till: Till) -> None:
    redemption = use(till)
    url = f"{USES}{redemption.uid}/void/"
    first, again = (post(manager, url, {"reason": "Wrong drink"}, "void-0001") for _n in range(2))
    assert (first.status_code, first.data) == (200, again.data)
    assert Undoing.objects.get().how == "MANAGER"
    [told] = manager.get(f"{USES}?day=2026-03-03").data["redemptions"]
    assert (told["undone_how"], told["reason"]) == ("MANAGER", "Wrong drink")
    other = post(manager, url, {"reason": "Wrong drink"})
    assert (other.status_code, other.data["code"]) == (409, "already_undone")
    assert post(manager, url, {"reason": " "}).status_code == 400


def test_refused_scans_are_told_with_their_patterns(manager: APIClient, till: Till) -> None:
    counter = signed_in(till.user)
    for number in range(5):
        at = APRIL - timedelta(hours=5 - number)
        with time_machine.travel(at, tick=False):
            body = {"code": "C1.K1.AGIPHQT3DJ6D3DSPLJVXZDM6B4.59000000.XT44HQIGNPBETQQ4"}
            assert post(counter, "/api/v1/counter/redemptions/", body).status_code == 422
    told = manager.get(REFUSED).data
    [alert] = told["alerts"]
    assert (alert["code"], alert["till"], alert["cafe"]) == (
        "coupon_again_and_again",
        "Counter",
        "Café Haetsal",
    )
    assert alert["message"] == "One coupon was refused 5 times at this till within a day."
    assert told["counts"] == [{"verdict": "not_readable", "label": "Not readable", "count": 5}]
    assert len(told["scans"]) == 5
    assert told["scans"][0] == {
        "at": "2026-04-01T00:00:00Z",
        "cafe": "Café Haetsal",
        "till": "Counter",
        "verdict": "not_readable",
        "label": "Not readable",
        "how": "QR",
        "kept": False,
    }


def test_what_belongs_to_another_campus_does_not_exist(
    manager: APIClient, stranger: APIClient, cafe: Cafe, till: Till
) -> None:
    kept, settled = use(till), use(till)
    operations.note_refused_pin(till=till, refusal=_refusal(), at=AT)
    uid = close(manager, cafe).data["uid"]
    before = (Statement.objects.count(), Payment.objects.count(), Undoing.objects.count())
    answers = [
        close(stranger, cafe),
        post(stranger, f"{STATEMENTS}{uid}/paid/", {"paid_on": "2026-04-01"}),
        stranger.get(f"{STATEMENTS}{uid}.csv"),
        stranger.get(f"{STATEMENTS}{uid}.pdf"),
        post(stranger, f"{USES}{kept.uid}/void/", {"reason": "Wrong drink"}),
        post(stranger, f"{USES}{settled.uid}/void/", {"reason": "Wrong drink"}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 6
    assert stranger.get(STATEMENTS).data == {"cafes": [], "statements": []}
    assert stranger.get(f"{USES}?day=2026-03-03").data["redemptions"] == []
    assert stranger.get(REFUSED).data["scans"] == []
    after = (Statement.objects.count(), Payment.objects.count(), Undoing.objects.count())
    assert after == before


def _refusal() -> Any:
    from points.coupons.refusals import WrongPin

    return WrongPin(left=1)


@pytest.mark.parametrize("path", [STATEMENTS, USES, REFUSED, f"{STATEMENTS}{UUID(int=7)}.csv"])
def test_these_pages_are_for_managers(path: str, till: Till) -> None:
    assert APIClient().get(path).status_code == 401
    for user in (till.user, make.a_saver().user):
        assert signed_in(user).get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [f"{STATEMENTS}close/", f"{STATEMENTS}{UUID(int=7)}/paid/", f"{USES}{UUID(int=7)}/void/"],
)
def test_these_deeds_are_for_managers_and_need_a_key(
    path: str, till: Till, manager: APIClient
) -> None:
    assert APIClient().post(path).status_code == 401
    for user in (till.user, make.a_saver().user):
        assert post(signed_in(user), path, {}).status_code == 404
    body = {"cafe": str(uuid4()), "ends_on": "2026-04-01", "paid_on": "2026-04-01", "reason": "Why"}
    answer = manager.post(path, body, format="json")
    assert (answer.status_code, answer.data["code"]) == (400, "idempotency_key_missing")
