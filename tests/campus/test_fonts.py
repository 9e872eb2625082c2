"""Each letter of the three languages is set in a font that has it."""

import pytest

from campus import fonts


@pytest.mark.parametrize(
    ("letter", "font"),
    [
        ("a", fonts.LATIN),
        ("é", fonts.LATIN),
        ("“", fonts.LATIN),
        ("햇", fonts.KOREAN),
        ("ㅎ", fonts.KOREAN),
        ("₩", fonts.KOREAN),
        ("阳", fonts.CHINESE),
        ("。", fonts.CHINESE),
    ],
)
def test_a_letter_is_set_in_a_font_that_has_it(letter: str, font: str) -> None:
    assert fonts.font_of(letter) == font


def test_runs_are_marked_and_markup_in_a_name_is_only_text() -> None:
    assert fonts.marked("a<b>햇살") == (
        '<font name="Helvetica">a&lt;b&gt;</font><font name="HYGothic-Medium">햇살</font>'
    )


def test_letters_that_cannot_be_printed_are_left_out() -> None:
    assert fonts.marked("a\u202eb\x00") == '<font name="Helvetica">ab</font>'
