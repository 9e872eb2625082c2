"""The month of a room as a picture to share: a bar a day, the usual as a line, two figures."""

from datetime import date, timedelta
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from points.game.art import palette
from points.game.art.picture import SIZES

Bars = tuple[tuple[int | None, int | None], ...]
LEAF, LAKE = (0x23, 0x70, 0x4F), (0x1F, 0x6F, 0x82)
SOFT = (0x51, 0x60, 0x5A)
FINE = 2  # drawn twice too large and shrunk


@lru_cache(maxsize=64)
def png(*, bars: Bars, first: date, size: str) -> bytes:
    """
    28 days as PNG: `bars` are (used, usual) Wh of each day from `first`, None where not known.

    Nobody is named and no room: a picture goes where its owner sends it.
    """
    wide, high = SIZES[size]
    image = Image.new("RGB", (wide * FINE, high * FINE), palette.PAPER)
    pencil = ImageDraw.Draw(image)
    margin, top = 64 * FINE, 250 * FINE
    box = (margin, top, image.width - margin, image.height - 110 * FINE)
    _head(pencil, bars, margin)
    _bars(pencil, bars, box)
    _days(pencil, first, len(bars), box)
    frame = (14 * FINE, 14 * FINE, image.width - 15 * FINE, image.height - 15 * FINE)
    pencil.rounded_rectangle(frame, 12 * FINE, outline=palette.LINE, width=2 * FINE)
    out = BytesIO()
    small = image.reduce(FINE)
    small.quantize(64, method=Image.Quantize.FASTOCTREE).save(out, "PNG", compress_level=6)
    return out.getvalue()


def _head(pencil: ImageDraw.ImageDraw, bars: Bars, margin: int) -> None:
    """What was used in all, large; how far that is under the usual, where it is."""
    used = sum(wh or 0 for wh, _ in bars)
    pencil.text((margin, 62 * FINE), f"{used / 1000:,.1f}", palette.INK, _font(92))
    across = margin + pencil.textlength(f"{used / 1000:,.1f}", _font(92)) + 14 * FINE
    pencil.text((across, 108 * FINE), "kWh", SOFT, _font(40))
    known = [(wh, usual) for wh, usual in bars if wh is not None and usual]
    expected = sum(usual for _, usual in known)
    under = round(100 * (1 - sum(wh for wh, _ in known) / expected)) if expected else 0
    if under > 0:
        pencil.text((margin, 172 * FINE), f"-{under} %", LEAF, _font(44))


def _bars(pencil: ImageDraw.ImageDraw, bars: Bars, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    most = max([1, *(max(wh or 0, usual or 0) for wh, usual in bars)])
    step = (right - left) / len(bars)
    high = (bottom - top) / most
    line = []
    for number, (wh, usual) in enumerate(bars):
        x = left + number * step
        if wh is not None:
            rect = (x + step * 0.16, bottom - wh * high, x + step * 0.84, bottom)
            pencil.rounded_rectangle(rect, 4 * FINE, fill=LEAF)
        if usual:
            line.append((x + step / 2, bottom - usual * high))
    pencil.line([(left, bottom), (right, bottom)], palette.LINE, 2 * FINE)
    if len(line) > 1:
        pencil.line(line, LAKE, 4 * FINE, joint="curve")


def _days(
    pencil: ImageDraw.ImageDraw, first: date, count: int, box: tuple[int, int, int, int]
) -> None:
    left, _top, right, bottom = box
    step = (right - left) / count
    for number in range(0, count, 7):
        day = first + timedelta(days=number)
        at = (left + number * step, bottom + 14 * FINE)
        pencil.text(at, f"{day.month}/{day.day}", SOFT, _font(26))


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    # The face inside Pillow has the digits; words would need a face for each script.
    return ImageFont.load_default(size * FINE)
