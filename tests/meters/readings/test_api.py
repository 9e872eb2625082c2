import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import encode_multipart
from rest_framework.test import APIClient

from campus.people import operations as people
from campus.people.models import Residency, User
from campus.places.models import Campus, Room
from meters.readings import operations
from meters.readings.models import DailyUse, Delivery, MeterDay
from tests import factories
from tests.meters.readings.conftest import AT, Deliver

URL = "/api/v1/manage/deliveries/"
HEADER = "meter_id,date,kwh"


@pytest.fixture(autouse=True)
def _first_of_may() -> object:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def room(campus: Campus) -> Room:
    room = factories.a_room(number="301")
    factories.a_meter(room=room, serial="A-1", since=date(2026, 3, 1))
    return room


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture
def manager(campus: Campus) -> APIClient:
    return signed_in(factories.a_manager())


def file(*rows: str | bytes, name: str = "march.csv") -> dict[str, SimpleUploadedFile]:
    lines = [row if isinstance(row, bytes) else row.encode() for row in rows]
    return {"file": SimpleUploadedFile(name, b"\n".join(lines), content_type="text/csv")}


def test_an_upload_is_answered_with_its_report(manager: APIClient, room: Room) -> None:
    answer = manager.post(
        URL,
        file(HEADER, "A-1,2026-03-02,7.5", "A-1,2026-03-02,7.5", "A-1,2026-03-03,-1"),
        headers={"accept-language": "en"},
    )
    assert answer.status_code == 201
    told = answer.json()
    assert {key: told[key] for key in ("name", "format", "state", "reason", "reason_text")} == {
        "name": "march.csv",
        "format": "delimited",
        "state": "ACCEPTED",
        "reason": "",
        "reason_text": "",
    }
    counted = [told[f"{kind}_rows"] for kind in ("accepted", "duplicate", "refused")]
    assert counted == [1, 1, 1]
    assert told["report"] == [{"line": 4, "code": "negative", "message": "-1 is negative."}]
    assert told["duplicates"] == [
        {"line": 3, "code": "same_again", "message": "The row repeats line 2."}
    ]
    assert (told["first_day"], told["revised_days"], told["way"]) == ("2026-03-02", [], "UPLOAD")
    again = manager.get(f"{URL}{told['uid']}/", headers={"accept-language": "en"})
    assert again.json()["report"] == told["report"]
    stored = Delivery.objects.get()
    assert stored.received_by is not None
    assert stored.received_at == AT


@pytest.mark.parametrize("language", ["ko", "en", "zh-hans"])
def test_a_report_is_told_in_every_language(manager: APIClient, room: Room, language: str) -> None:
    rows = ["A-1,2026-03-03,-1", "?,2026-03-03,1", "A-1,2026-03-03,1,2", "A-1,2026-3-33,1"]
    answer = manager.post(URL, file(HEADER, *rows), headers={"accept-language": language})
    messages = [row["message"] for row in answer.json()["report"]]
    assert len(messages) == 4
    assert all(message and "%" not in message and "–" not in message for message in messages)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not a table", "not_csv"),
        (b"meter_id,date\nA-1,2026-03-02", "column_missing"),
        (b"meter_id,date,kwh\n", "no_rows"),
        (b"PK\x03\x04zip", "zip_not_xlsx"),
        (b"\xff\xfem\x00e\x00", "not_csv"),
        (b"meter_id,date,kwh\n\xff", "not_decodable"),
    ],
)
def test_a_refused_file_is_a_problem_and_its_delivery_is_kept(
    manager: APIClient, room: Room, content: bytes, reason: str
) -> None:
    answer = manager.post(URL, file(content), headers={"accept-language": "en"})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, reason)
    assert answer["content-type"] == "application/problem+json"
    [listed] = manager.get(URL, headers={"accept-language": "en"}).json()["results"]
    assert (listed["state"], listed["reason"]) == ("REFUSED", reason)
    assert listed["reason_text"] == problem["detail"]
    assert problem["facts"]["delivery"] == listed["uid"]
    assert not MeterDay.objects.exists()


def test_an_empty_file_is_refused(manager: APIClient) -> None:
    answer = manager.post(URL, file(b""))
    assert (answer.status_code, answer.json()["code"]) == (422, "empty")


@pytest.mark.parametrize("body", [{}, {"file": "text"}, {"other": "x"}])
def test_a_form_without_a_file_is_told_so(manager: APIClient, body: dict[str, str]) -> None:
    answer = manager.post(URL, body)
    assert (answer.status_code, answer.json()["code"]) == (400, "file_missing")
    assert not Delivery.objects.exists()


def test_a_body_that_is_no_form_is_refused(manager: APIClient) -> None:
    assert manager.post(URL, {"file": "x"}, format="json").status_code == 415


def test_a_file_over_the_limit_is_413_and_only_its_delivery_is_kept(
    manager: APIClient, settings: object, room: Room
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 2 * 1024 * 1024  # type: ignore[attr-defined]
    rows = b"meter_id,date,kwh\n" + b"A-1,2026-03-02,7.5\n" * 110_500
    assert len(rows) > 2 * 1024 * 1024
    answer = manager.post(URL, file(rows, name="big.csv"), headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert "2 MiB" in answer.json()["detail"]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reason, delivery.file.name) == ("REFUSED", "too_large", "")
    assert not MeterDay.objects.exists()


def test_a_request_that_announces_too_much_is_not_read(campus: Campus, settings: object) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024  # type: ignore[attr-defined]
    manager = factories.a_manager(username="keeper")
    client = Client()
    client.force_login(manager)

    class Unreadable:
        def read(self, *_size: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    answer = client.generic(
        "POST",
        URL,
        b"",
        **{
            "wsgi.input": Unreadable(),
            "CONTENT_LENGTH": str(10**12),
            "CONTENT_TYPE": "multipart/form-data; boundary=xyz",
        },
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert Delivery.objects.get().size == 10**12


def test_uploads_of_a_signed_in_browser_need_the_forgery_token(room: Room) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.a_manager())
    assert client.post(URL, file(HEADER, "A-1,2026-03-02,7.5")).status_code == 403
    client.cookies["csrftoken"] = "a" * 32
    answer = client.post(URL, file(HEADER, "A-1,2026-03-02,7.5"), headers={"x-csrftoken": "a" * 32})
    assert answer.status_code == 201


def test_a_broken_form_is_no_fault_of_ours(manager: APIClient) -> None:
    body = encode_multipart("xyz", file(HEADER))[:60]
    answer = manager.generic("POST", URL, body, content_type="multipart/form-data; boundary=xyz")
    assert answer.status_code == 400


def test_a_corrected_delivery_revises_the_closed_day(
    manager: APIClient, campus: Campus, room: Room, deliver: Deliver, settings: object
) -> None:
    from campus.nights import operations as nights

    settings.NIGHT_PLAN = ["tests.close_readings_by_http"]  # type: ignore[attr-defined]

    @current_app.task(name="tests.close_readings_by_http")
    def step(*, campus_id: int, day: str, at: str, run_id: int) -> None:
        operations.close_day(
            campus=campus, day=date.fromisoformat(day), at=datetime.fromisoformat(at)
        )

    deliver(HEADER, "A-1,2026-04-28,7.5")
    nights.close(campus=campus, day=date(2026, 4, 28), at=datetime(2026, 4, 29, tzinfo=UTC))
    answer = manager.post(URL, file(HEADER, "A-1,2026-04-28,8"))
    assert answer.json()["revised_days"] == ["2026-04-28"]
    assert list(DailyUse.objects.order_by("revision").values_list("wh", flat=True)) == [7500, 8000]


def test_the_list_pages_newest_first_with_a_fixed_number_of_statements(
    manager: APIClient, room: Room, deliver: Deliver, django_assert_max_num_queries: object
) -> None:
    for n in range(60):
        deliver(f"{HEADER}\n", f"A-1,2026-03-02,{n}" if n % 2 else f"no table {n}")
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        page = manager.get(URL).json()
    assert len(page["results"]) == 50
    assert page["results"][0]["state"] == "ACCEPTED"
    assert "report" not in page["results"][0]
    rest = manager.get(page["next"]).json()
    assert len(rest["results"]) == 10
    assert rest["next"] is None


def test_deliveries_of_another_campus_do_not_exist(manager: APIClient, deliver: Deliver) -> None:
    south = factories.a_campus(slug="south")
    foreign = deliver(b"nothing", to=south)
    assert manager.get(URL).json()["results"] == []
    assert manager.get(f"{URL}{foreign.uid}/").status_code == 404
    residence = factories.a_residence(campus=south)
    for named in (residence.uid, "nonsense"):
        assert manager.get(URL, {"residence": str(named)}).status_code == 404
        assert manager.post(f"{URL}?residence={named}", file(HEADER)).status_code == 404
    assert Delivery.objects.get() == foreign


def test_deliveries_are_for_managers_only(campus: Campus, room: Room) -> None:
    for user in (factories.a_student(room=room).user, factories.a_till()):
        client = signed_in(user)
        assert client.get(URL).status_code == 404
        assert client.post(URL, file(HEADER, "A-1,2026-03-02,7.5")).status_code == 404
    assert APIClient().get(URL).status_code == 401
    assert not Delivery.objects.exists()


def test_uploads_are_throttled_and_looking_is_not(
    manager: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rest_framework.throttling import ScopedRateThrottle

    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "upload", "1/min")
    assert manager.post(URL, file(b"nothing")).status_code == 422
    assert manager.post(URL, file(b"nothing else")).status_code == 429
    assert manager.get(URL).status_code == 200


def source(day: str) -> str:
    return f"/api/v1/energy/days/{day}/source/"


def test_a_student_reads_where_the_figures_of_a_day_come_from(
    room: Room, deliver: Deliver, campus: Campus
) -> None:
    delivery = deliver(HEADER, "A-1,2026-03-02,7.5", name="march.csv")
    operations.close_day(campus=campus, day=date(2026, 3, 2), at=AT)
    answer = signed_in(factories.a_student(room=room).user).get(source("2026-03-02"))
    assert answer.status_code == 200
    assert answer.json() == {
        "day": "2026-03-02",
        "status": "ACTUAL",
        "wh": 7500,
        "meter": {"serial": "A-1", "simulated": False},
        "intervals": None,
        "revisions": [
            {
                "revision": 1,
                "wh": 7500,
                "status": "ACTUAL",
                "told_at": "2026-05-01T03:00:00Z",
                "delivery": {
                    "uid": str(delivery.uid),
                    "name": "march.csv",
                    "received_at": "2026-05-01T03:00:00Z",
                    "line": 2,
                },
            }
        ],
        "estimate": None,
    }


def test_a_day_belongs_to_whoever_lived_there_that_night(room: Room, deliver: Deliver) -> None:
    deliver(HEADER, "A-1,2026-03-02,7.5", "A-1,2026-03-20,3")
    former = factories.a_student(room=room)
    people.move_out(residency=Residency.objects.get(holder=former.holder), on=date(2026, 3, 10))
    newcomer = factories.a_student(room=room, since=date(2026, 3, 10))
    answers = {
        (who, day): signed_in(user).get(source(day)).status_code
        for who, user in (("former", former.user), ("newcomer", newcomer.user))
        for day in ("2026-03-02", "2026-03-20")
    }
    assert answers == {
        ("former", "2026-03-02"): 200,
        ("former", "2026-03-20"): 404,
        ("newcomer", "2026-03-02"): 404,
        ("newcomer", "2026-03-20"): 200,
    }


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "0"])
def test_a_day_that_is_none_is_not_there(room: Room, day: str) -> None:
    assert signed_in(factories.a_student(room=room).user).get(source(day)).status_code == 404


def test_sources_are_for_students_only(room: Room, manager: APIClient) -> None:
    assert manager.get(source("2026-03-02")).status_code == 404
    assert APIClient().get(source("2026-03-02")).status_code == 401


def test_columns_that_are_not_recognised_are_asked_for_and_remembered(
    manager: APIClient, room: Room
) -> None:
    rows = ("meter_id,when,foo", "A-1,2026-03-02,7.5")
    problem = manager.post(URL, file(*rows)).json()
    assert problem["code"] == "column_missing"
    assert [(fault["path"], fault["message"]) for fault in problem["errors"]] == [
        ("columns.stamp", "meter_id | when | foo"),
        ("columns.value", "meter_id | when | foo"),
    ]
    answers = {"columns": {"stamp": "when", "value": "foo"}, "kind": "daily"}
    said = {"answers": json.dumps(answers), "save_as": "East wing"}
    assert manager.post(URL, {**file(*rows), **said}).status_code == 201
    assert manager.get("/api/v1/manage/profiles/").json() == [{"name": "East wing"}]
    next_day = file("meter_id,when,foo", "A-1,2026-03-03,8")
    answer = manager.post(URL, {**next_day, "profile": "East wing"})
    assert (answer.status_code, answer.json()["accepted_rows"]) == (201, 1)
