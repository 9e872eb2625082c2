"""A table read in columns tells what it tells row by row, whatever stands in it."""

import io
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.readings.batch import Batch
from meters.readings.formats.delimited import open_table
from meters.readings.profile import Profile, of
from meters.readings.refusals import FileRefused, RowFault
from meters.readings.row import Remark, Row, Twice
from meters.readings.sorting import spool
from meters.readings.tables import text

Told = list[Row | RowFault | Remark]

SERIALS = [
    "A-1",
    "A-2",
    "표-301",
    "0000000000000000007",
    "a meter of many words",
    "",
    " A-1 ",
    "\u200bA-1",
]
STAMPS = [
    "2026-03-29 01:00", "2026-03-29 02:00", "2026-10-25 02:00", "2026-10-25 02:15",
    "2026-10-25 03:00", "2026-07-01", "2026-07-01 24:00", "2026-07-01T12:00:00+02:00",
    "2026.7.1 1:00", "2026-02-30 01:00", "1782900000", "soon", "",
]  # fmt: skip
VALUES = [
    "0", "1.5", "12345678", "12345678.5", "0.123456789", "1.0000000000", "5.", ".5", "-1", "+2",
    "1e-05", "--", "N/A", "999999", "1000000000001", "9" * 18 + ".1", "9" * 25, "1.2.3", "1 2",
    "1,234", "0,5", "12:5", "1/2", "x", "١٢", "",
]  # fmt: skip
usual = st.tuples(
    st.sampled_from(SERIALS[:3]),
    st.sampled_from(STAMPS[:6]),
    st.decimals(0, 10**6, places=3).map(str),
)
odd = st.tuples(*map(st.sampled_from, (SERIALS, STAMPS, VALUES)))
cells = usual | odd | usual
# How a line is spoiled: {0} is the line as it should be.
LINES = ["{0}"] * 30 + [
    "{0}\r", "{0},", "{0},7", " {0} ", '"{0}', '{0}"', "", ",,", "x", "\ufeff{0}", "{0}" + " " * 80,
]  # fmt: skip
tables = st.lists(st.tuples(cells, st.sampled_from(LINES), st.booleans()), max_size=30)
HEADERS = {  # -> where meter, stamp and value stand
    "meter_id,ts_start,kwh": (0, 1, 2),
    "ts_end,kwh,meter_id": (2, 0, 1),
    "meter_id,date,kwh": (0, 1, 2),
    "register_kwh,meter_id,read_at": (1, 2, 0),
}


def written(header: str, rows: Sequence[tuple[tuple[str, ...], str, bool]]) -> str:
    lines = [header]
    for told, shape, quoted in rows:
        row = [""] * 3
        for place, cell in zip(HEADERS[header], told, strict=True):
            row[place] = f'"{cell}"' if quoted else cell
        lines.append(shape.format(",".join(row)))
    return "\n".join(lines)


def in_columns_and_alone(content: bytes, said: Profile) -> tuple[Told | str, Told | str]:
    return read(content, said, plain=True), read(content, said, plain=False)


def read(content: bytes, said: Profile, *, plain: bool) -> Told | str:
    """What is told, in the order of the lines; or why nothing is."""
    try:
        table = text.delimited(
            io.BytesIO(content), encoding=said.encoding, delimiter=said.delimiter
        )
        opened = open_table(
            rows=table.rows,
            delimiter=table.delimiter,
            said=said,
            zone=None,
            plain=table if plain else None,
        )
        told = [row for some in opened.rows for row in alone(some)]
    except FileRefused as refusal:
        return refusal.code
    return sorted(told, key=lambda row: (row.line, str(row)))


def alone(told: Row | RowFault | Remark | Batch) -> Iterator[Row | RowFault | Remark]:
    if not isinstance(told, Batch):
        yield told
        return
    twice = spool.twice(told.rows).tolist()
    ends = spool.ends(told.rows).tolist()
    for row, marks, end in zip(told.rows.tolist(), twice, ends, strict=True):
        meter, at, amount, line, seconds, _flags, _revision = row
        serial = told.meters[meter]
        yield Row(line, serial, at, amount, told.kind, seconds, end, twice=Twice(marks))


@given(
    rows=tables,
    header=st.sampled_from(sorted(HEADERS)),
    delimiter=st.sampled_from(",;\t"),
    decimal=st.sampled_from(".,"),
)
def test_columns_tell_what_single_rows_tell(
    rows: list[tuple[tuple[str, ...], str, bool]], header: str, delimiter: str, decimal: str
) -> None:
    """Among them cells in quotation marks, lines of other widths, and figures of all kinds."""
    content = written(header, rows).replace(",", delimiter).encode()
    said = of({"timezone": "Europe/Berlin", "decimal": decimal, "delimiter": delimiter})
    columns, single = in_columns_and_alone(content, said)
    assert columns == single


@pytest.mark.parametrize("encoding", ["cp949", "gb18030", "utf-8-sig"])
def test_columns_tell_the_same_in_the_encodings_of_the_region(encoding: str) -> None:
    rows = [f"표計-{n % 7},2026-03-01 {n % 24:02}:00,{n / 8}" for n in range(500)]
    content = "\n".join(["meter_id,ts_start,kwh", *rows]).encode(encoding)
    said = of({"timezone": "Asia/Seoul", "encoding": encoding})
    columns, single = in_columns_and_alone(content, said)
    assert columns == single
    assert len(columns) == 500


def test_columns_tell_the_same_across_blocks() -> None:
    """A file longer than a block, with a row in two of a hundred that is to be read alone."""
    stamps = [
        f"2026-{month:02}-{day:02} {h:02}:00"
        for month in (3, 4)
        for day in range(1, 29)
        for h in range(24)
    ]
    rows = [
        f"M{meter:03d},{at},{'--' if n % 50 == 3 else n / 64}"
        for meter in range(40)
        for n, at in enumerate(stamps)
    ]
    content = "\r\n".join(["meter_id,ts_start,kwh", *rows]).encode()
    said = of({"timezone": "Europe/Berlin"})
    columns, single = in_columns_and_alone(content, said)
    assert len(content) > 1.5 * 1024 * 1024
    assert columns == single
