"""
A whole map as a PNG, painted from the same list of frames as the client's canvas.

The land of a term is the same for everybody, so it is painted once at twice the scale, shrunk and
kept; what stands on it is kept frame by frame in the size in which it is needed.
"""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from points.game.art import palette, sheet
from points.game.art.atlas import ground_picture, growth_picture, picture
from points.game.art.canvas import Sprite
from points.game.art.palette import RGB
from points.game.art.sprites import drawings
from points.game.rules import book as rules_book
from points.game.rules import order, terrain
from points.game.rules.book import Book
from points.game.rules.scene import Draw, ground, things
from points.game.rules.state import Campus

SIZES = {"square": (1080, 1080), "wide": (1200, 630)}
HEADROOM = 96
SCALE = 2.0
# What a season colours: all land, with the woods on it; water stays as it is.
SEASONAL = ("grass", "slope", "plaza", "kerb", "sketch/g", "sketch/s", "sketch/p", "sketch/wood")


def png(
    *, campus: Campus, seed: int, size: str, season: str = "summer", hour: str = "day"
) -> bytes:
    """The map as PNG: `square` is 1080 x 1080, `wide` is 1200 x 630 pixels."""
    return encoded(paint(campus=campus, seed=seed, size=size, season=season, hour=hour))


def encoded(image: Image.Image) -> bytes:
    """A picture of flat tones as PNG of 256 colours."""
    out = BytesIO()
    few = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG", compress_level=6)
    return out.getvalue()


def paint(
    *, campus: Campus, seed: int, size: str, season: str = "summer", hour: str = "day"
) -> Image.Image:
    """The map around its open parcels on warm paper, inside a hairline frame."""
    book, (wide, high) = rules_book.current(), SIZES[size]
    parcels = frozenset(campus.parcels)
    ratio, shift = _view(parcels, size)
    image = _land(seed, campus.ground, parcels, size, season).copy()
    for name, x, y in things(campus=campus, book=book):
        sprite = _sized(name, round(ratio * 4096))
        if sprite is not None:
            corner = (round(x * ratio + shift[0]), round(y * ratio + shift[1]))
            image.paste(
                sprite.image, (corner[0] + sprite.left, corner[1] + sprite.top), sprite.image
            )
    image = _tinted(image, palette.HOURS[hour])
    box = (14, 14, wide - 15, high - 15)
    ImageDraw.Draw(image).rounded_rectangle(box, 12, outline=palette.LINE, width=2)
    return image


def _tinted(image: Image.Image, light: tuple[palette.RGB, float]) -> Image.Image:
    colour, share = light
    return Image.blend(image, Image.new("RGB", image.size, colour), share) if share else image


def frame(*, parcels: Sequence[int] | frozenset[int], book: Book) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the open land in map pixels, with headroom for roofs."""
    side, edge = book.map.size // book.map.parcel, book.map.parcel
    corners = [
        order.screen(x=(parcel % side + dx) * edge, y=(parcel // side + dy) * edge)
        for parcel in parcels
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs) - 32, min(ys) - HEADROOM, max(xs) + 32, max(ys) + 40


@lru_cache(maxsize=512)
def frame_picture(name: str) -> Sprite | None:
    """
    A frame at twice the map's scale; None where it has none.

    Read from the phone's sheet where there is one, else drawn when it is first needed.
    """
    kept = sheet.current()
    found = kept.frame(name=name) if kept is not None else drawn_frame(name=name)
    return _grown(found) if found is not None and found.scale < SCALE else found


def drawn_frame(*, name: str) -> Sprite | None:
    """A frame drawn anew, a shadow at half the scale; None where it has no drawing."""
    shaded, bare = name.startswith("~"), name.removeprefix("~")
    head, *numbers = bare.split("/")
    if head == "grown":
        return growth_picture(name=name, scale=SCALE)
    item = rules_book.current().items.get(head)
    if item is None:
        return ground_picture(name=name, scale=SCALE)
    if item.id not in drawings():
        return None
    sprite, shadow = picture(item=item, rot=int(numbers[0]), scale=SCALE)
    return shadow if shaded else sprite


def _grown(shadow: Sprite) -> Sprite:
    """A shadow, kept at half the scale, at the scale of the map."""
    size = (shadow.image.width * 2, shadow.image.height * 2)
    image = shadow.image.resize(size, Image.Resampling.BILINEAR)
    return Sprite(image, shadow.left * 2, shadow.top * 2, SCALE)


def _view(parcels: frozenset[int], size: str) -> tuple[float, tuple[float, float]]:
    """Picture pixels per map pixel, and where the map's origin lies in the picture."""
    wide, high = SIZES[size]
    left, top, right, bottom = frame(parcels=parcels, book=rules_book.current())
    ratio = min((wide - 64) / (right - left), (high - 64) / (bottom - top))
    return ratio, (wide / 2 - (left + right) / 2 * ratio, high / 2 - (top + bottom) / 2 * ratio)


@lru_cache(maxsize=2048)
def _sized(name: str, ratio: int) -> Sprite | None:
    """A frame in the size of a picture; `ratio` in 4096ths, so that equal sizes share it."""
    found = frame_picture(name)
    if found is None:
        return None
    factor = ratio / 4096 / SCALE
    image = found.image
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Sprite(small, round(found.left * factor), round(found.top * factor), factor)


@lru_cache(maxsize=24)
def _land(
    seed: int, rows: tuple[str, ...], parcels: frozenset[int], size: str, season: str
) -> Image.Image:
    """The ground alone, painted at twice the scale and shrunk, so that no seam shows."""
    wide, high = SIZES[size]
    left, top, right, bottom = frame(parcels=parcels, book=rules_book.current())
    ratio, _shift = _view(parcels, size)
    area = (round(wide / ratio * 2), round(high / ratio * 2))
    shift = (area[0] // 2 - (left + right), area[1] // 2 - (top + bottom))
    bare = Campus(ground=rows or terrain.rows(seed=seed), parcels=parcels)
    draws = list(ground(campus=bare, seed=seed, book=rules_book.current()))
    seasonal = [drawn for drawn in draws if drawn.frame.startswith(SEASONAL)]
    view = Image.new("RGB", area, palette.PAPER)
    colour, share = palette.SEASONS[season]
    view.paste(*_layer(seasonal, area, shift, colour, share))
    for drawn in draws:
        if not drawn.frame.startswith(SEASONAL):
            _stamp(view, drawn, shift)
    return view.resize((wide, high), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _layer(
    draws: Sequence[Draw], area: tuple[int, int], shift: tuple[int, int], colour: RGB, share: float
) -> tuple[Image.Image, tuple[int, int], Image.Image]:
    """The seasonal land in its season's colour, where it lies, and as what it covers."""
    view = Image.new("RGBA", area)
    for drawn in draws:
        _stamp(view, drawn, shift)
    return _tinted(view.convert("RGB"), (colour, share)), (0, 0), view.getchannel("A")


def _stamp(view: Image.Image, drawn: Draw, shift: tuple[int, int]) -> None:
    sprite = frame_picture(drawn.frame)
    if sprite is None:
        return
    x = 2 * drawn.x + shift[0] + sprite.left
    y = 2 * drawn.y + shift[1] + sprite.top
    if view.mode == "RGB":
        view.paste(sprite.image, (x, y), sprite.image)
    elif -x < sprite.image.width and -y < sprite.image.height:
        # Only what lies on the sheet: composing knows no negative corner.
        view.alpha_composite(sprite.image, (max(x, 0), max(y, 0)), (max(-x, 0), max(-y, 0)))
