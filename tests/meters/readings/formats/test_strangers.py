"""Files as strangers write them come to the days that a careful reader would find in them."""

import io
from datetime import date, datetime, time
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook

from meters.readings import dry_run, profile, telling

READ, USED = "meter_id,read_at,register_kwh", "meter_id,date,kwh"
HALF_HOUR = "200,N1,E1,E1,E1,N1,S1,kWh,30,"


class Case(NamedTuple):
    """A file, what is said of it, and what it comes to: day -> (kWh, status); refused rows."""

    content: str
    days: dict[str, tuple[str | None, str]]
    refused: dict[int, str] = {}
    said: dict[str, Any] = {}
    encoding: str = "utf-8"


def lines(*rows: str, end: str = "\n") -> str:
    return end.join([*rows, ""])


def nem12(*records: str) -> str:
    return lines("100,NEM12,202603020900,MDP1,CAMPUS", *records, "900")


def interval_day(*values: str, quality: str = "A") -> str:
    return f"300,20260301,{','.join(values)},{quality},,,20260302041500,"


def hours_ending(*labels: int) -> list[str]:
    return [f"A,2026-11-01 {label:02d}:00,0.{n % 10}" for n, label in enumerate(labels, start=1)]


MIDNIGHT = datetime(2026, 3, 1)  # noqa: DTZ001 -- workbooks know no zones
A_DAY = {"2026-03-01": ("2", "actual")}
IN_DOUBT: tuple[str | None, str] = (None, "suspect")
NEW_YORK = {"timezone": "America/New_York"}
CASES = {
    "lines that end as on old Macs": Case(
        lines(READ, "A,2026-03-01 00:00,5", "A,2026-03-02 00:00,7", end="\r"), A_DAY
    ),
    "a header and a note on two lines": Case(
        lines(
            '호실,검침일시,"지침\n(kWh)",비고',
            'A,2026-03-01 00:00,5,"a\nb"',
            "A,2026-03-02 00:00,7,",
        ),
        A_DAY,
    ),
    "a stray quotation mark costs one row": Case(
        lines(READ, 'A,"2026-03-01 00:00,5', "A,2026-03-01 00:00,5", "A,2026-03-02 00:00,7"),
        A_DAY,
        {2: "quotes_wrong"},
    ),
    "marks without width": Case(
        lines("\ufeff" + READ, "\u200bA,2026-03-01 00:00,\ufeff5", "A,2026-03-02 00:00,7"), A_DAY
    ),
    "cells that every row but the header ends with": Case(
        lines(READ, "A,2026-03-01 00:00,5,", "A,2026-03-02 00:00,7,"), A_DAY
    ),
    "decimal commas and thousands in Korean": Case(
        lines(
            "호실\t검침일시\t지침(kWh)",
            "A\t2026-03-01 00:00\t1,204.30",
            "A\t2026-03-02 00:00\t1,206.30",
        ),
        A_DAY,
        encoding="cp949",
    ),
    "seconds since 1970": Case(lines(READ, "A,1772290800,5", "A,1772377200,7"), A_DAY),
    "days of a spreadsheet": Case(lines(READ, "A,46082,5", "A,46083,7"), A_DAY),
    "counts without a point": Case(
        lines(READ, "A,2026-03-01 00:00,999990", "A,2026-03-02 00:00,000010"),
        A_DAY,
        said={"digits": 5, "decimals": 1},
    ),
    "decimals where there is a point change nothing": Case(
        lines(READ, "A,2026-03-01 00:00,99999.0", "A,2026-03-02 00:00,00001.0"),
        A_DAY,
        said={"digits": 5, "decimals": 1},
    ),
    "a use below nothing puts its day in doubt": Case(
        lines(USED, "A,2026-03-01,-1", "A,2026-03-02,2"),
        {"2026-03-01": IN_DOUBT, "2026-03-02": ("2", "actual")},
        {2: "negative"},
    ),
    "a reading from one time to another may be either": Case(
        lines("reading,start,end", "1.5,2021-06-01 00:00:00,2021-06-01 01:00:00"),
        {},
        {1: "kind_unclear"},
        {"meter": "A"},
    ),
    "an hour told by its end, twice, in autumn": Case(
        lines("meter_id,ts_end,kwh", *hours_ending(1, 2, 2, *range(3, 25))),
        {"2026-11-01": ("10.5", "actual")},
        said=NEW_YORK,
    ),
    "an hour that no clock shows in spring": Case(
        lines("meter_id,ts_start,kwh", *(f"A,2026-03-08 {h:02d}:00,0.5" for h in range(24))),
        {"2026-03-08": ("11.5", "actual")},
        {4: "no_such_hour"},
        NEW_YORK,
    ),
    "a name of its own for the day": Case(
        lines("meter;Datum;kWh", "A;01.03.2026;2,0"),
        A_DAY,
        said={"columns": {"stamp": "Datum"}, "date_order": "dmy"},
    ),
    "one reading a line of JSON": Case(
        lines(
            '{"meter": "A", "at": "2026-03-01T00:00:00+09:00", "register_kwh": 5}',
            '{"meter": "A", "at": "2026-03-02T00:00:00+09:00", "register_kwh": "7"}',
        ),
        A_DAY,
    ),
    "NEM12 with a value too few": Case(
        nem12(HALF_HOUR, interval_day(*["1"] * 47)), {}, {3: "columns_wrong"}
    ),
    "NEM12 in watt-hours every five minutes": Case(
        nem12("200,N1,E1,E1,E1,N1,S1,Wh,5,", interval_day(*["10"] * 288)),
        {"2026-03-01": ("2.88", "actual")},
        said={"timezone": "Australia/Brisbane"},
    ),
    "NEM12 whose 400 records leave a part unexplained": Case(
        nem12(HALF_HOUR, interval_day(*["1"] * 48, quality="V"), "400,1,20,A,,"),
        {"2026-03-01": IN_DOUBT},
        said={"timezone": "Australia/Brisbane"},
    ),
}


def outcome(content: bytes, said: dict[str, Any]) -> dict[str, Any]:
    document = profile.of({"timezone": "Asia/Seoul", **said})
    found = dry_run.dry_run(stream=io.BytesIO(content), size=len(content), said=document)
    return telling.document(found)


def days(found: dict[str, Any]) -> dict[str, tuple[str | None, str]]:
    return {
        day: (told["kwh"], told["status"])
        for channels in found["daily"].values()
        for told_days in channels.values()
        for day, told in told_days.items()
    }


@pytest.mark.parametrize("name", CASES)
def test_a_stranger_is_understood(name: str) -> None:
    case = CASES[name]
    found = outcome(case.content.encode(case.encoding), case.said)
    assert {row["row"]: row["code"] for row in found["refused"]} == case.refused
    assert days(found) == case.days


@pytest.mark.parametrize("stamp", [MIDNIGHT, 46082, "2026-03-01", date(2026, 3, 1)])
def test_a_workbook_tells_its_dates_in_any_way(stamp: object) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["호실", "날짜", "시간", "사용량(kWh)"])
    for hour in range(24):
        sheet.append(["A", stamp, time(hour), 0.5])
    content = io.BytesIO()
    book.save(content)
    found = outcome(content.getvalue(), {"stamp": "start"})
    assert days(found) == {"2026-03-01": ("12", "actual")}
