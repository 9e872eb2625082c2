"""A house with a site meter: files in, a night, and what disagrees is told with its figures."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.nights import operations as nights
from campus.places.models import Residence, ZoneKind
from meters.readings.models import Channel, DailyUse, Issue
from tests import factories as make
from tests.journeys.living import morning_after, upload
from tests.journeys.small_campus import signed_in

MONDAY, TUESDAY = date(2026, 5, 4), date(2026, 5, 5)
ROOMS = ("A-1", "A-2", "A-3")
# kWh a day: three rooms of 4, a floor of 20, a corridor of 3; the roof makes 12 and feeds 7 back.
BEHIND = {"A-1": 4, "A-2": 4, "A-3": 4, "FLOOR": 20, "HALL": 3, "ROOF": 12}
FROM_GRID, FED_BACK = 30, 7  # 30 - 7 + 12 = 35 = all that is behind


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The mornings on which nights are closed."""
    with time_machine.travel(morning_after(MONDAY), tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def house(db: None) -> Residence:
    """Rooms, a floor that is metered as a whole, a corridor, panels, and the meter of the house."""
    residence = make.a_residence()
    for serial in ROOMS:
        make.a_meter(room=make.a_room(residence=residence, number=serial), serial=serial)
    areas = {"FLOOR": ZoneKind.FLOOR, "HALL": ZoneKind.COMMON, "ROOF": ZoneKind.ROOF}
    for serial, kind in areas.items():
        zone = make.a_zone(residence=residence, code=serial, kind=kind)
        flow = Channel.Flow.EXPORT if kind == ZoneKind.ROOF else Channel.Flow.IMPORT
        make.a_meter(zone=zone, serial=serial, flow=flow)
    whole = make.a_zone(residence=residence, code="SITE", kind=ZoneKind.WHOLE)
    site = make.a_meter(zone=whole, serial="SITE")
    Channel.objects.create(meter=site, flow=Channel.Flow.EXPORT)
    return residence


def told(manager: APIClient, day: date, *, from_grid: int) -> None:
    """The two files of a night: a table of the meters behind, and the grid's own of the house."""
    rows = [f"{serial},{day},{kwh}" for serial, kwh in BEHIND.items()]
    upload(manager, f"{day}.csv", "\n".join(["meter_id,date,kwh", *rows]).encode())
    upload(manager, f"{day}-{from_grid}.json", of_the_house(day, import_=from_grid))


def of_the_house(day: date, *, import_: int) -> bytes:
    """What the grid's gateway tells of the day, both ways."""
    whole = {"meter": "SITE", "start": f"{day}T00:00", "end": f"{day + timedelta(days=1)}T00:00"}
    both = [{"channel": "import", "kwh": import_}, {"channel": "export", "kwh": FED_BACK}]
    return json.dumps({"readings": [{**whole, **each} for each in both]}).encode()


def watched(manager: APIClient) -> list[dict[str, str]]:
    answer = manager.get("/api/v1/manage/watch/", headers={"accept-language": "en"})
    found: list[dict[str, str]] = answer.json()["findings"]
    return found


def today(manager: APIClient) -> dict[str, object]:
    answer = manager.get("/api/v1/manage/today/", headers={"accept-language": "en"})
    body: dict[str, object] = answer.json()
    return body


def test_a_site_meter_that_disagrees_reaches_the_manager_and_changes_no_room(
    house: Residence, clock: time_machine.Traveller
) -> None:
    manager = signed_in(make.a_manager(residence=house))
    told(manager, MONDAY, from_grid=FROM_GRID)
    nights.close_through(campus=house.campus, day=MONDAY, at=morning_after(MONDAY))
    assert watched(manager) == []
    uses = DailyUse.objects.filter(day=MONDAY)
    assert dict(uses.filter(room=None).values_list("zone__code", "wh")) == {
        "FLOOR": 20_000,
        "HALL": 3_000,
        "ROOF": None,
        "SITE": 30_000,
    }
    assert today(manager)["pv_wh"] == 12_000, "what is fed back is made once"

    clock.move_to(morning_after(TUESDAY))
    manager = signed_in(make.a_manager(residence=house, username="tuesday"))
    told(manager, TUESDAY, from_grid=40)
    nights.close_through(campus=house.campus, day=TUESDAY, at=morning_after(TUESDAY))
    sentence = (
        "On 5 May 2026 the site meter counted 45.000 kWh, the rooms and areas behind it 35.000."
    )
    [found] = watched(manager)
    assert (found["code"], found["message"], found["day"]) == (
        "site_differs",
        sentence,
        "2026-05-05",
    )
    assert [issue["message"] for issue in today(manager)["issues"]] == [sentence]
    rooms = DailyUse.objects.filter(day=TUESDAY, room__isnull=False)
    assert set(rooms.values_list("wh", "status")) == {(4_000, "ACTUAL")}

    told(manager, TUESDAY, from_grid=FROM_GRID)
    assert watched(manager) == []
    assert Issue.objects.get(code="site_differs").settled_at is not None
