"""A statement as PDF: every word in a font that has its letters, the same bytes each time."""

import base64
import re
import zlib

import pytest
from django.utils import translation

from points.coupons.paper import Party, printed
from tests.points.coupons.paper.making import a_line, a_paper


def drawn(body: bytes) -> bytes:
    """What the pages draw, in PDF's own operators."""
    streams = re.findall(rb"stream\r?\n(.*?)~>\s*endstream", body, re.DOTALL)
    return b"".join(zlib.decompress(base64.a85decode(stream)) for stream in streams)


def latin(body: bytes) -> bytes:
    """The texts that are drawn, put together as they follow one another."""
    return b"".join(re.findall(rb"\((.*?)(?<!\\)\) Tj", drawn(body)))


def says(body: bytes, text: str) -> bool:
    """Whether a run of letters beyond Latin is drawn, as CID fonts write it."""
    code = text.encode("utf-16-be")
    escaped = b"".join(_octal(byte) for byte in code)
    return escaped in drawn(body)


def _octal(byte: int) -> bytes:
    plain = 32 <= byte < 127 and chr(byte) not in "()\\"
    return bytes([byte]) if plain else b"\\%03o" % byte


@pytest.mark.parametrize(
    ("language", "letters"), [("ko", [b"Korea1"]), ("en", []), ("zh-hans", [b"GB1"])]
)
def test_a_pdf_names_the_fonts_of_its_language_and_brings_none(
    language: str, letters: list[bytes]
) -> None:
    with translation.override(language):
        body = printed(a_paper())
    assert body.startswith(b"%PDF-")
    assert body.rstrip().endswith(b"%%EOF")
    assert re.findall(rb"/Ordering \((\w+)\)", body) == letters
    assert b"/FontFile" not in body


def test_the_same_statement_gives_the_same_bytes() -> None:
    assert printed(a_paper()) == printed(a_paper())


def test_both_parties_and_the_hash_are_on_it() -> None:
    with translation.override("en"):
        page = latin(printed(a_paper()))
    for text in (b"123-45-67890", b"987-65-43210", b"b" * 64, b"KRW 3,000", b"KRW -3,000"):
        assert text in page


def test_korean_and_chinese_are_drawn_beside_one_another() -> None:
    paper = a_paper(
        seller=Party("햇살 Co.", "1", ""), buyer=Party("示范大学", "2", ""), lines=(a_line(1),)
    )
    with translation.override("ko"):
        body = printed(paper)
    assert says(body, "햇살")
    assert says(body, "示范大学")
    assert says(body, "아메리카노")


def test_marks_that_mean_something_in_xml_are_only_letters() -> None:
    paper = a_paper(seller=Party("A & B\x00 <b>Ltd</b>", "1", ""))
    with translation.override("en"):
        assert b"A & B <b>Ltd</b>" in latin(printed(paper))


def test_a_long_month_runs_over_pages_and_keeps_its_head() -> None:
    lines = tuple(a_line(number) for number in range(1, 121))
    with translation.override("en"):
        body = printed(a_paper(lines=lines))
    pages = len(re.findall(rb"/Type /Page\b", body))
    assert pages >= 3
    assert latin(body).count(b"Item") == pages
