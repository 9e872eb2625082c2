import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from campus import processes

ROOT = Path(__file__).resolve().parent.parent.parent


def codes() -> set[str | None]:
    return {finding.id for finding in processes.several_need_redis(None)}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in processes.WORKERS:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", processes.WORKERS)
def test_several_web_processes_without_redis_are_refused(
    name: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    assert "campus.E001" not in codes()
    monkeypatch.setenv(name, "4")
    assert "campus.E001" in codes()
    settings.EMBEDDED = False
    assert codes() == set()


def test_a_database_server_without_redis_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    server = {"ENGINE": "django.db.backends.postgresql"}
    monkeypatch.setitem(settings.DATABASES, "default", server)  # and back again for the others
    assert codes() == {"campus.W001"}


def test_a_second_web_process_is_told_to_use_redis(tmp_path: Path) -> None:
    lock = processes.be_the_only_one(tmp_path)
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL"):
        processes.be_the_only_one(tmp_path)
    os.close(lock)
    os.close(processes.be_the_only_one(tmp_path))


@pytest.mark.parametrize("program", ["worker", "beat"])
def test_a_worker_without_redis_says_what_it_needs(program: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "celery", "--app", "campus.celery", program],
        cwd=tmp_path,
        env=environment | {"CAMPUS_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "REDIS_URL" in done.stderr
