"""Exchange, reset, removal: energy is conserved, and the history stays."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campus.places.models import Campus
from meters.readings import operations, queries
from meters.readings.conflicts import EventRefused, MeterIdle, MeterTaken
from meters.readings.models import DailyUse, Meter, MeterEvent, MeterInstallation
from meters.readings.operations import Device, Told
from tests import factories
from tests.meters.readings.conftest import Deliver

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 3, 8, 3, tzinfo=UTC)
NOON = datetime(2026, 3, 3, 12, tzinfo=SEOUL)
HEADER = "meter_id,read_at,register_kwh"


def use_on(campus: Campus, day: date) -> tuple[int | None, str]:
    operations.close_day(campus=campus, day=day, at=NOW)
    row = DailyUse.objects.filter(day=day, room__isnull=False).order_by("revision").last()
    assert row is not None
    return row.wh, row.status


def at_midnight(serial: str, day: int, kwh: str) -> str:
    return f"{serial},2026-03-{day:02}T00:00:00+09:00,{kwh}"


def test_an_exchange_conserves_the_energy_of_its_day(campus: Campus, deliver: Deliver) -> None:
    old = factories.a_meter(room=factories.a_room(number="301"), serial="OLD")
    deliver(HEADER, at_midnight("OLD", 2, "990.0"), at_midnight("OLD", 3, "994.6"))
    event = operations.exchange(
        meter=old,
        device=Device("NEW", digits=5),
        final_wh=996_100,
        initial_wh=0,
        told=Told(at=NOON, by=None, now=NOW, note="display dark"),
    )
    deliver(HEADER, at_midnight("NEW", 4, "3.9"), at_midnight("NEW", 5, "9.0"), at=NOW)
    assert use_on(campus, date(2026, 3, 2)) == (4600, "ACTUAL")
    assert use_on(campus, date(2026, 3, 3)) == (1500 + 3900, "ACTUAL")
    assert use_on(campus, date(2026, 3, 4)) == (5100, "ACTUAL")
    new = Meter.objects.get(serial="NEW")
    assert new.digits == 5
    assert [row.kind for row in queries.events_of_meter(meter=new)] == ["EXCHANGED"]
    assert (event.final_wh, event.initial_wh, event.note) == (996_100, 0, "display dark")
    served = MeterInstallation.objects.order_by("starts_on", "pk")
    assert [(row.meter.serial, row.ends_on) for row in served] == [
        ("OLD", date(2026, 3, 4)),
        ("NEW", None),
    ]


def test_hours_of_the_day_of_an_exchange_come_from_both_meters(
    campus: Campus, deliver: Deliver
) -> None:
    old = factories.a_meter(room=factories.a_room(number="301"), serial="OLD")
    told = Told(at=NOON, by=None, now=NOW)
    operations.exchange(meter=old, device=Device("NEW"), final_wh=None, initial_wh=None, told=told)
    hours = [f"{'OLD' if hour < 12 else 'NEW'},2026-03-03 {hour:02}:00,0.1" for hour in range(24)]
    deliver("meter_id,start,kwh", *hours, at=NOW)
    assert use_on(campus, date(2026, 3, 3)) == (2400, "ACTUAL")


def test_a_reset_loses_nothing_that_was_read(campus: Campus, deliver: Deliver) -> None:
    meter = factories.a_meter(room=factories.a_room(number="301"), serial="R-1")
    deliver(HEADER, at_midnight("R-1", 3, "500.0"))
    operations.reset(
        meter=meter, final_wh=503_000, initial_wh=0, told=Told(at=NOON, by=None, now=NOW)
    )
    deliver(HEADER, at_midnight("R-1", 4, "2.5"), at=NOW)
    assert use_on(campus, date(2026, 3, 3)) == (5500, "ACTUAL")


def test_a_meter_serves_one_place_and_an_idle_one_none(campus: Campus) -> None:
    room, other = factories.a_room(number="301"), factories.a_room(number="302")
    told = Told(at=NOON, by=None, now=NOW)
    operations.install(device=Device("A-1"), place=room, initial_wh=None, told=told)
    with pytest.raises(MeterTaken):
        operations.install(device=Device("A-1"), place=other, initial_wh=None, told=told)
    meter = Meter.objects.get(serial="A-1")
    later = Told(at=NOON + timedelta(days=1), by=None, now=NOW)
    operations.remove(meter=meter, final_wh=None, told=later)
    with pytest.raises(MeterIdle):
        operations.remove(
            meter=meter,
            final_wh=None,
            told=Told(at=NOON + timedelta(days=3), by=None, now=NOW),
        )
    operations.install(
        device=Device("A-1"),
        place=other,
        initial_wh=None,
        told=Told(at=NOON + timedelta(days=3), by=None, now=NOW),
    )
    assert [row.kind for row in MeterEvent.objects.order_by("pk")] == [
        "INSTALLED",
        "REMOVED",
        "INSTALLED",
    ]


def test_an_event_of_tomorrow_is_refused_and_leaves_nothing(campus: Campus) -> None:
    meter = factories.a_meter(serial="A-1")
    told = Told(at=NOW + timedelta(days=2), by=None, now=NOW)
    with pytest.raises(EventRefused):
        operations.exchange(
            meter=meter, device=Device("A-2"), final_wh=5000, initial_wh=0, told=told
        )
    assert not Meter.objects.filter(serial="A-2").exists()
    assert MeterInstallation.objects.get().ends_on is None
