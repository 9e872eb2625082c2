"""
The ground: tiles of each terrain, shores and kerbs, and the cut edge of the board.

Closed land is in `sketches.py`.
"""

from collections.abc import Callable
from math import sin

from points.game.art import palette
from points.game.art.palette import RGB, mixed, tone
from points.game.art.pen import Pen

Tile = Callable[[Pen], None]
# Tiles reach a hair over their cell, so that no seam shows between them.
OVER = 0.012
_TILES: dict[str, Tile] = {}


def tiles() -> dict[str, Tile]:
    """Every ground tile by its frame name."""
    return dict(_TILES)


def _tile(*names: str) -> Callable[[Tile], Tile]:
    def register(draw: Tile) -> Tile:
        _TILES.update(dict.fromkeys(names, draw))
        return draw

    return register


def lay(pen: Pen, colour: RGB, z: float = 0.0) -> None:
    """The whole cell in one colour."""
    a, b = -OVER, 1 + OVER
    pen.fill([(a, a, z), (b, a, z), (b, b, z), (a, b, z)], colour)


@_tile("grass/0")
def _grass(pen: Pen) -> None:
    lay(pen, tone("grass", 0.18))


@_tile("grass/1")
def _grass_tufts(pen: Pen) -> None:
    _grass(pen)
    for x, y in ((0.3, 0.4), (0.72, 0.62), (0.5, 0.8)):
        blades(pen, x, y, tone("grass", 1.35))


@_tile("grass/2")
def _grass_daisies(pen: Pen) -> None:
    _meadow(pen)
    for x, y in ((0.28, 0.3), (0.62, 0.42), (0.42, 0.7), (0.78, 0.72), (0.5, 0.5)):
        blades(pen, x, y, tone("grass", 1.4))
        pen.oval(x, y, 0.08, 1.9, 1.5, palette.CARD)
        pen.dot(x, y, 0.08, 0.7, tone("sun", 1))


@_tile("grass/3")
def _grass_patch(pen: Pen) -> None:
    _meadow(pen)
    blades(pen, 0.6, 0.5, tone("grass", 1.5))
    blades(pen, 0.36, 0.58, tone("grass", 1.3))


@_tile("grass/4")
def _grass_wildflowers(pen: Pen) -> None:
    """Cosmos and dandelions gone wild."""
    _meadow(pen)
    for number, (x, y) in enumerate(((0.34, 0.34), (0.66, 0.38), (0.4, 0.66), (0.7, 0.7))):
        blades(pen, x, y, tone("leaf", 0.7), 0.16)
        pen.dot(x - 0.03, y + 0.03, 0.18, 1.6, tone(("cosmos", "sun")[number % 2], 0.2))


@_tile("grass/5")
def _grass_stones(pen: Pen) -> None:
    """Two field stones in longer grass."""
    _meadow(pen)
    for x, y, r in ((0.46, 0.52, 4.4), (0.64, 0.44, 3.0)):
        pen.oval(x, y, 0.02, r, r * 0.62, tone("stone", 1.6))
        pen.oval(x - 0.02, y, 0.06, r * 0.82, r * 0.46, tone("stone", 0.3))
    blades(pen, 0.36, 0.6, tone("grass", 1.7))


@_tile("grass/6")
def _grass_bush(pen: Pen) -> None:
    """A low shrub of the hedgerow."""
    _meadow(pen)
    pen.disc(0.53, 0.5, 0, 0.2, tone("grass", 1.5), 0.16)
    for x, y, r in ((0.42, 0.56, 5.2), (0.58, 0.44, 5.6), (0.5, 0.52, 6.2)):
        for shift, size, depth in ((0.0, 1.0, 1.5), (0.16, 0.8, 0.8), (0.36, 0.5, 0.2)):
            pen.band(x, y, 0.14, r, shift, size, tone("leaf", depth))


def _meadow(pen: Pen) -> None:
    """Longer grass, so soft that it melts into the lawn around it."""
    _grass(pen)
    for reach, share in ((0.44, 0.25), (0.34, 0.31), (0.22, 0.38)):
        pen.disc(0.5, 0.5, 0, reach, tone("grass", share), reach * 0.8)


def blades(pen: Pen, x: float, y: float, colour: RGB, high: float = 0.13) -> None:
    """Three blades of grass."""
    for lean in (-0.05, 0.0, 0.05):
        pen.line([(x, y, 0), (x + lean, y - lean, high)], colour, 0.9)


@_tile("slope/0", "slope/1")
def _slope(pen: Pen) -> None:
    """Hill meadow: contour strokes that follow the slope from cell to cell."""
    lay(pen, tone("grass", 0.85))
    for level in (0.25, 0.75):
        line = [(level + 0.06 * sin(6.283 * t), t, 0.0) for t in (i / 12 for i in range(13))]
        path = [((x + y) / 1.0 - y, y, z) for x, y, z in line]
        pen.line(path, tone("grass", 1.3), 0.9)
    for x, y in ((0.5, 0.3), (0.12, 0.66)):
        blades(pen, x, y, tone("grass", 1.9))


@_tile("plaza/0", "plaza/1")
def _plaza(pen: Pen) -> None:
    """Pale slabs in two sizes."""
    lay(pen, tone("sand", 0.75))
    joint = 0.022
    for x0, y0, x1, y1, depth in (
        (0, 0, 0.5, 0.5, 0.0), (0.5, 0, 1, 0.5, 0.22), (0, 0.5, 0.5, 1, 0.3), (0.5, 0.5, 1, 1, 0.1),
    ):  # fmt: skip
        a, b, c, d = x0 + joint, y0 + joint, x1 - joint, y1 - joint
        colour = mixed(tone("sand", depth), tone("plaster", 0.2), 0.45)
        pen.fill([(a, b, 0), (c, b, 0), (c, d, 0), (a, d, 0)], colour)


@_tile("water/0")
def _water(pen: Pen) -> None:
    lay(pen, tone("water", 0.75))


@_tile("water/1")
def _water_ripples(pen: Pen) -> None:
    _water(pen)
    for x, y, long in ((0.3, 0.45, 0.16), (0.56, 0.7, 0.12), (0.7, 0.36, 0.1)):
        pen.line([(x, y, 0), (x + long, y - long, 0)], tone("water", 0.1), 1.1)


@_tile("water/2")
def _water_deep(pen: Pen) -> None:
    _water(pen)
    pen.disc(0.5, 0.5, 0, 0.34, tone("water", 0.95), 0.3)
    pen.line([(0.42, 0.56, 0), (0.6, 0.38, 0)], tone("water", 0.3), 1.0)


def _edge(side: str, a: float, b: float) -> list[tuple[float, float, float]]:
    """A strip along one edge of the cell between the depths `a` and `b` into it."""
    lo, hi = -OVER, 1 + OVER
    if side == "w":
        return [(a, lo, 0), (a, hi, 0), (b, hi, 0), (b, lo, 0)]
    if side == "e":
        return [(1 - a, lo, 0), (1 - a, hi, 0), (1 - b, hi, 0), (1 - b, lo, 0)]
    if side == "n":
        return [(lo, a, 0), (hi, a, 0), (hi, b, 0), (lo, b, 0)]
    return [(lo, 1 - a, 0), (hi, 1 - a, 0), (hi, 1 - b, 0), (lo, 1 - b, 0)]


def _shore(side: str) -> Tile:
    def draw(pen: Pen) -> None:
        # At the back one looks at the bank, in front one looks over it.
        bank = side in "nw"
        pen.fill(_edge(side, -OVER, 0.13 if bank else 0.06), tone("sand", 1.0 if bank else 0.3))
        if bank:
            pen.fill(_edge(side, -OVER, 0.05), tone("sand", 0.1))
            pen.fill(_edge(side, 0.13, 0.2), tone("water", 1.5))
        pen.fill(_edge(side, *((0.2, 0.24) if bank else (0.1, 0.14))), tone("water", 0.0))

    return draw


def _kerb(side: str) -> Tile:
    def draw(pen: Pen) -> None:
        pen.fill(_edge(side, -OVER, 0.07), tone("stone", 0.25))
        pen.fill(_edge(side, 0.07, 0.09), tone("sand", 1.4))

    return draw


for _side in "nesw":
    _TILES[f"shore/{_side}"] = _shore(_side)
    _TILES[f"kerb/{_side}"] = _kerb(_side)


@_tile("rim/s")
def _rim_left(pen: Pen) -> None:
    _rim(pen, [(-OVER, 1, 0), (1 + OVER, 1, 0)], 1.0)


@_tile("rim/e")
def _rim_right(pen: Pen) -> None:
    _rim(pen, [(1, -OVER, 0), (1, 1 + OVER, 0)], 1.8)


def _rim(pen: Pen, edge: list[tuple[float, float, float]], depth: float) -> None:
    """The cut edge of the board that the campus is painted on."""
    for low, high, token in ((-0.34, 0.0, "plaster"), (-0.34, -0.24, "sand")):
        below = [(x, y, low) for x, y, _ in reversed(edge)]
        pen.fill([*((x, y, high) for x, y, _ in edge), *below], tone(token, depth))
    pen.line([(x, y, -0.34) for x, y, _ in edge], palette.CONTACT, 1.0)
