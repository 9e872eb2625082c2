"""
What is drawn where, in order: the one list from which the phone and the share picture paint.

Each entry is a frame of the atlas and the screen point of a cell's upper corner, in map pixels.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from points.game.rules import order, placement, terrain
from points.game.rules.book import Book
from points.game.rules.state import CAMPUS, PLACED, Campus, Instance, Spot

# The edges of a cell by letter: north and west are the far ones.
SIDES = (("n", 0, -1), ("w", -1, 0), ("e", 1, 0), ("s", 0, 1))
# Sixteen tickets decide the variant of a cell.
VARIANTS = {
    "g": "0000000113324560",
    "s": "0" * 16,
    "p": "0" * 16,
    "w": "0000000001112200",
}
SKETCHED = {
    "g": "0000000000110011",
    "s": "0000100100010001",
    "p": "0" * 16,
    "w": "0000010000010001",
}
# How many of sixteen tickets are trees, in the four kinds of clearing and thicket.
WOODS = (1, 5, 10, 14)
THICKET = 3
# Closed land this near in front of open land has no trees: they would hide what is built.
CLEAR = 3
NAMES = {"g": "grass", "s": "slope", "p": "plaza", "w": "water"}


class Draw(NamedTuple):
    """One picture at a screen point."""

    frame: str
    x: int
    y: int


def scene(*, campus: Campus, seed: int, book: Book) -> list[Draw]:
    """
    Everything of the map from back to front: ground, flat items, shadows, standing items, each
    upgraded building with what has grown around it.
    """
    return [*ground(campus=campus, seed=seed, book=book), *things(campus=campus, book=book)]


def things(*, campus: Campus, book: Book) -> list[Draw]:
    """What stands on the ground, from back to front."""
    standing, flat = _placed(campus, book)
    blocks = [_block(one, book) for one in flat.values()]
    painted = [_item(flat[name], book) for name in order.ground_order(blocks=blocks)]
    row = order.object_order(blocks=[_block(one, book) for one in standing.values()])
    items = [_item(standing[name], book) for name in row]
    painted += (item._replace(frame=f"~{item.frame}") for item in items)
    for name, item in zip(row, items, strict=True):
        painted += [item, *_growth(standing[name], item, book)]
    return painted


def ground(*, campus: Campus, seed: int, book: Book) -> Iterator[Draw]:
    """The tiles of the land by x + y, then x; closed parcels are pencil sketches."""
    size = book.map.size
    for total in range(2 * size - 1):
        for x in range(max(0, total - size + 1), min(size, total + 1)):
            point = order.screen(x=x, y=total - x)
            frames = _frames(campus, seed, book, x, total - x)
            yield from (Draw(frame, *point) for frame in frames)


def frame_of(*, item: str, rot: int) -> str:
    """The atlas frame of an item: `item/rot`."""
    return f"{item}/{rot}"


def grown_frame(*, w: int, h: int, level: int) -> str:
    """The atlas frame of what stands around an upgraded building that holds w x h cells."""
    return f"grown/{w}x{h}/{level}"


def _frames(campus: Campus, seed: int, book: Book, x: int, y: int) -> Iterator[str]:
    land, last = campus.ground, book.map.size - 1
    letter = land[y][x]
    ticket = terrain.mixed(seed=seed, x=x + 32, y=y) & 15
    if placement.parcel_of(x=x, y=y, book=book) in campus.parcels:
        yield f"{NAMES[letter]}/{VARIANTS[letter][ticket]}"
        yield from _borders(land, letter, x, y)
    else:
        yield f"sketch/{letter}/{SKETCHED[letter][ticket]}"
        if letter in "gs" and not _in_front(campus.parcels, book, x, y):
            yield from _wood(seed, letter, x, y)
    if y == last:
        yield "rim/s"
    if x == last:
        yield "rim/e"


def _in_front(parcels: Collection[int], book: Book, x: int, y: int) -> bool:
    """Whether open land lies right behind a cell."""
    behind = ((x - i, y - j) for i in range(CLEAR) for j in range(CLEAR) if i <= x and j <= y)
    return any(placement.parcel_of(x=bx, y=by, book=book) in parcels for bx, by in behind)


def _wood(seed: int, letter: str, x: int, y: int) -> Iterator[str]:
    """The tree of a closed cell, where one stands: pines on the hill, all kinds below."""
    thick = WOODS[terrain.mixed(seed=seed, x=x // THICKET + 96, y=y // THICKET) & 3]
    ticket = terrain.mixed(seed=seed, x=x + 64, y=y) & 15
    # Every other pair of rows, so that no tree stands right before another.
    if (x + y) & 2 and ticket < thick:
        yield f"sketch/wood/{2 if letter == 's' else ticket % 3}"


def _borders(land: Sequence[str], letter: str, x: int, y: int) -> Iterator[str]:
    kind = {"w": "shore", "p": "kerb"}.get(letter)
    if kind is None:
        return
    for side, dx, dy in SIDES:
        nx, ny = x + dx, y + dy
        inside = 0 <= nx < len(land) and 0 <= ny < len(land)
        if inside and land[ny][nx] != letter and not (letter == "p" and land[ny][nx] == "w"):
            yield f"{kind}/{side}"


def _placed(campus: Campus, book: Book) -> tuple[dict[str, Instance], dict[str, Instance]]:
    outside = [
        one
        for one in campus.instances.values()
        if one.state == PLACED and one.spot is not None and one.spot.space == CAMPUS
    ]
    return _named(outside, "object", book), _named(outside, "ground", book)


def _named(instances: Iterable[Instance], layer: str, book: Book) -> dict[str, Instance]:
    return {one.id: one for one in instances if book.items[one.item].layer == layer}


def _block(one: Instance, book: Book) -> order.Block:
    spot = one.spot or Spot(0, 0)
    w, h = placement.footprint(item=book.items[one.item], rot=spot.rot)
    return order.Block(one.id, spot.x, spot.y, spot.x + w - 1, spot.y + h - 1)


def _item(one: Instance, book: Book) -> Draw:
    spot = one.spot or Spot(0, 0)
    return Draw(frame_of(item=one.item, rot=spot.rot), *order.screen(x=spot.x, y=spot.y))


def _growth(one: Instance, drawn: Draw, book: Book) -> Iterator[Draw]:
    item = book.items[one.item]
    if item.category == "building" and one.level > 1 and one.spot is not None:
        w, h = placement.footprint(item=item, rot=one.spot.rot)
        yield drawn._replace(frame=grown_frame(w=w, h=h, level=one.level))
