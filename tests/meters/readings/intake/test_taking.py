import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.files.storage import default_storage

from campus.places.models import Campus
from meters.readings import dry_run, intake, profile
from meters.readings.models import Delivery, Issue, MeterDay
from tests import factories
from tests.meters.readings.conftest import AT, Deliver

HEADER = "meter_id,date,kwh"
NEGATIVE = "negative"
Told = Callable[[str], dict[str, tuple[int | None, str]]]


@pytest.fixture(autouse=True)
def _meters(campus: Campus) -> None:
    for serial in ("A-1", "A-2", "007"):
        factories.a_meter(serial=serial, since=date(2026, 3, 1))


def counts(delivery: Delivery) -> tuple[int, int, int]:
    return delivery.accepted_rows, delivery.duplicate_rows, delivery.refused_rows


def faults(delivery: Delivery) -> dict[int, str]:
    return {row["line"]: row["code"] for row in delivery.report}


def test_rows_become_days_and_the_file_is_kept_unchanged(deliver: Deliver, told: Told) -> None:
    delivery = deliver(HEADER, "A-1,2026-03-02,7.5", "007,2026-03-03,0", name="../../March.csv")
    assert (delivery.state, delivery.format, counts(delivery)) == (
        "ACCEPTED",
        "delimited",
        (2, 0, 0),
    )
    assert (delivery.first_day, delivery.last_day) == (date(2026, 3, 2), date(2026, 3, 3))
    assert told("A-1") == {"2026-03-02": (7500, "ACTUAL")}
    assert told("007") == {"2026-03-03": (0, "ACTUAL")}
    assert told("A-2") == {}
    assert delivery.name == "March.csv"
    assert delivery.file.name == f"deliveries/2026/05/{delivery.uid}"
    with default_storage.open(delivery.file.name) as kept:
        assert kept.read() == b"meter_id,date,kwh\nA-1,2026-03-02,7.5\n007,2026-03-03,0"


def test_each_fault_of_a_row_is_refused_with_its_line_and_the_others_are_taken_in(
    deliver: Deliver, told: Told
) -> None:
    delivery = deliver(
        HEADER,
        "A-1,2026-03-02,7.5",
        "A-1,2026-03-03,-1",
        "A-1,2026-03-04,lots",
        "",
        "A-1,2026-03-05,NaN",
        "A-1,2026-03-06,1e50",
        "A-1,2026-03-07,",
        "B-9,2026-03-07,1",
        ",2026-03-07,1",
        "A-1,2026-02-28,1",
        "A-1,2026-02-30,1",
        "A-1,2026-05-01,1",
        "A-1,2026-03-08,1,5",
        'A-1,"2026-03-09,1',
        "A-2,2026-03-02,1",
    )
    assert counts(delivery) == (2, 0, 12)
    assert faults(delivery) == {
        3: "negative",
        4: "not_a_number",
        6: "failed_read",
        7: "too_large_value",
        8: "no_value",
        9: "unknown_meter",
        10: "no_meter",
        11: "not_installed",
        12: "bad_date",
        13: "future",
        14: "columns_wrong",
        15: "quotes_wrong",
    }
    # Less than nothing is not taken in, and puts its day in doubt.
    assert told("A-1") == {"2026-03-02": (7500, "ACTUAL"), "2026-03-03": (None, "SUSPECT")}
    assert told("A-2") == {"2026-03-02": (1000, "ACTUAL")}


def test_a_meter_of_another_campus_is_unknown(deliver: Deliver) -> None:
    south = factories.a_campus(slug="south")
    room = factories.a_room(residence=factories.a_residence(campus=south))
    factories.a_meter(room=room, serial="S-1")
    assert faults(deliver(HEADER, "S-1,2026-03-02,1")) == {2: "unknown_meter"}
    assert faults(deliver(HEADER, "S-1,2026-03-02,1", to=south)) == {}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"meter_id,date,kwh\n", "no_rows"),
        (b"meter_id,date\nA-1,2026-03-02", "column_missing"),
        (b"meter_id,date,kwh,kwh\nA-1,2026-03-02,1,2", "column_twice"),
        (b"nothing here", "not_csv"),
        (b"PK\x03\x04rest", "zip_not_xlsx"),
        (b"meter_id,date,kwh\nA-1,2026-03-02,1\nA-1,2026-03-03,\x00", "contains_nul"),
        (b"meter_id,date,kwh\nA-1,2026-03-02,1\n\xff\xff,2026-03-03,1", "not_decodable"),
        (b"meter_id,date,kwh\nA-1,2026-03-02,1\n" + b"9" * 70_000, "line_too_long"),
    ],
)
def test_a_fault_of_the_file_leaves_nothing_but_the_refused_delivery(
    deliver: Deliver, content: bytes, reason: str
) -> None:
    delivery = deliver(content)
    assert (delivery.state, delivery.reason, counts(delivery)) == ("REFUSED", reason, (0, 0, 0))
    assert list(Delivery.objects.values_list("pk", flat=True)) == [delivery.pk]
    assert not MeterDay.objects.exists()
    assert not Issue.objects.exists()
    assert deliver(content).pk == delivery.pk


def test_a_file_over_the_limit_leaves_its_delivery_without_content(campus: Campus) -> None:
    delivery = intake.take_in(
        campus=campus,
        name="big.csv",
        stream=io.BytesIO(b"x" * (3 * 1024 * 1024)),
        way=Delivery.Way.UPLOAD,
        by=None,
        at=AT,
        limit_bytes=2 * 1024 * 1024,
    )
    assert (delivery.state, delivery.reason, delivery.file.name) == ("REFUSED", "too_large", "")
    assert delivery.report[0]["facts"] == {"limit_mib": "2"}
    assert not default_storage.exists(f"deliveries/2026/05/{delivery.uid}")


def test_identical_content_is_one_delivery_and_all_duplicate(deliver: Deliver) -> None:
    rows = (HEADER, "A-1,2026-03-02,7.5", "A-2,2026-03-02,1", "A-2,2026-03-02,1")
    first, again = deliver(*rows), deliver(*rows, name="other name.csv")
    assert counts(first) == (2, 1, 0)
    assert (again.pk, counts(again)) == (first.pk, (0, 3, 0))
    assert Delivery.objects.get() == first
    assert MeterDay.objects.count() == 2


def test_rows_known_from_another_file_are_counted_and_write_nothing(deliver: Deliver) -> None:
    deliver(HEADER, "A-1,2026-03-02,7.5")
    later = deliver(HEADER, "A-1,2026-03-02,7.500", "A-1,2026-03-03,1")
    assert counts(later) == (1, 1, 0)
    assert faults(later) == {2: "known_already"}
    assert MeterDay.objects.count() == 2


def test_a_later_delivery_with_another_value_is_a_new_revision(deliver: Deliver) -> None:
    deliver(HEADER, "A-1,2026-03-02,7.5")
    later = deliver(HEADER, "A-1,2026-03-02,8")
    assert counts(later) == (1, 0, 0)
    days = MeterDay.objects.order_by("revision").values_list("revision", "wh", "delivery_id")
    assert [row[:2] for row in days] == [(1, 7500), (2, 8000)]
    assert days[1][2] == later.pk


def test_a_day_told_with_two_values_is_held_and_in_doubt(deliver: Deliver, told: Told) -> None:
    delivery = deliver(
        HEADER, "A-1,2026-03-02,7.5", "A-2,2026-03-02,1", "A-1,2026-03-02,8", "A-1,2026-03-03,2"
    )
    assert counts(delivery) == (2, 0, 2)
    assert faults(delivery) == {2: "two_values", 4: "two_values"}
    assert told("A-1") == {"2026-03-02": (None, "SUSPECT"), "2026-03-03": (2000, "ACTUAL")}
    issue = Issue.objects.get()
    assert (issue.code, issue.day, issue.line) == ("two_values", date(2026, 3, 2), 2)
    assert issue.facts == {"kwh": "7.500 / 8.000", "lines": [2, 4]}


def test_the_same_negative_row_again_is_refused_and_no_repeat(deliver: Deliver) -> None:
    rows = (HEADER, "A-1,2026-03-02,-1", "A-1,2026-03-02,-1", "A-1,2026-03-03,2")
    delivery = deliver(*rows)
    assert counts(delivery) == (1, 0, 2)
    assert [(row["line"], row["code"]) for row in delivery.report] == [(2, NEGATIVE), (3, NEGATIVE)]
    content = "\n".join(rows).encode()
    dry = dry_run.dry_run(stream=io.BytesIO(content), size=len(content), said=profile.of({}))
    assert [(fault.line, fault.code) for fault in dry.refused] == [(2, NEGATIVE), (3, NEGATIVE)]
    assert (dry.accepted, dry.duplicates) == (1, [])


def test_a_negative_row_is_refused_once_whatever_else_speaks_against_it(
    deliver: Deliver, told: Told
) -> None:
    delivery = deliver(
        HEADER, "A-1,2026-03-02,7.5", "A-1,2026-03-02,-1", "X-9,2026-03-02,-1", "A-2,2027-03-02,-1"
    )
    assert counts(delivery) == (0, 0, 4)
    refused = [(row["line"], row["code"]) for row in delivery.report]
    assert refused == [(2, "two_values"), (3, "negative"), (4, "negative"), (5, "negative")]
    assert told("A-1") == {"2026-03-02": (None, "SUSPECT")}
    assert Issue.objects.get().facts == {"kwh": "7.500", "lines": [2, 3]}


def test_a_clean_delivery_settles_the_doubt(deliver: Deliver, told: Told) -> None:
    deliver(HEADER, "A-1,2026-03-02,7.5", "A-1,2026-03-02,8")
    deliver(HEADER, "A-1,2026-03-02,8")
    assert told("A-1") == {"2026-03-02": (8000, "ACTUAL")}
    assert Issue.objects.get().settled_at is not None


def test_the_same_file_takes_in_later_what_it_was_refused_for_but_never_over_what_is_known(
    deliver: Deliver, told: Told
) -> None:
    rows = (HEADER, "A-1,2026-03-02,7.5", "B-9,2026-03-02,3")
    assert counts(deliver(*rows)) == (1, 0, 1)
    deliver(HEADER, "A-1,2026-03-02,9")
    factories.a_meter(serial="B-9")
    assert counts(deliver(*rows)) == (1, 1, 0)
    assert told("A-1") == {"2026-03-02": (9000, "ACTUAL")}
    assert told("B-9") == {"2026-03-02": (3000, "ACTUAL")}
    kept = Delivery.objects.order_by("pk")[0]
    assert (counts(kept), kept.report) == ((2, 0, 0), [])
    assert counts(deliver(*rows)) == (0, 2, 0)


def test_a_day_may_be_told_as_soon_as_it_is_over_on_the_campus(deliver: Deliver) -> None:
    midnight = datetime(2026, 3, 2, 15, tzinfo=UTC)
    assert faults(deliver(HEADER, "A-1,2026-03-03,1", at=midnight)) == {2: "future"}
    assert faults(deliver(HEADER, "A-1,2026-03-02,1", at=midnight)) == {}


def test_a_fault_of_ours_leaves_neither_rows_nor_file(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meters.readings.intake import storing

    def breaks(**_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(storing, "write_findings", breaks)
    before = stored_files()
    with pytest.raises(ConnectionError):
        deliver(HEADER, "A-1,2026-03-02,7.5")
    assert not Delivery.objects.exists()
    assert not MeterDay.objects.exists()
    assert stored_files() == before


def stored_files() -> set[str]:
    try:
        return set(default_storage.listdir("deliveries/2026/05")[1])
    except FileNotFoundError:
        return set()
