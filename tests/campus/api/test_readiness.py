"""The probe says when this process must get no requests, and how far the night is behind."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings

from campus.nights.models import NightRun, Outbox, State
from points.ledger import triggers
from tests import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 3, tzinfo=UTC)  # noon in Seoul: the 9th is due
FINE = dict.fromkeys(("database", "migrations", "guards", "redis"), "ok")


def asked() -> tuple[int, Any]:
    with time_machine.travel(NOON, tick=False):
        answer = Client().get("/readyz")
    assert answer["Cache-Control"].startswith("max-age=0")
    return answer.status_code, answer.json()


def test_it_is_ready_when_all_is_there() -> None:
    status, told = asked()
    assert (status, told["status"], told["checks"]) == (200, "ready", FINE)
    assert told["lags"] == {
        "outbox_waiting": 0,
        "outbox_oldest_seconds": 0,
        "nights_behind": {},
    }


def test_a_night_that_is_late_and_a_message_that_waits_are_figures_and_no_fault() -> None:
    campus = factories.a_campus()
    NightRun.objects.create(
        campus=campus, day=NOON.date() - timedelta(days=3), state=State.DONE, started_at=NOON
    )
    since = NOON - timedelta(minutes=5)
    Outbox.objects.create(task="t", arguments={}, key="k", created_at=since, due_at=since)
    status, told = asked()
    assert status == 200
    assert told["lags"] == {
        "outbox_waiting": 1,
        "outbox_oldest_seconds": 300,
        "nights_behind": {"north": 2},
    }


def test_a_migration_that_waits_makes_it_unready() -> None:
    [newest] = MigrationLoader(connection).graph.leaf_nodes("points")
    MigrationRecorder(connection).record_unapplied(*newest)
    status, told = asked()
    assert (status, told["status"], told["lags"]) == (503, "not_ready", {})
    assert ".".join(newest) in told["checks"]["migrations"]


def test_a_lost_guard_of_the_book_makes_it_unready() -> None:
    place = "ON points_transfer" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER points_transfer__no_update {place}")
    status, told = asked()
    triggers.install(connection)
    assert status == 503
    assert "points_transfer__no_update" in told["checks"]["guards"]


def test_a_redis_that_is_away_makes_it_unready(settings: Settings) -> None:
    settings.EMBEDDED = False
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    status, told = asked()
    assert (status, told["checks"] | {"redis": "ok"}) == (503, FINE)
    assert told["checks"]["redis"] == "ConnectionError"
