"""A real Celery worker for tests: its own process, the tests' database, a real Redis between."""

import os
import sys
from pathlib import Path

from django.db import connection

from tests.engines.servers import Server, own_folder, start

ROOT = Path(__file__).resolve().parent.parent.parent
READY = " ready."


def launch(*, redis_url: str) -> Server:
    """
    Start a worker that takes tasks from `redis_url` and works on the present test database.

    :raises RuntimeError: if it does not come up, with the end of its log
    """
    folder = own_folder("worker")
    environment = os.environ | {
        "REDIS_URL": redis_url,
        "DATABASE_URL": f"postgresql:///{connection.settings_dict['NAME']}",
        "CAMPUS_DATA_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    program = [sys.executable, "-m", "celery", "--app", "campus.celery", "worker"]
    return start(
        [*program, "--pool", "solo", "--loglevel", "INFO"],
        folder=folder,
        stop_signal="TERM",
        ready=lambda: _is_ready(folder / "server.log"),
        environment=environment,
    )


def _is_ready(log: Path) -> bool:
    return log.exists() and READY in log.read_text(errors="replace")
