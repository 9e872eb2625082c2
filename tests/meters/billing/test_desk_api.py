"""What a manager sees: tariffs tried before they count, balances, adjustments, objections."""

from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.people.models import Residency, User
from campus.places.models import Residence, Room
from meters.billing import operations
from meters.billing.models import Adjustment, Balance, BillObjection, Tariff
from tests import factories
from tests.meters.billing.rows import APRIL, a_big_room, a_priced_residence, charged, used
from tests.meters.billing.samples import KOREAN, document

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_june() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def room() -> Room:
    """A room of two whose April is billed."""
    found = a_big_room(a_priced_residence())
    for _ in range(2):
        factories.a_student(room=found)
    used(found, [10_000] * 30)
    charged(found, 30)
    return found


def client_of(user: User, *, language: str = "en") -> APIClient:
    client = APIClient()
    client.force_login(user)
    client.credentials(HTTP_ACCEPT_LANGUAGE=language, HTTP_IDEMPOTENCY_KEY=str(uuid4()))
    return client


def manager_of(residence: Residence) -> APIClient:
    return client_of(factories.a_manager(residence=residence))


def dearer(**changes: Any) -> dict[str, Any]:
    found = document(KOREAN, valid_from="2026-07-01", **changes)
    found["lines"][1]["rates"] = {"*": ["150", "214.6", "307.3"]} | {
        season: ["150", "214.6", "307.3", "736.2"] for season in ("summer", "winter")
    }
    return found


def test_a_tariff_is_tried_on_the_last_billed_month_before_it_is_published(room: Room) -> None:
    client = manager_of(room.residence)
    body = {"plan": "alder-plan", "document": dearer()}
    trial = client.post("/api/v1/manage/tariffs/try/", body, format="json").json()
    assert (trial["starts_on"], trial["winners"], trial["losers"]) == ("2026-04-01", 0, 1)
    # 200 kWh x 30 won more, and VAT and fund on it.
    assert trial["after"] - trial["before"] == 6760
    assert Tariff.objects.count() == 1


def test_a_document_is_checked_place_by_place_in_the_language_of_the_asker(room: Room) -> None:
    wrong = dearer()
    wrong["lines"][1]["tiers"]["summer"] = ["450", "300", None]
    body = {"plan": "alder-plan", "document": wrong}
    residence = room.residence
    for language, words in (("en", "above"), ("ko", "높아야"), ("zh-Hans", "高于")):
        client = client_of(factories.a_manager(residence=residence), language=language)
        told = client.post("/api/v1/manage/tariffs/check/", body, format="json").json()
        (fault,) = [one for one in told["faults"] if one["code"] == "tiers_not_rising"]
        assert fault["path"] == "lines[1].tiers.summer[1]"
        assert words in fault["message"]
    fine = client.post(
        "/api/v1/manage/tariffs/check/", {**body, "document": dearer()}, format="json"
    ).json()
    assert fine["faults"] == []
    assert [sample["kwh"] for sample in fine["samples"]] == ["50", "100", "200", "300", "450"]


def test_a_version_is_published_from_a_day_on_and_never_for_the_past(room: Room) -> None:
    client = manager_of(room.residence)
    early = {"plan": "alder-plan", "document": dearer(), "valid_from": "2026-05-01"}
    refused = client.post("/api/v1/manage/tariffs/", early, format="json")
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "valid_from")
    body = {"plan": "alder-plan", "document": dearer(), "valid_from": "2026-08-01"}
    made = manager_of(room.residence).post("/api/v1/manage/tariffs/", body, format="json")
    assert (made.status_code, made.json()["state"]) == (201, "COMING")
    (plan,) = client.get("/api/v1/manage/tariffs/").json()["plans"]
    assert [(v["state"], v["valid_to"]) for v in plan["versions"]] == [
        ("NOW", "2026-08-01"), ("COMING", None),
    ]  # fmt: skip


def test_an_adjustment_is_decided_once_by_the_residence_s_own_manager(room: Room) -> None:
    used(room, [12_000])
    operations.charge_day(campus=room.residence.campus, day=APRIL, at=NOW)
    waiting = Adjustment.objects.get()
    address = f"/api/v1/manage/adjustments/{waiting.uid}/decision/"
    foreign = manager_of(factories.a_residence(campus=room.residence.campus, code="birch"))
    assert foreign.post(address, {"post": True}, format="json").status_code == 404
    client = manager_of(room.residence)
    (told,) = client.get("/api/v1/manage/adjustments/").json()["results"]
    assert sum(part["amount"] for part in told["parts"]) == told["amount"] == waiting.amount
    done = client.post(address, {"post": True}, format="json").json()
    assert (done["state"], done["billed_on"]) == ("POSTED", "2026-06-20")
    late = manager_of(room.residence).post(address, {"post": False}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "adjustment_decided")


def test_a_balance_is_entered_with_its_time(room: Room) -> None:
    residence = room.residence
    residence.bill_mode = "PREPAID"
    residence.save()
    used(room, [9000] * 19, first=date(2026, 6, 1))
    charged(room, 19, first=date(2026, 6, 1))
    client = manager_of(residence)
    address = f"/api/v1/manage/rooms/{room.uid}/balance/"
    early = client.post(address, {"amount": 5, "read_at": "2026-07-01T00:00:00Z"}, format="json")
    assert (early.status_code, Balance.objects.count()) == (422, 0)
    body = {"amount": 4000, "read_at": "2026-06-19T00:00:00Z"}
    assert manager_of(residence).post(address, body, format="json").status_code == 201
    (row,) = client.get("/api/v1/manage/balances/").json()["rooms"]
    assert (row["balance"]["amount"], row["balance"]["told_by"]) == (4000, "MANAGER")
    assert row["balance"]["advice"] == "LOW"


def test_an_objection_is_answered_with_all_that_it_is_about(room: Room) -> None:
    holder = Residency.objects.filter(room=room).earliest("pk").holder
    operations.object_to(
        holder=holder, charge=room.charges.get(day=APRIL), line="energy", text="Away", at=NOW
    )
    client = manager_of(room.residence)
    (told,) = client.get("/api/v1/manage/bill-objections/").json()["results"]
    assert (told["day"], told["wh"], told["line_label"]) == ("2026-04-01", 10_000, "Energy charge")
    assert (told["reading"], told["line_amount"]) == ("ACTUAL", "1200")
    address = f"/api/v1/manage/bill-objections/{told['uid']}/answer/"
    body = {"text": "The meter is right", "state": "DECLINED"}
    assert client.post(address, body, format="json").json()["state"] == "DECLINED"
    again = manager_of(room.residence).post(address, body, format="json")
    assert (again.status_code, BillObjection.objects.get().answer) == (409, "The meter is right")


def test_a_student_sees_nothing_of_the_desk(room: Room) -> None:
    user = room.residencies.first().holder.profile.user
    for path in ("tariffs", "balances", "adjustments", "bill-objections"):
        assert client_of(user).get(f"/api/v1/manage/{path}/").status_code == 404


def test_a_document_that_is_no_object_is_a_fault_and_not_an_accident(room: Room) -> None:
    client = manager_of(room.residence)
    for nonsense in ([], "tariff", {"lines": {"a": 1}}, deepcopy({"valid_from": 5})):
        body = {"plan": "alder-plan", "document": nonsense}
        for way in ("check", "try"):
            answer = client.post(f"/api/v1/manage/tariffs/{way}/", body, format="json")
            assert answer.status_code in (200, 422)
        assert client.post("/api/v1/manage/tariffs/", body, format="json").status_code == 422
        client.credentials(HTTP_IDEMPOTENCY_KEY=str(uuid4()))
