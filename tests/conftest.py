"""What every test stands on: an engine, a data folder of its own, and honest skips."""

import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, NoReturn

import django
import hypothesis
import pytest
from django.conf import settings

from campus import catalogues
from tests import tiers
from tests.engines import choice, chromium, flush, redis, worker
from tests.engines.record import Record
from tests.engines.servers import EngineMissing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Before any test file or nearer conftest imports a model.
if settings.configured:
    sys.exit("Unset DJANGO_SETTINGS_MODULE: the tests choose a database before settings are read.")
choice.prepare_environment()
os.environ["DJANGO_SETTINGS_MODULE"] = "campus.settings"
django.setup()
import campus.celery  # noqa: E402, F401 -- as every process of the product does

# A worker that inherited the name would read settings before it has a data folder of its own.
del os.environ["DJANGO_SETTINGS_MODULE"]
flush.lift_the_guards()
if "PYTEST_XDIST_WORKER" not in os.environ:
    catalogues.compile_all()
settings.METER_DAY_MONTHS = (1, 1)  # each more is emptied after every test
# Tests sign in often and guard no real password.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each client of a test starts the middleware: static files are found when asked for, not before.
settings.WHITENOISE_AUTOREFRESH = True

ENGINES = ("postgres", "redis", "browser", "mqtt")
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
DATA_FOLDER = Path(settings.DATA_DIR)
KEPT_FILES = ("test.sqlite3", "campus.log", "secret.key")
ON_CI = bool(os.environ.get("CI"))

hypothesis.settings.register_profile("usual", deadline=None, max_examples=60)
hypothesis.settings.register_profile("long", deadline=None, max_examples=1000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also the slow and thorough tests")


def pytest_configure(config: pytest.Config) -> None:
    tiers.FULL = bool(config.getoption("--long"))
    hypothesis.settings.load_profile("long" if tiers.FULL else "usual")
    record = os.environ.get("CAMPUS_TEST_RECORD")
    if record and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Record(Path(record)))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this walk cannot or need not prove."""
    on_postgresql = choice.engine() == "postgresql"
    if not config.getoption("--long"):
        _leave_out(config, items, lambda item: item.get_closest_marker("long") is not None)
    for item in items:
        if item.get_closest_marker("postgres") and not on_postgresql:
            reason = "needs PostgreSQL: set CAMPUS_TEST_ENGINE=postgresql"
            item.add_marker(pytest.mark.skip(reason=reason))
    if on_postgresql:
        _leave_out(config, items, lambda item: not _depends_on_engine(item))
    _longest_first(items)


def _longest_first(items: list[pytest.Item]) -> None:
    """Files that asked for more time begin, so that no process is left alone with one of them."""
    asked: dict[Path, float] = defaultdict(float)
    for item in items:
        marker = item.get_closest_marker("timeout")
        asked[item.path] = max(asked[item.path], marker.args[0] if marker else 0)
    items.sort(key=lambda item: -asked[item.path])


def _leave_out(
    config: pytest.Config, items: list[pytest.Item], unwanted: Callable[[pytest.Item], bool]
) -> None:
    left_out = [item for item in items if unwanted(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not unwanted(item)]


def _depends_on_engine(item: pytest.Item) -> bool:
    """Whether the database could change the outcome; the others run in the SQLite walk only."""
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres", "redis"))
    fixtures = set(getattr(item, "fixturenames", ()))
    is_django_case = hasattr(getattr(item, "cls", None), "databases")
    return marked or is_django_case or bool(fixtures & DATABASE_FIXTURES)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With CI set, a proof on a real engine that was skipped is a proof that failed."""
    report = yield
    needs_engine = any(item.get_closest_marker(name) for name in ENGINES)
    if ON_CI and needs_engine and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where it must run: {report.longrepr}"
    return report


def skip_missing(missing: EngineMissing) -> NoReturn:
    pytest.skip(str(missing))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """
    SQLite tests use a file, as the product does.

    A database in memory would be shared by all threads of a race and would prove nothing.
    """
    if choice.engine() == "sqlite":
        file = DATA_FOLDER / "test.sqlite3"  # a folder of this process alone
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(file)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """No test sees another's throttles or cached views."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _empty_data_folder() -> None:
    """No test finds the keys, seals and files that another left beside the database."""
    for left in DATA_FOLDER.iterdir():
        if left.is_dir():
            shutil.rmtree(left)
        elif not left.name.startswith(KEPT_FILES):
            left.unlink()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The URL of a real Redis that only this process uses; mark the test with `redis`."""
    try:
        server, url = redis.launch()
    except EngineMissing as missing:
        skip_missing(missing)
    yield url
    server.stop()


@pytest.fixture
def worker_at(redis_url: str, transactional_db: None) -> Iterator[str]:
    """The URL of a Redis whose tasks a real worker takes; mark the test with `redis`."""
    server = worker.launch(redis_url=redis_url)
    yield redis_url
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A real Chromium, driven by Playwright; mark the test with `browser`."""
    from playwright.sync_api import sync_playwright

    try:
        program = chromium.executable()
    except EngineMissing as missing:
        skip_missing(missing)
    # Playwright keeps an event loop in this thread, which Django takes for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chrome
        chrome.close()


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where screenshots go: outside the repository, or where CAMPUS_TEST_ARTEFACTS says."""
    chosen = os.environ.get("CAMPUS_TEST_ARTEFACTS")
    folder = Path(chosen) if chosen else Path(gettempdir()) / "campus-artefacts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
