import io
import zipfile

import pytest

from meters.readings import formats
from meters.readings.refusals import FileRefused


def recognised(content: bytes) -> str:
    return formats.recognise(io.BytesIO(content)).name


def test_every_file_of_the_folder_is_a_format() -> None:
    assert [format_.name for format_ in formats.known()] == [
        "daily_csv",
        "hourly_csv",
        "register_csv",
    ]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("meter_id,date,kwh", "daily_csv"),
        ("KWH,Date,Meter_ID", "daily_csv"),
        ("\n\nmeter_id,date,kwh,note", "daily_csv"),
        ("meter_id,ts_start,kwh", "hourly_csv"),
        ("meter_id,read_at,register_kwh", "register_csv"),
    ],
)
def test_a_format_is_recognised_by_its_header(header: str, name: str) -> None:
    assert recognised(f"{header}\nX,1,2\n".encode()) == name


def workbook(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "code", "facts"),
    [
        (b"", "empty", {}),
        (b"\xef\xbb\xbf \r\n", "empty", {}),
        (b"just words\n", "not_csv", {}),
        (b"\x89PNG\r\n\x1a\n", "not_decodable", {}),
        (b"a,b,c\n1,2,3\n", "format_unknown", {"columns": "a, b, c"}),
        (b"meter_id,date\n", "column_missing", {"columns": "kwh"}),
        (b"meter_id,ts_end,kwh\n", "column_missing", None),
        (b"meter_id,date,ts_start,kwh\n", "format_unknown", None),
        (workbook("photo.jpg"), "zip_not_xlsx", {}),
        (workbook("xl/workbook.xml"), "xlsx_not_read", {}),
        (b"PK\x03\x04broken", "zip_not_xlsx", {}),
        (b"a," * 600_000, "line_too_long", {"line": 1}),
    ],
)
def test_a_file_of_no_known_format_is_refused_with_what_it_lacks(
    content: bytes, code: str, facts: dict[str, object] | None
) -> None:
    with pytest.raises(FileRefused) as refusal:
        formats.recognise(io.BytesIO(content))
    assert refusal.value.code == code
    assert facts is None or dict(refusal.value.facts) == facts
    assert refusal.value.words()
