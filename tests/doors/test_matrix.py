"""Every door of the API opens to those it is for, and to nobody else."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, transaction
from rest_framework.test import APIClient

from tests.doors import world as worlds
from tests.doors.matrix import A_FILE, Door, doors
from tests.doors.routes import Route, routes
from tests.doors.world import World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="who may ask depends on no engine"),
]
OPEN, SHUT, UNKNOWN, BROKEN = "open", "nothing there", "sign in", "broken"


@pytest.fixture
def world() -> World:
    with time_machine.travel(worlds.AT, tick=False):
        return worlds.build()


def test_every_route_has_its_line_and_every_line_its_route(world: World) -> None:
    there, told = {str(route) for route in routes()}, set(doors(world))
    assert (there - told, told - there) == (set(), set())


def test_each_door_opens_to_those_it_is_for_and_to_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rest_framework.throttling.SimpleRateThrottle.allow_request", _allow)
    told = doors(world)
    wrong = {}
    client = APIClient(raise_request_exception=False)
    with time_machine.travel(worlds.AT, tick=False):
        for route in (each for each in routes() if str(each) in told):
            door = told[str(route)]
            for role in worlds.ROLES:
                client.force_authenticate(world.people[role])
                answer = knock(client, world, route, door)
                if meaning(answer) not in wanted(door, role):
                    wrong[f"{route} as {role}"] = f"{meaning(answer)} ({answer.status_code})"
    assert wrong == {}


def _allow(*_any: object) -> bool:
    return True


def wanted(door: Door, role: str) -> set[str]:
    """What the door may answer to a role."""
    if role in door.open_to:
        return {OPEN, SHUT} if door.may_be_empty else {OPEN}
    return {UNKNOWN} if role == "anonymous" else {SHUT}


def knock(client: APIClient, world: World, route: Route, door: Door) -> Any:
    """Ask, and leave everything as it was."""
    ask = getattr(client, route.method)
    address, headers = route.path(door.arguments(world)), {"Idempotency-Key": str(uuid4())}
    with transaction.atomic():
        if route.method == "get":
            answer = ask(address)
        elif door.body == A_FILE:
            answer = ask(address, worlds.a_file(), format="multipart", headers=headers)
        else:
            answer = ask(address, door.body, format="json", headers=headers)
        transaction.set_rollback(True)
    return answer


def meaning(answer: Any) -> str:
    """What an answer says about the door; a refusal of what was wished is one of an open door."""
    told = getattr(answer, "data", None)
    code = told.get("code") if isinstance(told, dict) else None
    if answer.status_code >= 500:
        return BROKEN
    if code in {"not_authenticated", "permission_denied"}:
        return UNKNOWN
    return SHUT if answer.status_code == 404 and code == "not_found" else OPEN
