"""
The API keeps its description, whatever it is sent.

Schemathesis thinks of requests from the description; every answer must be one that is described,
and its body must fit the shape that is promised. A fault of ours (5xx) is never an answer.
"""

from collections.abc import Callable, Iterator
from typing import Any, cast
from urllib.parse import urlencode
from uuid import uuid4

import jsonschema
import pytest
import schemathesis
import time_machine
from django.db import connection, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from rest_framework.test import APIClient

from tests.doors import world as worlds
from tests.doors.matrix import doors
from tests.doors.routes import routes
from tests.doors.world import World
from tests.tiers import FULL, tier

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the description knows no engine"),
]
ROLES = ("student", "manager", "till", "anonymous")
WITH_REAL_IDS = 2  # every second request asks about something that exists
JSON = ("application/json", "application/problem+json")


@pytest.fixture
def world() -> World:
    with time_machine.travel(worlds.AT, tick=False):
        return worlds.build()


def test_every_answer_is_described_and_has_its_shape(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "rest_framework.throttling.SimpleRateThrottle.allow_request", lambda *_: True
    )
    described = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    broken: dict[str, str] = {}
    client, real = APIClient(raise_request_exception=False), _real_paths(world)
    with time_machine.travel(worlds.AT, tick=False):
        for operation in _operations(described):
            for role in ROLES if FULL else _meant_for(operation.path):
                client.force_authenticate(world.people[role])
                check = _check(client, described, real.get(operation.label), broken, role)
                _tried(operation, check)
    assert broken == {}, "\n".join(f"{what}: {why}" for what, why in broken.items())


def _operations(described: dict[str, Any]) -> Iterator[Any]:
    """Those that take JSON or nothing; files have tests of their own."""
    for result in schemathesis.openapi.from_dict(described).get_all_operations():
        operation = result.ok()
        body = operation.definition.raw.get("requestBody", {}).get("content", JSON)
        if set(body) & set(JSON):
            yield operation


def _meant_for(path: str) -> tuple[str]:
    """Whose surface asks this; others are told that there is nothing, as the matrix proves."""
    if "/manage/" in path:
        return ("manager",)
    return ("till",) if "/counter/" in path else ("student",)


def _real_paths(world: World) -> dict[str, str]:
    """`METHOD /address/{with names}` -> the same with what exists."""
    table = doors(world)
    found = {}
    for route in routes():
        if (door := table.get(str(route))) is not None:
            path = route.path(door.arguments(world))
            named = path
            for name, value in door.arguments(world).items():
                named = named.replace(value, f"{{{name}}}")
            found[f"{route.method.upper()} {named}"] = path
    return found


def _tried(operation: Any, check: Callable[[Any, int], None]) -> None:
    count = iter(range(10**6))

    @settings(
        max_examples=tier(quick=2, full=100),
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def each(case: Any) -> None:
        check(case, next(count))

    each()


def _check(
    client: APIClient,
    described: dict[str, Any],
    real: str | None,
    broken: dict[str, str],
    role: str,
) -> Callable[[Any, int], None]:
    def check(case: Any, number: int) -> None:
        path = real if real and number % WITH_REAL_IDS == 0 else case.formatted_path
        answer = _sent(client, path, case)
        if wrong := _wrong(answer, case.operation.definition.raw["responses"], described):
            broken[f"{case.method} {path} as {role}"] = f"{case.query} {case.body!r}: {wrong}"

    return check


def _sent(client: APIClient, path: str, case: Any) -> Any:
    has_body = case.method not in {"GET", "HEAD"} and isinstance(case.body, dict | list)
    query = urlencode(case.query or {}, doseq=True)
    with transaction.atomic():
        answer = getattr(client, case.method.lower())(
            f"{path}?{query}",
            case.body if has_body else None,
            headers={"Idempotency-Key": str(uuid4())},
            **({"format": "json"} if case.method != "GET" else {}),
        )
        transaction.set_rollback(True)
    return answer


def _wrong(answer: Any, responses: dict[str, Any], described: dict[str, Any]) -> str | None:
    """What is wrong with an answer, if anything."""
    status = str(answer.status_code)
    if answer.status_code >= 500:
        return f"{status} {answer.content[:200]!r}"
    told = responses.get(status) or responses.get(f"{status[0]}XX")
    if told is None:
        return f"{status} is not described"
    kind = str(answer.get("Content-Type", "")).partition(";")[0]
    content = told.get("content", {})
    if content and kind not in content:
        return f"{status} came as {kind!r}"
    if kind not in JSON or not content:
        return None
    shape = {**content[kind].get("schema", {}), "components": described["components"]}
    validator = jsonschema.Draft202012Validator(cast(Any, shape))
    fault = next(validator.iter_errors(answer.json()), None)
    return f"{status}: {fault.json_path}: {fault.message[:200]}" if fault else None
