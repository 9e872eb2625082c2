"""
Whatever is killed in the middle of purchases and uses, each has happened once in the end.

This is also the lost answer: a process that dies after its commit has answered nobody.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.campus.nights.theatre import clean_environment
from tests.conftest import skip_missing
from tests.engines import postgres
from tests.engines.choice import engine
from tests.engines.mortal import Mortal
from tests.engines.servers import EngineMissing
from tests.tiers import tier

STEP = tier(quick=170, full=1)  # each how many touches somebody dies
pytestmark = pytest.mark.timeout(3600)


def shop(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """What the program of this name says."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.points.coupons.shop", "every", str(STEP)],
        env={**clean_environment(), **environment, "CAMPUS_DATA_DIR": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def check(told: dict[str, Any]) -> None:
    expected = told["expected"]
    assert expected["findings"] == []
    assert expected["book"] == {
        "ISSUER": -2000,
        "WALLET": 1700,
        "COUPON_LIABILITY": 200,
        "CAFE": 100,
    }
    assert (expected["uses"], expected["undone"]) == (3, ["PIN", "UNDO"])
    assert told["touches"] > 200
    assert told["differs"] == {}


@pytest.mark.skipif(engine() != "sqlite", reason="SQLite is proven in the SQLite pass")
def test_purchases_and_uses_killed_at_any_touch_of_sqlite_happen_once(tmp_path: Path) -> None:
    check(shop(tmp_path, {}))


@pytest.mark.postgres
def test_purchases_and_uses_killed_at_any_touch_of_postgresql_happen_once(tmp_path: Path) -> None:
    try:
        cluster = postgres.cluster(options=postgres.KILLED)
    except EngineMissing as missing:
        skip_missing(missing)
    server = Mortal(
        cluster.command,
        folder=cluster.folder,
        ready=cluster.answers,
        user=cluster.user,
        environment=clean_environment(),
        kind_end=signal.SIGQUIT,
    )
    server.start()
    with psycopg.connect(host=str(cluster.folder), user=postgres.USER, dbname="postgres") as root:
        root.autocommit = True
        root.execute("CREATE DATABASE campus")
    try:
        check(shop(tmp_path, cluster.environment))
    finally:
        server.remove()
