"""A campus that has lived four weeks, served for real, with the built screens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from meters.readings import operations
from meters.readings.intake import take_in
from meters.readings.models import Delivery
from tests.journeys.conftest import small_campus as small_campus  # noqa: PLC0414 -- a fixture
from tests.journeys.living import morning_after
from tests.journeys.small_campus import HISTORY_STARTS, TERM_STARTS, SmallCampus

FRONTEND = Path(settings.BASE_DIR) / "frontend"


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of the accessibility checker, from the locked packages of the frontend."""
    return (FRONTEND / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class House:
    """A served campus: its address, who lives there, and its present, which runs on."""

    url: str
    small: SmallCampus
    clock: time_machine.Traveller


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The morning before the term; it runs on."""
    before = morning_after(TERM_STARTS - timedelta(days=1))
    with time_machine.travel(before, tick=True) as traveller:
        yield traveller


@pytest.fixture
def served(live_server: LiveServer) -> str:
    """The address of a server that has the built screens."""
    if not (settings.FRONTEND_DIST / "student" / "index.html").exists():
        pytest.skip("the frontend is not built: npm run build in frontend/")
    return live_server.url


@pytest.fixture
def new_house(served: str, clock: time_machine.Traveller, small_campus: SmallCampus) -> House:
    """A campus before its first reading."""
    return House(url=served, small=small_campus, clock=clock)


@pytest.fixture
def house(new_house: House) -> House:
    """Four weeks of the term, each night closed; the present is the morning after."""
    live_through_four_weeks(new_house.small, new_house.clock)
    return new_house


def live_through_four_weeks(small: SmallCampus, clock: time_machine.Traveller) -> None:
    """The history, then each week a file and its nights."""
    hand_in(small, first=HISTORY_STARTS, after=TERM_STARTS)
    for week in range(4):
        first = TERM_STARTS + timedelta(weeks=week)
        last = first + timedelta(days=6)
        clock.move_to(morning_after(last))
        hand_in(small, first=first, after=last + timedelta(days=1))
        call_command("night", through=last, verbosity=0)


def hand_in(small: SmallCampus, *, first: date, after: date) -> None:
    """The readings of [first, after) as one file."""
    name, at = f"readings-{first}.csv", datetime.now(UTC)
    delivery = take_in(
        campus=small.campus,
        name=name,
        stream=SimpleUploadedFile(name, small.csv(first=first, after=after)),
        way=Delivery.Way.UPLOAD,
        by=small.manager,
        at=at,
        limit_bytes=None,
    )
    assert delivery.refused_rows == 0
    operations.revise_nights(delivery=delivery, at=at)
