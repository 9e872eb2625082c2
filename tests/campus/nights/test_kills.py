"""
Whatever dies while nights are closed, in the end the database says what it says undisturbed.

Each kill strikes at a random touch of the database: before or after a statement or a commit. The
seed is told when a test fails; CAMPUS_TEST_SEED plays it again.
"""

import os
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.campus.nights.theatre import Embedded, Served, dying, kill_points, until_over
from tests.conftest import skip_missing
from tests.engines.choice import engine
from tests.engines.mortal import Mortal
from tests.engines.servers import EngineMissing
from tests.tiers import tier

KILLS = 5
OF_WORKERS = tier(quick=3, full=KILLS)  # each takes seconds to come back
SEED = int(os.environ.get("CAMPUS_TEST_SEED", "0")) or random.randrange(1, 10**9)
Told = dict[str, Any]
pytestmark = pytest.mark.timeout(900)
LONG = pytest.mark.long
QUICK_AND_LONG = [pytest.param(0), *(pytest.param(n, marks=LONG) for n in range(1, 20))]


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    sys.stdout.write(f"CAMPUS_TEST_SEED={SEED}\n")
    return random.Random(f"{SEED} {request.node.name}")


def touched(folder: Path) -> int:
    return int((folder / "touches").read_text())


# --- one process on SQLite -----------------------------------------------------------------------
@pytest.fixture(scope="module")
def embedded() -> Iterator[Embedded]:
    if engine() != "sqlite":
        pytest.skip("SQLite is proven in the SQLite pass")
    stage = Embedded()
    stage.build()
    yield stage
    stage.remove()


@pytest.fixture(scope="module")
def undisturbed(embedded: Embedded) -> tuple[Told, int]:
    """What the database says after nobody was killed, and how often it was touched."""
    clock = embedded.open()
    clock.start()
    clock.wait(within=120)
    touches = touched(clock.folder)
    clock.remove()
    return embedded.tell(), touches


def test_the_stage_has_something_to_lose(undisturbed: tuple[Told, int]) -> None:
    told, _touches = undisturbed
    assert (told["open"], told["inbox"]) == ([], [])
    for table in ("meters_savingsettlement", "points_award", "points_lot", "points_transfer"):
        assert told[table] > 0


def test_every_step_and_chunk_delivered_again_writes_nothing(
    embedded: Embedded, undisturbed: tuple[Told, int]
) -> None:
    expected, _touches = undisturbed
    clock = embedded.open()
    clock.start()
    clock.wait(within=120)
    clock.remove()
    embedded.again()
    assert embedded.tell() == expected


@pytest.mark.parametrize("trial", QUICK_AND_LONG)
def test_the_embedded_clock_killed_anywhere_ends_the_same(
    embedded: Embedded, undisturbed: tuple[Told, int], chance: random.Random, trial: int
) -> None:
    expected, touches = undisturbed
    clock = embedded.open()
    for life in kill_points(touches, KILLS, chance=chance):
        clock.start(**dying([life]))
        clock.wait(within=120)
    clock.start()
    clock.wait(within=120)
    clock.remove()
    assert embedded.tell() == expected


# --- workers on PostgreSQL and Redis -------------------------------------------------------------
@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    try:
        stage = Served()
    except EngineMissing as missing:
        skip_missing(missing)
    stage.build()
    yield stage
    stage.remove()


@pytest.fixture(scope="module")
def unkilled(served: Served) -> tuple[Told, int]:
    worker = served.open()()
    worker.start()
    for _turn in until_over(served, worker):
        assert worker.alive, worker.log()
    worker.kill(signal.SIGTERM)
    touches = touched(worker.folder)
    worker.remove()
    return served.tell(), touches


@pytest.mark.redis
@pytest.mark.parametrize("trial", QUICK_AND_LONG)
def test_a_worker_killed_anywhere_ends_the_same(
    served: Served, unkilled: tuple[Told, int], chance: random.Random, trial: int
) -> None:
    expected, touches = unkilled
    worker = served.open()()
    lives = kill_points(touches, OF_WORKERS, chance=chance)
    for _turn in until_over(served, worker):
        if not worker.alive:
            worker.start(**dying([lives.pop(0)] if lives else []))
    worker.remove()
    assert served.tell() == expected


@pytest.mark.redis
@pytest.mark.parametrize("trial", QUICK_AND_LONG)
def test_a_database_stopped_at_once_anywhere_ends_the_same(
    served: Served, unkilled: tuple[Told, int], chance: random.Random, trial: int
) -> None:
    expected, touches = unkilled
    worker = served.open()()
    points = sorted(chance.sample(range(2, touches), 2))
    worker.start(**dying(points, victim=served.postgres, by=signal.SIGQUIT))
    for _turn in until_over(served, worker):
        if not served.postgres.alive:
            served.postgres.start()
        if not worker.alive:
            worker.start()
    worker.remove()
    assert served.tell() == expected


@pytest.mark.redis
@pytest.mark.parametrize("trial", QUICK_AND_LONG)
def test_a_broker_killed_anywhere_ends_the_same(
    served: Served, unkilled: tuple[Told, int], chance: random.Random, trial: int
) -> None:
    expected, touches = unkilled
    worker = served.open()()
    worker.start(**dying([chance.randrange(2, touches)], victim=served.redis))
    for _turn in until_over(served, worker):
        if not served.redis.alive:
            served.redis.start()
        assert worker.alive, worker.log()
    worker.remove()
    assert served.tell() == expected


@pytest.mark.redis
def test_two_workers_asked_at_once_and_one_of_them_asleep_write_nothing_twice(
    served: Served, unkilled: tuple[Told, int], chance: random.Random
) -> None:
    expected, touches = unkilled
    make = served.open()
    sleeper, other = make(), make()
    sleeper.start(**dying([chance.randrange(2, touches)], by=signal.SIGSTOP))
    other.start()
    for _turn in until_over(served, sleeper, other):
        assert other.alive, other.log()
    _wake(sleeper)
    served.ring()
    for worker in (sleeper, other):
        worker.kill(signal.SIGTERM)  # which lets each end what it is doing
        worker.remove()
    assert served.tell() == expected


def _wake(sleeper: Mortal) -> None:
    sleeper.send(signal.SIGCONT)
