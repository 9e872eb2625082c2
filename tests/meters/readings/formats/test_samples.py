"""Every file of tests/samples/readings comes to what its neighbour `expected.json` says."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from campus.units import kwh
from meters.readings import intake
from meters.readings.models import Delivery, Issue, MeterDay
from meters.readings.refusals import REPEATS
from tests import factories

FOLDER = Path(__file__).parents[3] / "samples" / "readings"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text())
AT = datetime(2026, 12, 1, tzinfo=UTC)


def test_every_sample_has_an_expectation() -> None:
    assert set(EXPECTED) == {file.name for file in FOLDER.glob("*.csv")}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_sample_comes_to_what_is_expected(name: str) -> None:
    case = EXPECTED[name]
    campus = factories.a_campus(slug="sample", time_zone=case["time_zone"])
    for serial in case["meters"]:
        room = factories.a_room(residence=factories.a_residence(campus=campus))
        factories.a_meter(room=room, serial=serial)
    delivery = intake.take_in(
        campus=campus,
        name=name,
        stream=io.BytesIO((FOLDER / name).read_bytes()),
        way=Delivery.Way.COMMAND,
        by=None,
        at=AT,
        limit_bytes=None,
    )
    assert delivery.format == case["format"]
    counts = [delivery.accepted_rows, delivery.duplicate_rows, delivery.refused_rows]
    assert counts == case["counts"]
    codes = {str(row["line"]): row["code"] for row in delivery.report}
    assert codes == case["refused"] | case["duplicates"]
    assert {line for line, code in codes.items() if code in REPEATS} == set(case["duplicates"])
    assert days() == case["days"]
    assert sorted(Issue.objects.values_list("code", flat=True)) == case["issues"]


def days() -> dict[str, dict[str, list[str | None]]]:
    found: dict[str, dict[str, list[str | None]]] = {}
    for row in MeterDay.objects.select_related("channel__meter"):
        told = [None if row.wh is None else str(kwh(row.wh)), row.status]
        found.setdefault(row.channel.meter.serial, {})[str(row.day)] = told
    return found
