"""How many processes may run: one without Redis, as its cache and throttles live in memory."""

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

WORKERS = ("WEB_CONCURRENCY", "GRANIAN_WORKERS", "GUNICORN_WORKERS")
REDIS = "Set REDIS_URL, so that processes share their cache, throttles and tasks."


def several_need_redis(app_configs: Sequence[AppConfig] | None, **_more: Any) -> list[CheckMessage]:
    """System check: embedded mode is one web process, on one machine."""
    return list(_findings(os.environ)) if settings.EMBEDDED else []


def _findings(environment: Mapping[str, str]) -> Iterator[CheckMessage]:
    for name in WORKERS:
        if environment.get(name, "1") not in ("", "0", "1"):
            told = f"{name} asks for several web processes without Redis."
            yield Error(told, hint=REDIS, id="campus.E001")
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        told = "Without Redis only one web process may use this database server."
        yield checks.Warning(told, hint=REDIS, id="campus.W001")


def be_the_only_one(folder: Path) -> int:
    """
    Keep `folder` for this web process as long as it lives; returns the file that holds the lock.

    :raises ImproperlyConfigured: if another web process has it
    """
    lock = os.open(folder / "web.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        message = f"Another web process serves the data in {folder}. {REDIS}"
        raise ImproperlyConfigured(message) from None
    return lock
