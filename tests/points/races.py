"""Many at once: each in a thread with a connection of its own, all let go at the same moment."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

from django.db import connections
from rest_framework.test import APIClient

from campus.people.models import User

Act = Callable[[], Any]
MOST_AT_ONCE = 200  # of the 250 connections of the test server


def race(acts: Sequence[Act]) -> list[Any]:
    """
    What each act answered, in order; an exception is an answer too.

    More of them than the server has connections follow as the first ones end.
    """
    at_once = min(len(acts), MOST_AT_ONCE)
    start = Barrier(at_once)

    def run(place: int) -> Any:
        try:
            connections["default"].ensure_connection()
            if place < at_once:
                start.wait(timeout=60)
            return acts[place]()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(run, range(len(acts))))


def asked(user: User, path: str, body: dict[str, Any] | None = None) -> Act:
    """A request of a signed-in user, with a key of its own; answers status and code."""
    key = str(uuid4())

    def ask() -> tuple[int, str]:
        client = APIClient(raise_request_exception=False)
        client.force_authenticate(user)
        headers = {"Idempotency-Key": key}
        answer = client.post(f"/api/v1/{path}", body or {}, format="json", headers=headers)
        return answer.status_code, answer.json().get("code", "")

    return ask


def tally(answers: Sequence[Any]) -> dict[Any, int]:
    """How often each answer was given."""
    return dict(Counter(answers))
