"""No stranger's file crashes a parser, fills the memory, takes for ever or is told nothing of."""

import io
import resource
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from meters.readings import dry_run, formats, profile, telling
from meters.readings.dry_run import Outcome

CASES = Path(__file__).parents[2] / "samples" / "cases"
MIB = 1024 * 1024
PUSHED = b'{"readings": [\n{"meter": "A-1", "at": "2026-03-02T00:00:00Z", "register_kwh": 1.5},\n'
PUSHED += b'{"meter": "A-1", "at": "2026-03-03T00:00:00Z", "register_kwh": "2.5"}\n]}'
OED = b"Label,Readings,Start Timestamp,End Timestamp\n"
OED += b'"A",1.5,Tuesday June 1 2021 12:00:00 AM,Tuesday June 1 2021 1:00:00 AM\n'


def workbook() -> bytes:
    book, packed = Workbook(), io.BytesIO()
    book.active.append(["meter_id", "date", "kwh"])  # type: ignore[union-attr]
    book.active.append(["A-1", "2026-03-02", 7.5])  # type: ignore[union-attr]
    book.save(packed)
    return packed.getvalue()


def small(path: Path) -> bytes:
    return path.read_bytes()[:6000]


SAMPLES = {
    "push.json": PUSHED,
    "oed.csv": OED,
    "book.xlsx": workbook(),
    **{path.name: small(path) for path in CASES.rglob("pub_*")},
}
SPICE = [
    b"\x00", b"\xff", b'"', b",", b";", b"\n", b"\r", b"-", b"9" * 40, b"NaN", b"1e99",
    b"PK\x03\x04",
    b"<", b"&x;", b"]]>", b"{", b"[" * 50, b"\xef\xbb\xbf", b"\xff\xfe", "표".encode("cp949"),
    "表".encode("gb18030"), b"24:00", b"31/12/2026", b"\x1a", b"300,", b"200,", b"=",
]  # fmt: skip
spoil = st.lists(
    st.tuples(st.integers(0, 6000), st.sampled_from(SPICE), st.booleans()), min_size=1, max_size=8
)


def outcome(content: bytes, **said: object) -> Outcome:
    found = dry_run.dry_run(
        stream=io.BytesIO(content), size=len(content), said=profile.of(said or {})
    )
    told = telling.document(found)
    assert all(row["row"] >= 1 and row["code"] and row["message"] for row in told["refused"])
    assert all(issue["detail"] for issue in told["issues"])
    assert all(
        day.amount is None or day.amount >= 0 for days in found.daily.values() for day in days
    )
    return found


@pytest.mark.parametrize("sample", sorted(SAMPLES))
@settings(max_examples=25)
@given(spoiled=spoil, junk=st.binary(max_size=20))
def test_spoiled_files_are_told_not_crashed_on(
    sample: str, spoiled: list[tuple[int, bytes, bool]], junk: bytes
) -> None:
    outcome(mixed(SAMPLES[sample], spoiled) + junk)


@pytest.mark.long
@pytest.mark.parametrize("sample", sorted(SAMPLES))
@settings(max_examples=1500, deadline=None)
@given(spoiled=spoil, cut=st.integers(0, 6000), junk=st.binary(max_size=200))
def test_many_spoiled_files_are_told_not_crashed_on(
    sample: str, spoiled: list[tuple[int, bytes, bool]], cut: int, junk: bytes
) -> None:
    outcome(mixed(SAMPLES[sample], spoiled)[: max(cut, 1)] + junk)


def mixed(content: bytes, spoiled: list[tuple[int, bytes, bool]]) -> bytes:
    spoilt = bytearray(content)
    for place, spice, over in spoiled:
        at = place % (len(spoilt) + 1)
        spoilt[at : at + len(spice) if over else at] = spice
    return bytes(spoilt)


def zipped(name: str, size: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(name, "w", force_zip64=True) as inside:
            for _ in range(size // MIB):
                inside.write(b" " * MIB)
    return packed.getvalue()


def laughs() -> bytes:
    names = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    head = '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a0 "ha">' + "".join(names)
    return (head + "]><feed><entry>&a11;</entry></feed>").encode()


ESPI = b'<feed xmlns="http://www.w3.org/2005/Atom">'
HEADER = b"meter_id,date,kwh\n"
BOMBS = {
    "a billion laughs": (laughs(), "not_xml"),
    "an external entity": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed>&x;</feed>',
        "not_xml",
    ),
    "a deep tree": (ESPI + b"<a>" * 200_000, "not_xml"),
    "a long text": (ESPI + b"<entry>" + b"x" * (8 * MIB), "not_xml"),
    "a zip of blanks": (zipped("xl/worksheets/sheet1.xml", 300 * MIB), "workbook_broken"),
    "shared texts without end": (zipped("xl/sharedStrings.xml", 64 * MIB), "workbook_broken"),
    "NULs": (HEADER + b"\0" * MIB, "contains_nul"),
    "a million columns": (b"meter_id,date,kwh" + b",x" * 1_000_000 + b"\n", "line_too_long"),
    "a row of a million cells": (HEADER + b"A,2026-03-02,1" + b"," * 1_000_000, "line_too_long"),
    "one endless line": (b"9" * (4 * MIB), "line_too_long"),
    "nested lists": (b"[" * 1_000_000, "not_json"),
    # Refused before it is decoded: the last byte is no text.
    "a JSON of everything": (b'{"readings": ' + b"1" * (17 * MIB) + b"\xff", "too_large"),
}


@pytest.fixture
def _bounded() -> Iterator[None]:
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    yield
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 200 * 1024, f"{grown // 1024} MiB more"
    assert time.process_time() - started < 10


@pytest.mark.usefixtures("_bounded")
@pytest.mark.parametrize("bomb", sorted(BOMBS))
def test_a_bomb_is_refused_with_a_line_and_bounded_memory(bomb: str) -> None:
    content, code = BOMBS[bomb]
    found = outcome(content)
    assert found.refusal is not None
    assert found.refusal.code == code


@pytest.mark.usefixtures("_bounded")
def test_a_long_file_is_read_in_bounded_memory() -> None:
    """A year of 120 meters, 28 MiB: not told twice over by what is kept of it."""
    hours = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(8760)]
    stamps = [f"{at:%Y-%m-%d %H:%M}" for at in hours]
    rows = (f"M{meter:05d},{at},0.{meter}\n" for meter in range(120) for at in stamps)
    found = outcome("meter_id,ts_start,kwh\n{}".format("".join(rows)).encode(), timezone="UTC")
    assert found.accepted == 120 * 8760
    assert {len(days) for days in found.daily.values()} == {365}


@pytest.mark.parametrize(
    "number",
    ["1e99", "-1e99", "9" * 400, "1e-99", "0x10", "١٢", "１２", "inf", "1_000", "--1", "1e", "."],
)
def test_absurd_numbers_cost_a_row_each(number: str) -> None:
    found = outcome(HEADER + f"A,2026-03-02,{number}\nA,2026-03-03,1\n".encode())
    assert found.refusal is None
    assert found.accepted + len(found.refused) == 2
    assert found.accepted >= 1


def test_a_span_of_centuries_fills_no_memory() -> None:
    rows = b"".join(
        b"M%d,1991-01-01 00:00,1\nM%d,2199-01-01 00:00,2\n" % (n, n) for n in range(2000)
    )
    found = outcome(b"meter_id,read_at,register_kwh\n" + rows)
    assert sum(len(days) for days in found.daily.values()) == 0


def test_every_format_has_a_sample_to_be_spoiled() -> None:
    known = {formats.recognise(io.BytesIO(content)).name for content in SAMPLES.values()}
    assert known == {format_.name for format_ in formats.known()}
