from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from meters.readings import inbox
from meters.readings.models import Delivery, MeterDay
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY, AT = date(2026, 3, 2), datetime(2026, 3, 2, 21, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.INBOX_DIR = tmp_path
    folder = tmp_path / make.a_campus().slug
    folder.mkdir()
    make.a_meter(room=make.a_room(), serial="A1")
    return folder


def lay(folder: Path, name: str, kwh: str = "3.400", day: str = "2026-03-02") -> Path:
    path = folder / name
    path.write_text(f"meter_id,date,kwh\nA1,{day},{kwh}\n")
    return path


def test_a_file_of_the_day_is_taken_in_and_leaves_the_folder(folder: Path) -> None:
    path = lay(folder, "2026-03-02-rooms.csv")
    (delivery,) = inbox.empty_inbox(campus=make.a_campus(), day=DAY, at=AT)
    assert (delivery.way, delivery.accepted_rows, path.exists()) == ("FEED", 1, False)
    assert MeterDay.objects.get().wh == 3400


def test_a_file_of_a_later_day_waits(folder: Path) -> None:
    path = lay(folder, "2026-03-03-rooms.csv", day="2026-03-03")
    assert inbox.empty_inbox(campus=make.a_campus(), day=DAY, at=AT) == []
    assert path.exists()


def test_a_file_that_came_back_after_a_crash_adds_nothing(folder: Path) -> None:
    for _again in range(2):
        lay(folder, "2026-03-02-rooms.csv")
        inbox.empty_inbox(campus=make.a_campus(), day=DAY, at=AT)
    assert (Delivery.objects.count(), MeterDay.objects.count()) == (1, 1)


def test_a_spoiled_file_is_kept_as_a_refused_delivery(folder: Path) -> None:
    (folder / "2026-03-02-rooms.csv").write_bytes(b"\x00\x01\x02")
    (delivery,) = inbox.empty_inbox(campus=make.a_campus(), day=DAY, at=AT)
    assert delivery.state == Delivery.State.REFUSED
    assert not MeterDay.objects.exists()


@pytest.mark.parametrize("name", ["notes.txt", "rooms.csv", ".2026-03-02.csv"])
def test_other_files_are_left_alone(folder: Path, name: str) -> None:
    path = lay(folder, name)
    assert inbox.empty_inbox(campus=make.a_campus(), day=DAY, at=AT) == []
    assert path.exists()
