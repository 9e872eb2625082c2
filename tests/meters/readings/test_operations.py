from datetime import UTC, date, datetime, timedelta

import pytest
from celery import shared_task
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campus.nights import operations as nights
from campus.nights.models import NightRun, State
from campus.places.models import Campus
from meters.readings import operations, queries
from meters.readings.models import Channel, DailyUse
from tests import factories
from tests.meters.readings.conftest import AT, Deliver

HEADER = "meter_id,date,kwh"
NIGHT = datetime(2026, 3, 6, 3, tzinfo=UTC)
DAY = date(2026, 3, 2)


def uses(day: date = DAY) -> list[tuple[str, int, int | None, str]]:
    rows = DailyUse.objects.filter(day=day).order_by("room__number", "zone__code", "revision")
    return [
        (row.room.number if row.room else row.zone.code, row.revision, row.wh, row.status)
        for row in rows
    ]


def close(campus: Campus, day: date = DAY) -> int:
    return operations.close_day(campus=campus, day=day, at=AT)


def test_close_day_stores_what_each_metered_space_used(campus: Campus, deliver: Deliver) -> None:
    factories.a_meter(room=factories.a_room(number="301"), serial="A-1")
    factories.a_meter(room=factories.a_room(number="302"), serial="A-2")
    factories.a_room(number="303")
    factories.a_meter(zone=factories.a_zone(code="hall", kind="COMMON"), serial="Z-1")
    deliver(HEADER, "A-1,2026-03-02,7.5", "Z-1,2026-03-02,40")
    assert close(campus) == 3
    assert sorted(uses()) == [
        ("301", 1, 7500, "ACTUAL"),
        ("302", 1, None, "MISSING"),
        ("hall", 1, 40_000, "ACTUAL"),
    ]


def test_closing_again_writes_only_what_changed(campus: Campus, deliver: Deliver) -> None:
    factories.a_meter(room=factories.a_room(number="301"), serial="A-1")
    factories.a_meter(room=factories.a_room(number="302"), serial="A-2")
    deliver(HEADER, "A-1,2026-03-02,7.5")
    assert close(campus) == 2
    assert close(campus) == 0
    deliver(HEADER, "A-1,2026-03-02,8", "A-2,2026-03-02,1")
    assert close(campus) == 2
    assert uses() == [
        ("301", 1, 7500, "ACTUAL"),
        ("301", 2, 8000, "ACTUAL"),
        ("302", 1, None, "MISSING"),
        ("302", 2, 1000, "ACTUAL"),
    ]
    assert close(campus) == 0


def test_a_doubtful_day_has_no_figure(campus: Campus, deliver: Deliver) -> None:
    factories.a_meter(room=factories.a_room(number="301"), serial="A-1")
    deliver(HEADER, "A-1,2026-03-02,7.5", "A-1,2026-03-02,8")
    close(campus)
    assert uses() == [("301", 1, None, "SUSPECT")]


def test_a_room_with_two_meters_is_known_when_both_are(campus: Campus, deliver: Deliver) -> None:
    room = factories.a_room(number="301")
    factories.a_meter(room=room, serial="A-1")
    factories.a_meter(room=room, serial="A-2")
    deliver(HEADER, "A-1,2026-03-02,7.5")
    close(campus)
    deliver(HEADER, "A-2,2026-03-02,1")
    close(campus)
    assert uses() == [("301", 1, None, "MISSING"), ("301", 2, 8500, "ACTUAL")]


def test_a_meter_counts_for_the_space_it_serves_that_day(campus: Campus, deliver: Deliver) -> None:
    old, new = factories.a_room(number="301"), factories.a_room(number="302")
    meter = factories.a_meter(room=old, serial="A-1", until=date(2026, 3, 3))
    meter.installations.create(room=new, starts_on=date(2026, 3, 3))
    deliver(HEADER, "A-1,2026-03-02,7.5", "A-1,2026-03-03,8")
    for n in range(2):
        close(campus, DAY + timedelta(days=n))
    assert uses(DAY) == [("301", 1, 7500, "ACTUAL")]
    assert uses(date(2026, 3, 3)) == [("302", 1, 8000, "ACTUAL")]


def test_a_roof_generates_and_uses_nothing_known(campus: Campus, deliver: Deliver) -> None:
    roof = factories.a_zone(code="roof", kind="ROOF")
    factories.a_meter(zone=roof, serial="PV", flow=Channel.Flow.EXPORT)
    assert queries.generated_of_day(residence=roof.residence, day=DAY) is None
    deliver(HEADER, "PV,2026-03-02,31.4")
    close(campus)
    use = DailyUse.objects.get()
    assert (use.wh, use.generated_wh, use.status) == (None, 31_400, "ACTUAL")
    assert queries.generated_of_day(residence=roof.residence, day=DAY) == 31_400


def test_close_day_asks_as_often_for_forty_rooms_as_for_one(
    campus: Campus, deliver: Deliver
) -> None:
    def statements(day: date) -> int:
        with CaptureQueriesContext(connection) as asked:
            close(campus, day)
        return len(asked)

    factories.a_meter(serial="A-0")
    one = statements(DAY)
    for n in range(1, 40):
        factories.a_meter(serial=f"A-{n}")
    deliver(HEADER, *(f"A-{n},2026-03-03,1" for n in range(40)))
    assert statements(date(2026, 3, 3)) <= one


def test_history_is_closed_in_one_go_and_like_day_by_day(campus: Campus, deliver: Deliver) -> None:
    factories.a_meter(room=factories.a_room(number="301"), serial="A-1")
    days = [date(2026, 2, 20) + timedelta(days=n) for n in range(30)]
    deliver(HEADER, *(f"A-1,{day},{n}" for n, day in enumerate(days) if n % 7))
    closed = operations.close_history(
        campus=campus, starts_on=days[0], ends_on=days[-1] + timedelta(days=1), at=AT
    )
    assert closed == 30
    assert sum(close(campus, day) for day in days) == 0
    known = DailyUse.objects.filter(status="ACTUAL").order_by("day").values_list("day", "wh")
    assert list(known) == [(day, n * 1000) for n, day in enumerate(days) if n % 7]


@shared_task(name="tests.close_readings")
def close_readings(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    operations.close_day(
        campus=Campus.objects.get(pk=campus_id),
        day=date.fromisoformat(day),
        at=datetime.fromisoformat(at),
    )


@pytest.fixture
def closed_nights(campus: Campus, deliver: Deliver, settings: object) -> Campus:
    """Two rooms, four nights closed; room 302 told nothing of the third."""
    settings.NIGHT_PLAN = ["tests.close_readings"]  # type: ignore[attr-defined]
    factories.a_term(campus=campus)
    factories.a_meter(room=factories.a_room(number="301"), serial="A-1")
    factories.a_meter(room=factories.a_room(number="302"), serial="A-2")
    rows = [f"{serial},2026-03-0{n},{n}" for n in range(2, 6) for serial in ("A-1", "A-2")]
    deliver(HEADER, *(row for row in rows if row != "A-2,2026-03-04,4"))
    nights.close_through(campus=campus, day=date(2026, 3, 5), at=NIGHT)
    return campus


def test_late_data_closes_again_the_nights_it_changes_and_no_other(
    closed_nights: Campus, deliver: Deliver
) -> None:
    later = NIGHT + timedelta(days=1)
    delivery = deliver(
        HEADER,
        "A-2,2026-03-04,4",
        "A-1,2026-03-03,3",
        "A-1,2026-03-02,9",
        "A-1,2026-03-06,1",
        at=later,
    )
    days = operations.revise_nights(delivery=delivery, at=later)
    assert days == [date(2026, 3, 2), date(2026, 3, 4)]
    runs = NightRun.objects.order_by("day").values_list("day", "state", "finished_at")
    assert [(run[0].day, run[1], run[2] == later) for run in runs] == [
        (2, State.DONE, True),
        (3, State.DONE, False),
        (4, State.DONE, True),
        (5, State.DONE, False),
    ]
    assert uses(date(2026, 3, 4))[1:] == [("302", 1, 2500, "ESTIMATED"), ("302", 2, 4000, "ACTUAL")]
    assert operations.revise_nights(delivery=delivery, at=later) == []


def test_late_data_of_days_before_the_first_night_is_closed_without_one(
    closed_nights: Campus, deliver: Deliver
) -> None:
    day = date(2026, 2, 1)
    close(closed_nights, day)
    delivery = deliver(HEADER, "A-1,2026-02-01,5")
    assert operations.revise_nights(delivery=delivery, at=NIGHT) == [day]
    assert uses(day)[:2] == [("301", 1, None, "MISSING"), ("301", 2, 5000, "ACTUAL")]


def test_a_night_that_fails_when_closed_again_is_found_open_later(
    closed_nights: Campus, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = deliver(HEADER, "A-1,2026-03-02,9", "A-1,2026-03-04,9")

    def breaks(**_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(operations, "close_day", breaks)
        with pytest.raises(ConnectionError):
            operations.revise_nights(delivery=delivery, at=NIGHT)
    nights.close_through(campus=closed_nights, day=date(2026, 3, 5), at=NIGHT)
    assert uses(DAY)[1] == ("301", 2, 9000, "ACTUAL")
    assert uses(date(2026, 3, 4))[1] == ("301", 2, 9000, "ACTUAL")
    assert not NightRun.objects.exclude(state=State.DONE).exists()
