"""Which database the tests run on: CAMPUS_TEST_ENGINE is sqlite (the default) or postgresql."""

import atexit
import os
import shutil
import sys

from tests.engines import postgres
from tests.engines.servers import EngineMissing, own_folder

# What the caller's shell may hold about a deployment, which tests must not meet.
DEPLOYMENT = ("REDIS_URL", "DATABASE_URL", "PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")


def engine() -> str:
    """The engine of this run: "sqlite" or "postgresql"."""
    name = os.environ.get("CAMPUS_TEST_ENGINE", "sqlite")
    if name not in ("sqlite", "postgresql"):
        sys.exit(f"CAMPUS_TEST_ENGINE is sqlite or postgresql, not {name}.")
    return name


def prepare_environment() -> None:
    """
    Lead Django to a database and a data folder that only this test run knows.

    With several workers the first process starts the server and the workers inherit the way to it;
    each process has a data folder of its own.
    """
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    data = own_folder("test")
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    if not is_worker:
        _forget_deployment()
        if engine() == "postgresql":
            _start_postgresql()
    if engine() == "sqlite":
        os.environ["DATABASE_URL"] = f"sqlite:///{data / 'campus.sqlite3'}"
    os.environ["CAMPUS_DATA_DIR"] = str(data)


def _forget_deployment() -> None:
    for name in list(os.environ):
        if name in DEPLOYMENT or (
            name.startswith("CAMPUS_") and not name.startswith("CAMPUS_TEST_")
        ):
            del os.environ[name]


def _start_postgresql() -> None:
    try:
        server, environment = postgres.launch()
    except EngineMissing as missing:
        sys.exit(str(missing))
    atexit.register(server.stop)
    os.environ.update(environment)
