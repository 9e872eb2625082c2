"""A table opens in any spreadsheet, and nothing in it calculates."""

import csv
import io

import pytest

from campus.api.sheets import sheet


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_table_begins_with_the_mark_by_which_excel_knows_utf_8() -> None:
    assert sheet(headings=["이름"], rows=[]).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_text_that_begins_like_a_formula_is_quoted(text: str) -> None:
    [_headings, [cell]] = read(sheet(headings=["a"], rows=[[text]]))
    assert cell == f"'{text}"


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    assert read(sheet(headings=["a", "b"], rows=[[-30, None]]))[1] == ["-30", ""]


def test_a_cell_may_hold_commas_quotes_and_lines() -> None:
    text = 'a "word", and\na line'
    assert read(sheet(headings=["a"], rows=[[text]]))[1] == [text]
