import io
import zipfile

import pytest

from meters.readings import formats
from meters.readings.formats import Opened
from meters.readings.profile import Profile
from meters.readings.refusals import FileRefused


def opened(content: bytes) -> Opened:
    stream = io.BytesIO(content)
    return formats.recognise(stream).open(stream=stream, said=Profile(), zone=None)


def test_every_file_of_the_folder_is_a_format() -> None:
    assert [format_.name for format_ in formats.known()] == [
        "delimited", "green_button", "nem12", "oed_csv", "prepaid_cn", "json", "xlsx",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("\n\nmeter_id,date,kwh,note", "delimited"),
        ("表号,抄表时间,正向有功总电能(kWh),剩余金额(元)", "prepaid_cn"),
        ("Label,Readings,Start Timestamp,End Timestamp", "oed_csv"),
        ("100,NEM12,200404201300,MDA1,Ret1", "nem12"),
        ('<?xml version="1.0"?><feed/>', "green_button"),
        ('{"readings": []}', "json"),
    ],
)
def test_a_format_is_recognised_by_its_content(content: str, name: str) -> None:
    assert formats.recognise(io.BytesIO(content.encode())).name == name


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
        (b"\x89PNG\r\n\x1a\n", "not_decodable", {"line": 2}),
        (b"a,b,c\n1,2,3\n", "format_unknown", {"columns": "a, b, c"}),
        (
            b"meter_id,date\n",
            "column_missing",
            {"columns": "value", "header": "meter_id | date"},
        ),
        (b"date,kwh\n", "column_missing", {"columns": "meter", "header": "date | kwh"}),
        (b"meter_id,date,timestamp,kwh\n", "format_unknown", None),
        (workbook("photo.jpg"), "zip_not_xlsx", {}),
        (workbook("xl/workbook.xml"), "workbook_broken", None),
        (b"PK\x03\x04broken", "zip_not_xlsx", {}),
        (b"a," * 600_000, "line_too_long", {"line": 1}),
    ],
)
def test_a_file_of_no_known_format_is_refused_with_what_it_lacks(
    content: bytes, code: str, facts: dict[str, object] | None
) -> None:
    with pytest.raises(FileRefused) as refusal:
        opened(content)
    assert refusal.value.code == code
    assert facts is None or dict(refusal.value.facts) == facts
    assert refusal.value.words()
