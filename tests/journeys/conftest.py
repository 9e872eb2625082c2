"""Where journeys begin: a small campus on its first day, or after four weeks of its term."""

import copy
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.journeys import small_campus as campuses
from tests.journeys.living import FOUR_WEEKS, live_four_weeks, morning_after
from tests.journeys.small_campus import TERM_STARTS, SmallCampus

DATA_FOLDER = Path(settings.DATA_DIR)
LEAVE = ("test.sqlite3", "campus.log", "secret.key")


@dataclass(frozen=True, slots=True)
class Lived:
    """A campus that lived four weeks, and the files that it left beside the database."""

    small: SmallCampus
    files: Path


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A present that stands still until it is moved."""
    with time_machine.travel(morning_after(TERM_STARTS), tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def small_campus(db: None) -> SmallCampus:
    """The campus before its first reading."""
    return campuses.build()


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Lived]:
    """
    Four weeks, lived once for all tests of a file.

    The transaction stays open around them: each test works inside it and is rolled back to here.
    """
    files = tmp_path_factory.mktemp("lived") / "files"
    with django_db_blocker.unblock(), transaction.atomic():
        small = campuses.build()
        with time_machine.travel(morning_after(TERM_STARTS), tick=False) as traveller:
            live_four_weeks(small, traveller)
        shutil.copytree(DATA_FOLDER, files, ignore=_left_behind)
        yield Lived(small, files)
        transaction.set_rollback(True)


def _left_behind(folder: str, names: list[str]) -> list[str]:
    """What every test of a process shares is not put back."""
    return [name for name in names if name.startswith(LEAVE)] if Path(folder) == DATA_FOLDER else []


@pytest.fixture
def four_weeks_on(lived: Lived, db: None, clock: time_machine.Traveller) -> SmallCampus:
    """The campus on the morning after its fourth week, each night closed."""
    shutil.copytree(lived.files, DATA_FOLDER, dirs_exist_ok=True)
    clock.move_to(morning_after(FOUR_WEEKS - timedelta(days=1)))
    return copy.deepcopy(lived.small)
