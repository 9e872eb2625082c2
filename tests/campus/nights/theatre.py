"""The stage, its servers and its processes, as a test directs them."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from celery import Celery
from kombu.exceptions import OperationalError

from tests.engines import postgres, redis
from tests.engines.choice import DEPLOYMENT
from tests.engines.mortal import Mortal
from tests.engines.servers import free_port, own_folder

ROOT = Path(__file__).resolve().parents[3]
NIGHTS = 29  # of the stage; the last three are left to be closed
LEASE_SECONDS = 2
WITHIN_SECONDS = 150
READY = " ready."
STANDING = (
    ("time", "SELECT now()"),
    ("messages", "SELECT json_agg(m) FROM campus_outbox m WHERE done_at IS NULL"),
    ("claims", "SELECT json_agg(c) FROM campus_claim c"),
    ("nights", "SELECT json_agg(n) FROM campus_nightrun n WHERE state <> 'DONE'"),
    ("steps", "SELECT json_agg(s) FROM campus_step s WHERE state IN ('FAILED', 'RUNNING')"),
    (
        "sessions",
        "SELECT json_agg(a) FROM pg_stat_activity a WHERE backend_type = 'client backend'",
    ),
)


def kill_points(touches: int, kills: int, *, chance: random.Random) -> list[int]:
    """How many touches each process lives, so that together they are spread over the whole."""
    points = sorted(chance.sample(range(2, touches), kills))
    return [point - before for before, point in zip([0, *points], points, strict=False)]


def clean_environment() -> dict[str, str]:
    """What a process on the stage inherits: nothing of any deployment."""
    kept = {name: value for name, value in os.environ.items() if name not in DEPLOYMENT}
    patience = {"CAMPUS_NIGHT_LEASE": str(LEASE_SECONDS), "CAMPUS_DB_IDLE_SECONDS": "2"}
    return {**kept, **patience, "PYTHONPATH": str(ROOT)}


def play(role: str, environment: Mapping[str, str]) -> str:
    """
    Let a process play a role to its end, and return what it says.

    :raises RuntimeError: if it fails, with what it complains of
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.campus.nights.stage", role],
        env={**environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{role}: {done.stderr[-3000:]}")
    return done.stdout


def process(role: str, environment: Mapping[str, str]) -> Mortal:
    """A process that plays a role until it ends or is killed."""
    return Mortal(
        [sys.executable, "-m", "tests.campus.nights.stage", role],
        folder=own_folder(role),
        environment=environment,
    )


def dying(
    touches: Iterable[int], *, victim: Mortal | None = None, by: int = signal.SIGKILL
) -> dict[str, str]:
    """What tells a process to send a signal at some touches: to itself if nobody is named."""
    named = ",".join(map(str, touches))
    return {
        "CAMPUS_TEST_TOUCHES": named,
        "CAMPUS_TEST_VICTIM": str(victim.pid_file) if victim else "",
        "CAMPUS_TEST_SIGNAL": str(int(by)),
    }


@dataclass
class Embedded:
    """One process on SQLite: a data folder that is copied for each performance."""

    original: Path = field(default_factory=lambda: own_folder("stage"))
    data: Path = Path()
    performances: int = 0

    def build(self) -> None:
        play("build", self._environment(self.original))

    def open(self) -> Mortal:
        """A fresh copy of the campus, and the process that is to close its nights."""
        self.performances += 1
        self.data = self.original.with_name(f"{self.original.name}-{self.performances}")
        shutil.copytree(self.original, self.data)
        return process("tick", self._environment(self.data))

    def again(self) -> None:
        """Close every night of the copy once more."""
        play("again", self._environment(self.data))

    def tell(self) -> dict[str, Any]:
        """What stands in the database now."""
        told: dict[str, Any] = json.loads(play("tell", self._environment(self.data)))
        shutil.rmtree(self.data)
        return told

    def remove(self) -> None:
        shutil.rmtree(self.original)

    def _environment(self, data: Path) -> dict[str, str]:
        return {**clean_environment(), "CAMPUS_DATA_DIR": str(data)}


class Served:
    """Workers on PostgreSQL and Redis, each of them killed at will."""

    def __init__(self) -> None:
        cluster = postgres.cluster(options=postgres.KILLED)
        port = free_port()
        self.broker = f"redis://127.0.0.1:{port}/0"
        self.postgres = Mortal(
            cluster.command,
            folder=cluster.folder,
            ready=cluster.answers,
            user=cluster.user,
            environment=clean_environment(),
            kind_end=signal.SIGQUIT,  # what `pg_ctl stop -m immediate` sends
        )
        self.redis = Mortal(
            redis.command(port=port),
            folder=own_folder("redis"),
            ready=lambda: redis.answers(port=port),
            environment=clean_environment(),
        )
        self._place = {**cluster.environment, "REDIS_URL": self.broker}
        self._database = "campus"
        self._original = own_folder("stage")
        self._data = self._original
        self._performances = 0
        self._bell = Celery("bell", broker=self.broker)
        self._bell.conf.broker_transport_options = {"max_retries": 0, "socket_connect_timeout": 1}

    def build(self) -> None:
        self.postgres.start()
        self.redis.start()
        self._ask("postgres", "CREATE DATABASE campus")
        play("build", self._environment())

    def open(self) -> Callable[[], Mortal]:
        """A fresh copy of the campus; returns how to make a worker for it."""
        self._performances += 1
        self._database = f"campus{self._performances}"
        self._data = self._original.with_name(f"{self._original.name}-{self._performances}")
        shutil.copytree(self._original, self._data)
        self._ask("postgres", f"CREATE DATABASE {self._database} TEMPLATE campus")
        # A copied sequence believes its next numbers logged ahead, which they are for the template
        # alone: killed now, the server would give them out twice. After a checkpoint it logs anew.
        self._ask("postgres", "CHECKPOINT")
        return lambda: process("work", self._environment())

    def ring(self) -> None:
        """What Celery's beat does, only more often."""
        for task in ("campus.close_due", "campus.sweep_outbox"):
            try:
                self._bell.send_task(task, retry=False)
            except OperationalError:
                return

    def is_over(self) -> bool:
        """Whether every night is done; not known while the database is dead."""
        try:
            answer = self._ask(
                self._database, "SELECT count(*) FROM campus_nightrun WHERE state = 'DONE'"
            )
        except psycopg.OperationalError:
            return False
        return bool(answer == NIGHTS)

    def standing(self) -> str:
        """What keeps the nights from their end, for whoever reads of it."""
        return "\n".join(f"{table}: {self._ask(self._database, ask)}" for table, ask in STANDING)

    def tell(self) -> dict[str, Any]:
        """What stands in the database now."""
        told: dict[str, Any] = json.loads(play("tell", self._environment()))
        shutil.rmtree(self._data)
        return told

    def remove(self) -> None:
        for server in (self.redis, self.postgres):
            server.remove()
        shutil.rmtree(self._original)

    def _environment(self) -> dict[str, str]:
        own = {
            "DATABASE_URL": f"postgresql:///{self._database}",
            "CAMPUS_DATA_DIR": str(self._data),
        }
        return {**clean_environment(), **self._place, **own}

    def _ask(self, database: str, question: str) -> object:
        where = f"host={self._place['PGHOST']} user={self._place['PGUSER']} dbname={database}"
        with psycopg.connect(where, autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(question)
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def until_over(served: Served, *actors: Mortal) -> Iterator[None]:
    """
    Ring turn after turn until every night is done; the caller looks after the dead in between.

    :raises TimeoutError: if it does not come to an end, with what the actors said
    """
    deadline = time.monotonic() + WITHIN_SECONDS
    while not served.is_over():
        if time.monotonic() > deadline:
            raise TimeoutError("\n".join([served.standing(), *(actor.log() for actor in actors)]))
        served.ring()
        yield
        time.sleep(0.25)
