"""A meter that falls silent is an issue for the manager and known of its room, until it speaks."""

from datetime import date

from campus.places.models import Campus
from meters.readings.models import Issue
from meters.readings.operations import watch_meters
from meters.readings.queries import silence
from tests import factories
from tests.meters.readings.conftest import AT, Deliver

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 5)
HEADER = "meter_id,date,kwh"


def test_silence_reaches_manager_and_room_and_is_settled_when_the_meter_speaks(
    campus: Campus, deliver: Deliver
) -> None:
    quiet, lively = factories.a_room(), factories.a_room()
    factories.a_meter(room=quiet, serial="A-1", since=FIRST)
    factories.a_meter(room=lively, serial="A-2", since=FIRST)
    days = [f"A-2,2026-03-0{day},2" for day in (2, 3, 4, 5)]
    deliver(HEADER, "A-1,2026-03-02,2", *days)

    watch_meters(campus=campus, day=LAST, at=AT)
    watch_meters(campus=campus, day=LAST, at=AT)
    issue = Issue.objects.get(code="silent")
    assert (issue.meter.serial, issue.day, issue.facts) == (
        "A-1",
        date(2026, 3, 3),
        {"since": "2026-03-03", "days": 3},
    )
    [row] = silence.silent_meters(campus=campus, day=LAST)
    assert (row.serial, row.room_id, row.since) == ("A-1", quiet.pk, date(2026, 3, 3))
    found = silence.silent_in(room=quiet, day=LAST)
    assert found is not None
    assert found.since == date(2026, 3, 3)
    assert silence.silent_in(room=lively, day=LAST) is None

    deliver(HEADER, "A-1,2026-03-05,2")
    watch_meters(campus=campus, day=LAST, at=AT)
    issue.refresh_from_db()
    assert issue.settled_at == AT
    assert silence.silent_in(room=quiet, day=LAST) is None
