"""
Words of three scripts in one PDF without a font file: the CID fonts that every reader knows.

Latin is set in Helvetica, Korean and Chinese in the fonts that PDF readers bring for them, run by
run, so that a Chinese nickname stands in a Korean sentence.
"""

from functools import cache
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

LATIN, BOLD, KOREAN, CHINESE = "Helvetica", "Helvetica-Bold", "HYGothic-Medium", "STSong-Light"


@cache
def register() -> None:
    """Make the CID fonts known to the library, once a process."""
    for name in (KOREAN, CHINESE):
        pdfmetrics.registerFont(UnicodeCIDFont(name))


def marked(text: str, *, latin: str = LATIN) -> str:
    """A text as markup of a paragraph, each run in the font that has its letters."""
    shown = "".join(letter for letter in text if letter.isprintable())
    runs = groupby(shown, key=lambda letter: font_of(letter, latin=latin))
    return "".join(f'<font name="{font}">{escape("".join(run))}</font>' for font, run in runs)


def font_of(letter: str, *, latin: str = LATIN) -> str:
    """Which font has a letter."""
    if _is_hangul(letter):
        return KOREAN
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return CHINESE
    return latin


def _is_hangul(letter: str) -> bool:
    blocks = (("\uac00", "\ud7a3"), ("\u1100", "\u11ff"), ("\u3130", "\u318f"), ("₩", "₩"))
    return any(first <= letter <= last for first, last in blocks)
