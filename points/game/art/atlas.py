"""All drawings as frames on one sheet, with the JSON that tells the client where each lies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PIL import Image

from points.game.art import ground, growth, rooms, sketches
from points.game.art.canvas import Sprite
from points.game.art.ground import Tile
from points.game.art.pen import Pen
from points.game.art.sprites import drawings
from points.game.rules.book import Book, Item
from points.game.rules.scene import frame_of, grown_frame

WIDTH = 2048
GAP = 2
# Tiles that reach above their cell.
TALL = ("room/wall", "sketch/wood")


@dataclass(frozen=True, slots=True)
class Atlas:
    """
    A sheet and its frames at `scale`.

    A frame is `(x, y, width, height, left, top, shrunk)`: where it lies on the sheet, and how far
    from the cell's corner it is drawn; `shrunk` frames (shadows) are drawn at twice their size.
    """

    image: Image.Image
    frames: Mapping[str, tuple[int, int, int, int, int, int, int]]
    scale: float


def build(*, book: Book, scale: float = 2.0, spaces: tuple[str, ...] = ("campus", "room")) -> Atlas:
    """Draw every item of `spaces` and the ground, and pack the pictures in shelves."""
    pictures = {**dict(_ground(scale)), **dict(_growth(book, scale))}
    for item in book.items.values():
        if item.space in spaces and item.id in drawings():
            pictures.update(_item_frames(item, scale))
    return _packed(pictures, scale)


def in_few_colours(*, made: Atlas) -> Image.Image:
    """
    The sheet with all things in 256 colours without dithering: flat tones pack small and crisp.

    The ground stays exact, so that its faint pencil strokes are not averaged away.
    """
    tiles, things = {**ground.tiles(), **sketches.sketches()}, made.image.copy()
    spots = {name: frame[:4] for name, frame in made.frames.items() if name in tiles}
    for x, y, w, h in spots.values():
        things.paste((0, 0, 0, 0), (x, y, x + w, y + h))
    sheet = few_colours(image=things)
    for x, y, w, h in spots.values():
        sheet.paste(made.image.crop((x, y, x + w, y + h)), (x, y))
    return sheet


def few_colours(*, image: Image.Image) -> Image.Image:
    """The picture in 256 colours."""
    few = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return few.convert("RGBA")


def icon(*, made: Atlas, item: Item, size: int) -> Image.Image:
    """The item alone in a square of `size` pixels, standing near its foot."""
    x, y, w, h, *_ = made.frames[frame_of(item=item.id, rot=0)]
    ratio = min(size * 15 / 16 / w, size * 15 / 16 / h, 1.0)
    fitted = (max(1, round(w * ratio)), max(1, round(h * ratio)))
    small = made.image.crop((x, y, x + w, y + h)).resize(fitted, Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    lift = min((size - small.height) // 2, size // 12)
    square.alpha_composite(small, ((size - small.width) // 2, size - small.height - lift))
    return square


def picture(*, item: Item, rot: int, scale: float) -> tuple[Sprite, Sprite | None]:
    """One view of an item and its shadow; odd turns are mirrored, turns above 1 show the back."""
    pen = Pen(item.w, item.h, scale=scale, flip=rot % 2 == 1, back=rot > 1, seed=item.id)
    drawings()[item.id](pen)
    return pen.sprite(), pen.shadow()


def ground_picture(*, name: str, scale: float) -> Sprite:
    """One tile of the ground or of a room."""
    pen = Pen(1, 1, scale=scale, seed=name, up=3 if name.startswith(TALL) else 1)
    _tiles()[name](pen)
    return pen.sprite()


def growth_picture(*, name: str, scale: float) -> Sprite:
    """What stands around an upgraded building: `grown/2x1/3` is level 3 of 2 x 1 cells."""
    _grown, size, level = name.split("/")
    w, d = (int(side) for side in size.split("x"))
    pen = Pen(w, d, scale=scale, seed=name, up=2)
    growth.grown(pen, int(level))
    return pen.sprite()


def _tiles() -> dict[str, Tile]:
    return {**ground.tiles(), **sketches.sketches(), **rooms.tiles()}


def _ground(scale: float) -> Iterator[tuple[str, Sprite]]:
    for name in _tiles():
        yield name, ground_picture(name=name, scale=scale)


def _growth(book: Book, scale: float) -> Iterator[tuple[str, Sprite]]:
    """Around buildings of each size and turn, for each level above the first."""
    buildings = (item for item in book.items.values() if item.category == "building")
    sizes = {(item.w, item.h) for item in buildings}
    levels = range(2, 2 + len(book.prices.upgrade_percent))
    for w, h in sorted(sizes | {(h, w) for w, h in sizes}):
        for level in levels:
            name = grown_frame(w=w, h=h, level=level)
            yield name, growth_picture(name=name, scale=scale)


def _item_frames(item: Item, scale: float) -> Iterator[tuple[str, Sprite]]:
    for rot in item.rotations:
        sprite, shadow = picture(item=item, rot=rot, scale=scale)
        name = frame_of(item=item.id, rot=rot)
        yield name, sprite
        if shadow is not None:
            yield f"~{name}", shadow


def _packed(pictures: Mapping[str, Sprite], scale: float) -> Atlas:
    spots: dict[str, tuple[int, int]] = {}
    x = y = shelf = 0
    for name, sprite in sorted(pictures.items(), key=lambda pair: (-pair[1].image.height, pair[0])):
        if x + sprite.image.width > WIDTH:
            x, y, shelf = 0, y + shelf + GAP, 0
        spots[name] = (x, y)
        x, shelf = x + sprite.image.width + GAP, max(shelf, sprite.image.height)
    sheet = Image.new("RGBA", (WIDTH, y + shelf), (0, 0, 0, 0))
    for name, spot in spots.items():
        sheet.paste(pictures[name].image, spot)
    frames = {name: _frame(pictures[name], spots[name], scale) for name in sorted(pictures)}
    return Atlas(image=sheet, frames=frames, scale=scale)


def _frame(
    sprite: Sprite, spot: tuple[int, int], scale: float
) -> tuple[int, int, int, int, int, int, int]:
    shrunk = int(sprite.scale < scale)
    return (*spot, sprite.image.width, sprite.image.height, sprite.left, sprite.top, shrunk)
