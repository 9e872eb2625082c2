import io

import pytest

from meters.readings import delimited
from meters.readings.refusals import ContainsNul, LineTooLong, NotDecodable, RowRefused


def numbered(content: bytes) -> list[tuple[int, str]]:
    return [tuple(line) for line in delimited.lines(io.BytesIO(content))]


def test_empty_lines_are_left_out_but_counted() -> None:
    assert numbered(b"a,b\r\n\r\n ,,\n1,2") == [(1, "a,b"), (4, "1,2")]


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    assert delimited.header(io.BytesIO(b"\xef\xbb\xbfMeter_ID, date ,kWh\n")) == [
        "meter_id",
        "date",
        "kwh",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"a\n1\x002\n", ContainsNul),
        ("표호실\n".encode("cp949"), NotDecodable),
        ("a,b\n".encode("utf-16"), ContainsNul),
        (b"a\n" + b"x" * (delimited.LONGEST_LINE + 1), LineTooLong),
    ],
)
def test_lines_that_are_no_text_refuse_the_file(content: bytes, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        numbered(content)


def test_a_line_without_end_is_not_read_as_a_whole() -> None:
    class Endless(io.RawIOBase):
        read_bytes = 0

        def readline(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert 0 < size <= delimited.LONGEST_LINE + 1
            self.read_bytes += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(LineTooLong):
        list(delimited.lines(stream))  # type: ignore[arg-type]
    assert stream.read_bytes <= delimited.LONGEST_LINE + 1


def test_cells_may_be_quoted() -> None:
    assert delimited.cells('"A-1", 2026-03-01 ,"1""2"') == ["A-1", "2026-03-01", '1"2']


@pytest.mark.parametrize("row", ['"A,1,2', 'A,"1"2,3'])
def test_a_stray_quotation_mark_costs_one_row(row: str) -> None:
    with pytest.raises(RowRefused) as refusal:
        delimited.cells(row)
    assert refusal.value.code == "quotes_wrong"
