"""Whether this process may be given requests, and how far the night and the outbox are behind."""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.checks import Tags, run_checks
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campus import clock
from campus.nights import queries as nights
from campus.places import queries as places

log = structlog.get_logger(__name__)
Finding = str | None  # what is wrong, in one line; None if nothing is


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """
    200 if requests may come, else 503: the database, its migrations, its guards, and Redis.

    The lags are figures to watch; a night that is late does not make a web server unready.
    """
    found = {name: _asked(name, ask) for name, ask in _QUESTIONS.items()}
    ready = not any(found.values())
    body = {
        "status": "ready" if ready else "not_ready",
        "checks": {name: wrong or "ok" for name, wrong in found.items()},
        "lags": lags(at=clock.now()) if not found["database"] and not found["migrations"] else {},
    }
    return JsonResponse(body, status=200 if ready else 503)


def _asked(name: str, ask: Callable[[], Finding]) -> Finding:
    try:
        return ask()
    except Exception as fault:  # whatever it is, the answer is: not ready
        log.warning("not_ready", check=name, fault=repr(fault))
        return type(fault).__name__


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return None


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"waiting: {', '.join(str(migration) for migration, _back in plan)}" if plan else None


def _guards() -> Finding:
    """The system checks of the database: a table of the book without its triggers is an error."""
    found = run_checks(tags=[Tags.database], databases=[DEFAULT_DB_ALIAS])
    return "; ".join(each.msg for each in found if each.is_serious()) or None


def _redis() -> Finding:
    """Redis holds the cache, the throttles and the broker; embedded mode has none."""
    if settings.EMBEDDED:
        return None
    cache.set("readyz", "ok", timeout=10)
    return None if cache.get("readyz") == "ok" else "does not keep what it is given"


_QUESTIONS = {
    "database": _database,
    "migrations": _migrations,
    "guards": _guards,
    "redis": _redis,
}


def lags(*, at: datetime) -> dict[str, object]:
    """Messages of the outbox that wait, the age of the oldest in seconds, and nights not closed."""
    waiting, since = nights.waiting()
    behind = {campus.slug: nights.behind(campus=campus, at=at) for campus in places.campuses()}
    return {
        "outbox_waiting": waiting,
        "outbox_oldest_seconds": int((at - since).total_seconds()) if since else 0,
        "nights_behind": behind,
    }
