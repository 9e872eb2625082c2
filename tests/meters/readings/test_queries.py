from datetime import UTC, date, datetime, timedelta

from django.utils import translation

from campus.places.models import Campus
from meters.readings import operations, queries
from tests import factories
from tests.meters.readings.conftest import AT, Deliver

HEADER = "meter_id,date,kwh"
FIRST, AFTER = date(2026, 3, 2), date(2026, 3, 5)


def close(campus: Campus) -> None:
    operations.close_history(campus=campus, starts_on=FIRST, ends_on=AFTER, at=AT)


def test_daily_uses_are_columns_of_the_newest_revisions(campus: Campus, deliver: Deliver) -> None:
    rooms = [factories.a_room(number=number) for number in ("301", "302", "303")]
    for room in rooms:
        factories.a_meter(room=room, serial=f"M-{room.number}")
    deliver(HEADER, "M-301,2026-03-02,1", "M-302,2026-03-02,2", "M-302,2026-03-03,3")
    close(campus)
    deliver(HEADER, "M-301,2026-03-02,1.5")
    close(campus)
    batch = queries.daily_uses(
        room_ids=[rooms[1].pk, rooms[0].pk], starts_on=FIRST, ends_on=date(2026, 3, 4)
    )
    first = FIRST.toordinal()
    assert batch.room_id.tolist() == [rooms[0].pk] * 2 + [rooms[1].pk] * 2
    assert batch.day_ordinal.tolist() == [first, first + 1] * 2
    assert batch.wh.tolist() == [1500, -1, 2000, 3000]
    assert batch.status_names() == ["ACTUAL", "MISSING", "ACTUAL", "ACTUAL"]
    assert batch.revision.tolist() == [2, 1, 1, 1]
    assert batch.is_status("MISSING").tolist() == [False, True, False, False]


def test_batches_of_nothing_are_empty_columns(campus: Campus) -> None:
    assert len(queries.daily_uses(room_ids=[], starts_on=FIRST, ends_on=AFTER)) == 0
    assert len(queries.use_of_day(campus=campus, day=FIRST)) == 0


def test_use_of_day_leaves_out_zones_and_other_campuses(campus: Campus, deliver: Deliver) -> None:
    room = factories.a_room(number="301")
    factories.a_meter(room=room, serial="A-1")
    factories.a_meter(zone=factories.a_zone(), serial="Z-1")
    south = factories.a_campus(slug="south")
    factories.a_meter(room=factories.a_room(residence=factories.a_residence(campus=south)))
    for each in (campus, south):
        close(each)
    assert queries.use_of_day(campus=campus, day=FIRST).room_id.tolist() == [room.pk]


def test_days_of_a_room_say_whether_hours_are_known(campus: Campus, deliver: Deliver) -> None:
    room = factories.a_room()
    factories.a_meter(room=room, serial="A-1")
    deliver(HEADER, "A-1,2026-03-02,1", "A-1,2026-03-03,1")
    deliver("meter_id,ts_start,kwh", *(f"A-1,2026-03-03 {n:02}:00,0.2" for n in range(24)))
    close(campus)
    days = queries.days_of_room(room=room, starts_on=FIRST, ends_on=AFTER)
    assert [(fact.day.day, fact.wh, fact.status, fact.hours_known) for fact in days] == [
        (2, 1000, "ACTUAL", False),
        (3, 4800, "ACTUAL", True),
        (4, None, "MISSING", False),
    ]


def test_hours_of_a_meter_in_its_former_room_are_not_this_rooms(
    campus: Campus, deliver: Deliver
) -> None:
    old, new = factories.a_room(), factories.a_room()
    meter = factories.a_meter(room=old, serial="A-1", until=date(2026, 3, 3))
    meter.installations.create(room=new, starts_on=date(2026, 3, 3))
    factories.a_meter(room=new, serial="A-2", until=date(2026, 3, 3))
    deliver("meter_id,ts_start,kwh", *(f"A-1,2026-03-02 {n:02}:00,0.2" for n in range(24)))
    deliver(HEADER, "A-2,2026-03-02,9")
    close(campus)
    [fact, *_later] = queries.days_of_room(room=new, starts_on=FIRST, ends_on=AFTER)
    assert (fact.wh, fact.hours_known) == (9000, False)


def test_source_of_day_names_each_delivery_and_line(campus: Campus, deliver: Deliver) -> None:
    room = factories.a_room()
    factories.a_meter(room=room, serial="A-1")
    first = deliver(HEADER, "A-1,2026-03-03,1", "A-1,2026-03-02,1", name="first.csv")
    second = deliver(HEADER, "A-1,2026-03-02,2", name="second.csv", at=AT + timedelta(hours=1))
    source = queries.source_of_day(room=room, day=FIRST)
    assert source is not None
    assert (source.status, source.wh, source.serial, source.intervals) == (None, None, "A-1", None)
    assert [
        (row.revision, row.wh, row.delivery.uid, row.delivery.line) for row in source.revisions
    ] == [
        (2, 2000, str(second.uid), 2),
        (1, 1000, str(first.uid), 3),
    ]
    close(campus)
    closed = queries.source_of_day(room=room, day=FIRST)
    assert closed is not None
    assert (closed.status, closed.wh) == ("ACTUAL", 2000)


def test_source_of_day_tells_the_hours_in_local_time(deliver: Deliver) -> None:
    berlin = factories.a_campus(slug="berlin", time_zone="Europe/Berlin")
    room = factories.a_room(residence=factories.a_residence(campus=berlin))
    factories.a_meter(room=room, serial="H-1")
    stamps = [f"H-1,2026-03-29 {n:02}:00,0.{n}" for n in (0, 1, 3)]
    deliver("meter_id,ts_start,kwh", *stamps, to=berlin)
    source = queries.source_of_day(room=room, day=date(2026, 3, 29))
    assert source is not None
    assert source.intervals is not None
    assert len(source.intervals) == 23
    first = source.intervals[:4]
    assert [hour.starts_at.isoformat()[11:19] for hour in first] == [
        "00:00:00",
        "01:00:00",
        "03:00:00",
        "04:00:00",
    ]
    assert [hour.wh for hour in first] == [0, 100, 300, None]
    assert [hour.quality for hour in first] == ["ACTUAL", "ACTUAL", "ACTUAL", "MISSING"]
    assert first[0].starts_at == datetime(2026, 3, 28, 23, tzinfo=UTC)


def test_source_of_a_room_without_a_meter_is_none(campus: Campus) -> None:
    assert queries.source_of_day(room=factories.a_room(), day=FIRST) is None


def test_meters_of_rooms_say_when_they_last_told(campus: Campus, deliver: Deliver) -> None:
    daily, hourly, silent, bare = (factories.a_room() for _ in range(4))
    factories.a_meter(room=daily, serial="A-1")
    factories.a_meter(room=hourly, serial="H-1")
    factories.a_meter(room=silent, serial="S-1")
    deliver(HEADER, "A-1,2026-03-02,1", "A-1,2026-03-04,1")
    deliver("meter_id,ts_start,kwh", "H-1,2026-03-03 00:00,0.1")
    rooms = [daily.pk, hourly.pk, silent.pk, bare.pk]
    found = queries.meters_of_rooms(room_ids=rooms, day=date(2026, 3, 9))
    told = {room: (fact.serial, fact.hourly, fact.last_day) for room, fact in found.items()}
    assert told == {
        daily.pk: ("A-1", False, date(2026, 3, 4)),
        hourly.pk: ("H-1", True, date(2026, 3, 3)),
        silent.pk: ("S-1", False, None),
    }


def test_issues_are_told_in_words_and_only_of_the_place_asked_for(
    campus: Campus, deliver: Deliver
) -> None:
    room, other = factories.a_room(number="301"), factories.a_room(number="302")
    factories.a_meter(room=room, serial="A-1")
    factories.a_meter(room=other, serial="A-2")
    deliver(HEADER, "A-1,2026-03-02,1", "A-1,2026-03-02,2", "A-2,2026-03-03,1", "A-2,2026-03-03,2")
    with translation.override("en"):
        [issue] = queries.issues(room=room)
    assert (issue.code, issue.room_number, issue.settled) == ("two_values", "301", False)
    assert issue.message == ("Meter A-1 told different values for 2 March 2026: 1.000 / 2.000 kWh.")
    assert len(queries.issues_within(residence=room.residence, day=None)) == 2
    assert queries.open_issues_by_room(residence=room.residence) == {room.pk: 1, other.pk: 1}
    deliver(HEADER, "A-1,2026-03-02,2")
    assert queries.open_issues_by_room(residence=room.residence) == {other.pk: 1}
    here = queries.issues_within(residence=room.residence, day=None)
    assert [each.settled for each in here] == [False, True]
    [waits] = queries.open_findings(residence=room.residence, day=date(2026, 3, 3))
    assert waits.serial == "A-2"
    assert queries.open_findings(residence=room.residence, day=FIRST) == []


def test_a_meter_at_fault_day_after_day_takes_one_line_of_the_residence(
    campus: Campus, deliver: Deliver
) -> None:
    room = factories.a_room(number="301")
    factories.a_meter(room=room, serial="A-1")
    for day in ("2026-03-02", "2026-03-03"):
        deliver(HEADER, f"A-1,{day},1", f"A-1,{day},2")
    [newest] = queries.issues_within(residence=room.residence, day=None)
    assert newest.day == date(2026, 3, 3)
    assert len(queries.issues(room=room)) == 2
