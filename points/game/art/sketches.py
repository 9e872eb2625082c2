"""Closed land: a pale wash, pencil over it, and the woods that stand there until it is opened."""

from collections.abc import Callable, Sequence
from math import sin

from points.game.art import palette
from points.game.art.ground import blades, lay
from points.game.art.palette import RGB, mixed, tone
from points.game.art.pen import Pen
from points.game.art.solids import Puff

Drawing = Callable[[Pen], None]
_DRAWINGS: dict[str, Drawing] = {}
PENCIL = mixed(palette.PAPER, palette.INK, 0.3)


def sketches() -> dict[str, Drawing]:
    """Every tile and tree of closed land by its frame name."""
    return dict(_DRAWINGS)


def washed(token: str, depth: float, share: float) -> RGB:
    """A colour thinned with much water."""
    return mixed(palette.PAPER, tone(token, depth), share)


def _sketch(name: str) -> Callable[[Drawing], Drawing]:
    def register(draw: Drawing) -> Drawing:
        _DRAWINGS[f"sketch/{name}"] = draw
        return draw

    return register


@_sketch("g/0")
def _grass(pen: Pen) -> None:
    lay(pen, washed("grass", 0.5, 0.5))


@_sketch("g/1")
def _grass_tufts(pen: Pen) -> None:
    _grass(pen)
    for x, y in ((0.34, 0.4), (0.7, 0.7)):
        blades(pen, x, y, washed("leaf", 1.4, 0.6))


@_sketch("s/0")
def _slope(pen: Pen) -> None:
    lay(pen, washed("moss", 0.3, 0.5))


@_sketch("s/1")
def _slope_lines(pen: Pen) -> None:
    _slope(pen)
    for t in (0.3, 0.6):
        pen.line([(t, 0.25, 0), (t - 0.1, 0.75, 0)], washed("moss", 1.6, 0.55), 0.8)


@_sketch("p/0")
def _plaza(pen: Pen) -> None:
    lay(pen, washed("sand", 0.5, 0.6))
    for t in (0.0, 0.5):
        pen.line([(t, 0, 0), (t, 1, 0)], washed("sand", 1.6, 0.6), 0.6)
        pen.line([(0, t, 0), (1, t, 0)], washed("sand", 1.6, 0.6), 0.6)


@_sketch("w/0")
def _water(pen: Pen) -> None:
    lay(pen, washed("water", 0.4, 0.66))


@_sketch("w/1")
def _water_waves(pen: Pen) -> None:
    _water(pen)
    for x, y in ((0.24, 0.5), (0.56, 0.78)):
        wave = [(x + t, y - t + 0.03 * sin(t * 40), 0) for t in (i * 0.025 for i in range(9))]
        pen.line(wave, washed("water", 1.6, 0.55), 0.8)


@_sketch("wood/0")
def _round_tree(pen: Pen) -> None:
    _trunk(pen, 0.8)
    puffs = [(0.34, 0.62, 0.8, 9.0), (0.66, 0.36, 0.82, 9.0), (0.5, 0.5, 0.95, 11.5)]
    _crown(pen, [*puffs, (0.48, 0.5, 1.3, 8.5)], "leaf")


@_sketch("wood/1")
def _tall_tree(pen: Pen) -> None:
    _trunk(pen, 0.9)
    puffs = [(0.5, 0.5, 0.8, 8.0), (0.5, 0.48, 1.15, 8.5), (0.5, 0.47, 1.5, 7.0)]
    _crown(pen, [*puffs, (0.5, 0.46, 1.8, 4.5)], "willow")


@_sketch("wood/2")
def _pine(pen: Pen) -> None:
    _trunk(pen, 0.5)
    for z, r in ((0.3, 0.34), (0.66, 0.27), (1.0, 0.19)):
        top = (0.5, 0.5, z + 0.66)
        left, front, right = (0.5 - r, 0.5 + r, z), (0.5 + r, 0.5 + r, z), (0.5 + r, 0.5 - r, z)
        pen.fill([left, front, top], washed("pine", 0.5, 0.62))
        pen.fill([front, right, top], washed("pine", 1.3, 0.66))


def _trunk(pen: Pen, high: float) -> None:
    """The shade on the ground, and a stem."""
    pen.disc(0.56, 0.48, 0, 0.26, washed("moss", 1.0, 0.5), 0.2)
    pen.line([(0.5, 0.5, 0), (0.5, 0.5, high)], washed("bark", 0.6, 0.7), 3.0)


def _crown(pen: Pen, puffs: Sequence[Puff], token: str) -> None:
    """Three washes, each nearer to the light."""
    for shift, size, depth in ((0.0, 1.0, 1.5), (0.14, 0.84, 0.8), (0.36, 0.52, 0.2)):
        for x, y, z, r in puffs:
            pen.band(x, y, z, r, shift, size, washed(token, depth, 0.66))
