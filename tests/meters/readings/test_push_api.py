"""Gateways push signed readings; keys are issued and revoked by managers."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.places.models import Campus
from meters.readings import signing
from meters.readings.models import Delivery, DeviceKey, MeterDay, RegisterReading
from meters.readings.operations import pushing
from meters.readings.signing import Signed
from tests import factories

AT = datetime(2026, 5, 1, 3, tzinfo=UTC)
URL, KEYS = "/api/v1/readings/push/", "/api/v1/manage/device-keys/"
READINGS = [
    {"meter": "A-1", "at": "2026-03-02T00:00:00+09:00", "register_kwh": "100"},
    {"meter": "A-1", "at": "2026-03-03T00:00:00+09:00", "register_kwh": 107.25},
]


@pytest.fixture(autouse=True)
def _first_of_may() -> object:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def key(campus: Campus) -> DeviceKey:
    room = factories.a_room(number="301")
    factories.a_meter(room=room, serial="A-1", since=date(2026, 3, 1))
    manager = factories.a_manager()
    return pushing.issue_key(campus=campus, name="gateway", by=manager, at=AT)


def push(key: DeviceKey, readings: object, *, nonce: str = "n" * 16, **wrong: Any) -> Any:
    body = wrong.pop("body", json.dumps({"readings": readings}).encode())
    stamp = str(wrong.pop("timestamp", int(AT.timestamp())))
    unsigned = Signed(stamp, nonce, "POST", URL, "")
    secret = wrong.pop("secret", pushing.secret_of(key=key))
    signature = signing.signature_of(secret=secret, signed=unsigned, body=body)
    return APIClient().post(
        URL,
        wrong.pop("sent", body),
        content_type="application/json",
        headers={
            "X-Campus-Key": str(key.uid),
            "X-Campus-Timestamp": stamp,
            "X-Campus-Nonce": nonce,
            "X-Campus-Signature": signature,
        },
    )


def test_signed_readings_become_days_with_their_source(key: DeviceKey) -> None:
    answer = push(key, READINGS)
    assert (answer.status_code, answer.json()["accepted_rows"]) == (201, 2)
    assert MeterDay.objects.get().wh == 7250
    assert Delivery.objects.get().way == Delivery.Way.PUSH


def test_a_replay_is_refused_and_the_same_readings_signed_anew_add_nothing(key: DeviceKey) -> None:
    assert push(key, READINGS).status_code == 201
    assert push(key, READINGS).json()["code"] == "replayed"
    again = push(key, READINGS, nonce="m" * 16)
    assert (again.status_code, again.json()["duplicate_rows"]) == (201, 2)
    assert RegisterReading.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "0" * 64},
        {"sent": b'{"readings": []}'},
        {"timestamp": "soon"},
        {"nonce": "short"},
    ],
)
def test_what_is_not_signed_by_the_key_leaves_no_trace(
    key: DeviceKey, wrong: dict[str, Any]
) -> None:
    answer = push(key, READINGS, **wrong)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed")
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_gateway_is_told_that_its_clock_is_off(key: DeviceKey, minutes: int) -> None:
    answer = push(key, READINGS, timestamp=int(AT.timestamp()) + 60 * minutes)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (401, "clock_off")
    assert told["facts"] == {"seconds": "360", "most": "300", "now": "2026-05-01T03:00:00Z"}
    assert "360" in told["detail"]
    assert not Delivery.objects.exists()


def test_a_body_over_the_bound_is_not_read(key: DeviceKey) -> None:
    answer = push(key, [], body=b" " * (pushing.LARGEST_BODY + 1))
    assert answer.status_code == 413
    assert not Delivery.objects.exists()


def test_a_manager_issues_a_key_whose_secret_is_told_and_not_kept(campus: Campus) -> None:
    factories.a_residence(campus=campus)
    client = APIClient()
    client.force_authenticate(factories.a_manager())
    issued = client.post(
        KEYS, {"name": "north"}, format="json", headers={"Idempotency-Key": "k" * 16}
    )
    assert issued.status_code == 201
    key = DeviceKey.objects.get()
    assert issued.json()["secret"] == pushing.secret_of(key=key)
    assert "secret" not in client.get(KEYS).json()[0]
    revoked = client.post(f"{KEYS}{key.uid}/revoke/", headers={"Idempotency-Key": "r" * 16})
    assert revoked.json()["revoked_at"]
    assert push(key, READINGS).status_code == 401


def test_keys_are_for_managers_only(campus: Campus) -> None:
    client = APIClient()
    assert client.get(KEYS).status_code in {401, 403}
