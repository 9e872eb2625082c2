"""A statement as CSV that a bookkeeper's spreadsheet reads and cannot be tricked by."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from points.coupons.paper import Paper, Party, sheet
from tests.points.coupons.paper.making import a_line, a_paper


def rows(paper: Paper, language: str = "en") -> list[dict[str, str]]:
    with translation.override(language):
        text = sheet(paper).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_line_names_both_parties_and_its_local_time() -> None:
    first, _second, void, total = rows(a_paper())
    assert first == {
        "Statement": "2",
        "First day": "2026-03-01",
        "Last day": "2026-03-31",
        "Seller": "Haetsal Co.",
        "Seller's tax number": "123-45-67890",
        "Buyer": "North University",
        "Buyer's tax number": "987-65-43210",
        "Line": "1",
        "Date": "2026-03-03",
        "Time": "14:01:00",
        "Item": "Americano",
        "Kind": "Use",
        "Use no.": "00000000-0000-7000-8000-000000000001",
        "Amount": "3000",
        "Currency": "KRW",
    }
    assert (void["Kind"], void["Amount"]) == ("Use taken back", "-3000")
    assert (total["Kind"], total["Amount"], total["Use no."]) == ("Total", "3000", "b" * 64)


def test_excel_knows_it_is_utf_8_and_every_line_ends_as_the_standard_says() -> None:
    body = sheet(a_paper())
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.count(b"\r\n") == body.count(b"\n") == 5


@pytest.mark.parametrize(
    ("language", "item", "amount"),
    [("ko", "아메리카노", "금액"), ("zh-hans", "美式咖啡", "数额"), ("en", "Americano", "Amount")],
)
def test_it_speaks_the_askers_language(language: str, item: str, amount: str) -> None:
    first = rows(a_paper(), language)[0]
    assert item in first.values()
    assert first[amount] == "3000"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_looks_like_a_formula_is_led_by_an_apostrophe(start: str) -> None:
    evil = f'{start}HYPERLINK("x")'
    paper = a_paper(
        seller=Party(evil, evil, ""),
        buyer=Party(evil, evil, ""),
        lines=(a_line(1, title={"en": evil}),),
    )
    first = rows(paper)[0]
    for name in ("Seller", "Seller's tax number", "Buyer", "Buyer's tax number", "Item"):
        assert first[name] == f"'{evil}"


def test_money_with_minor_digits_is_a_plain_decimal_number() -> None:
    paper = a_paper(currency="CNY", minor_digits=2)
    assert [row["Amount"] for row in rows(paper)] == ["30.00", "30.00", "-30.00", "30.00"]


@given(
    title=st.text(max_size=40),
    name=st.text(max_size=40),
    minor=st.lists(st.integers(-(10**9), 10**9), max_size=8),
)
def test_every_cell_comes_back_and_the_amounts_add_up(
    title: str, name: str, minor: list[int]
) -> None:
    lines = tuple(
        a_line(number, kind="USE" if each >= 0 else "VOID", title={"en": title}, amount_minor=each)
        for number, each in enumerate(minor, 1)
    )
    paper = replace(a_paper(lines=lines), seller=Party(name, "1", ""))
    *told, total = rows(paper)
    assert [Decimal(row["Amount"]) for row in told] == [Decimal(each) for each in minor]
    assert Decimal(total["Amount"]) == sum(minor)
    assert all(row["Item"].removeprefix("'") == title.removeprefix("'") for row in told)
    for row in told:
        texts = [cell for name, cell in row.items() if name != "Amount"]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in texts)
