"""A whole map as a PNG, painted from the same list of frames as the client's canvas."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from points.game.art import palette
from points.game.art.atlas import Atlas, build
from points.game.rules import book as rules_book
from points.game.rules import order
from points.game.rules.book import Book
from points.game.rules.scene import Draw, scene
from points.game.rules.state import Campus

SIZES = {"square": (1080, 1080), "wide": (1200, 630)}
HEADROOM = 96


@lru_cache(maxsize=1)
def sheet() -> Atlas:
    """The atlas of the server's pictures, drawn once a process."""
    return build(book=rules_book.current(), scale=2.0)


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
    atlas = sheet()
    for name, x, y in drawn:
        found = atlas.frames.get(name)
        if found is not None:
            _stamp(view, atlas, found, (2 * x + shift[0], 2 * y + shift[1]))


def _stamp(
    view: Image.Image,
    atlas: Atlas,
    found: tuple[int, int, int, int, int, int, int],
    at: tuple[int, int],
) -> None:
    x, y, w, h, left, top, shrunk = found
    piece = atlas.image.crop((x, y, x + w, y + h))
    if shrunk:
        piece = piece.resize((w * 2, h * 2), Image.Resampling.BILINEAR)
        left, top = left * 2, top * 2
    px, py = at[0] + left, at[1] + top
    if px + piece.width <= 0 or py + piece.height <= 0 or px >= view.width or py >= view.height:
        return
    cut = (max(0, -px), max(0, -py))
    view.alpha_composite(piece, (max(0, px), max(0, py)), cut)


def _solid() -> tuple[int, int, int, int]:
    return (*palette.PAPER, 255)
