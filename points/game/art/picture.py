"""A whole map as a PNG, painted from the same list of frames as the client's canvas."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from points.game.art import palette
from points.game.art.atlas import ground_picture, picture
from points.game.art.canvas import Sprite
from points.game.art.sprites import drawings, levels_of
from points.game.rules import book as rules_book
from points.game.rules import order
from points.game.rules.book import Book
from points.game.rules.scene import Draw, scene
from points.game.rules.state import Campus

SIZES = {"square": (1080, 1080), "wide": (1200, 630)}
HEADROOM = 96
SCALE = 2.0


@lru_cache(maxsize=512)
def frame_picture(name: str) -> Sprite | None:
    """A frame at twice the map's scale, drawn when it is first needed; None where it has none."""
    shaded, bare = name.startswith("~"), name.removeprefix("~")
    head, *numbers = bare.split("/")
    item = rules_book.current().items.get(head)
    if item is None:
        return ground_picture(name=name, scale=SCALE)
    if item.id not in drawings():
        return None
    rot, level = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 1
    sprite, shadow = picture(
        item=item, rot=rot, level=min(level, levels_of(item=item.id)), scale=SCALE
    )
    return _grown(shadow) if shaded else sprite


def _grown(shadow: Sprite | None) -> Sprite | None:
    """A shadow, kept at half the scale, at the scale of the map."""
    if shadow is None:
        return None
    size = (shadow.image.width * 2, shadow.image.height * 2)
    image = shadow.image.resize(size, Image.Resampling.BILINEAR)
    return Sprite(image, shadow.left * 2, shadow.top * 2, SCALE)


def png(*, campus: Campus, seed: int, size: str) -> bytes:
    """The map as PNG: `square` is 1080 x 1080, `wide` is 1200 x 630 pixels."""
    out = BytesIO()
    image = paint(campus=campus, seed=seed, size=size).convert("RGB")
    image.quantize(256, dither=Image.Dither.NONE).save(out, "PNG", compress_level=6)
    return out.getvalue()


def paint(*, campus: Campus, seed: int, size: str) -> Image.Image:
    """The map around its open parcels on warm paper, inside a hairline frame."""
    book = rules_book.current()
    wide, high = SIZES[size]
    left, top, right, bottom = frame(campus=campus, book=book)
    ratio = min((wide - 64) / (right - left), (high - 64) / (bottom - top))
    view = Image.new("RGBA", (round(wide / ratio * 2), round(high / ratio * 2)), _solid())
    shift = (view.width // 2 - (left + right), view.height // 2 - (top + bottom))
    _compose(view, scene(campus=campus, seed=seed, book=book), shift)
    image = view.resize((wide, high), Image.Resampling.LANCZOS, reducing_gap=2.0)
    box = (14, 14, wide - 15, high - 15)
    ImageDraw.Draw(image).rounded_rectangle(box, 12, outline=(*palette.LINE, 255), width=2)
    return image


def frame(*, campus: Campus, book: Book) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the open land in map pixels, with headroom for roofs."""
    side, edge = book.map.size // book.map.parcel, book.map.parcel
    corners = [
        order.screen(x=(parcel % side + dx) * edge, y=(parcel // side + dy) * edge)
        for parcel in campus.parcels
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs) - 32, min(ys) - HEADROOM, max(xs) + 32, max(ys) + 40


def _compose(view: Image.Image, drawn: list[Draw], shift: tuple[int, int]) -> None:
    for name, x, y in drawn:
        sprite = frame_picture(name)
        if sprite is not None:
            _stamp(view, sprite, (2 * x + shift[0] + sprite.left, 2 * y + shift[1] + sprite.top))


def _stamp(view: Image.Image, sprite: Sprite, at: tuple[int, int]) -> None:
    (px, py), (wide, high) = at, sprite.image.size
    if px + wide <= 0 or py + high <= 0 or px >= view.width or py >= view.height:
        return
    cut = (max(0, -px), max(0, -py))
    view.alpha_composite(sprite.image, (max(0, px), max(0, py)), cut)


def _solid() -> tuple[int, int, int, int]:
    return (*palette.PAPER, 255)
