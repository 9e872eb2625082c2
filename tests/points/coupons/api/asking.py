"""Asking as somebody, and scanning as a till."""

from typing import Any
from uuid import uuid4

from rest_framework.test import APIClient

from campus.people.models import User

REDEEM, TODAY = "/api/v1/counter/redemptions/", "/api/v1/counter/today/"
CONFLICTS, OFFERS = "/api/v1/counter/conflicts/", "/api/v1/counter/offers/"


def signed_in(user: User, language: str = "en") -> APIClient:
    """A client that is this user."""
    client = APIClient(headers={"Accept-Language": language})
    client.force_authenticate(user)
    return client


def post(client: APIClient, url: str, body: dict[str, Any], key: str | None = None) -> Any:
    """A write with a key of its own, unless one is named."""
    return client.post(url, body, format="json", headers={"Idempotency-Key": key or str(uuid4())})


def scan(till: APIClient, code: str, key: str | None = None) -> Any:
    """What a till is told about a code."""
    return post(till, REDEEM, {"code": code}, key)
