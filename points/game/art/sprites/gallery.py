"""The gallery: three white blocks turned to one another, a sun-coloured one among them."""

from math import cos, pi, sin

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


@sprite("gallery")
def gallery(pen: Pen) -> None:
    """Water court in front, the tall block behind."""
    pen.box(0.06, 0.06, 0, 2.88, 2.88, 0.06, "stone")
    pen.box(0.2, 0.2, 0.06, 1.4, 1.3, 1.9, "plaster")
    _tall(pen)
    pen.box(1.6, 0.3, 0.06, 1.2, 1.5, 1.1, "plaster", top="stone")
    _right(pen)
    _light_box(pen)
    _court(pen)
    _lobby(pen)


def _tall(pen: Pen) -> None:
    wall = pen.wall("x", 1.5)
    wall.rect(0.36, 1.1, 1.44, 1.74, wall.tone("iron", 0.1))
    wall.rect(0.39, 1.13, 1.41, 1.71, wall.tone("glass", 0.1))
    wall.poly([(0.5, 1.13), (0.72, 1.13), (1.2, 1.71), (0.98, 1.71)], wall.tone("glass", -0.5))
    _banner(pen)
    pen.box(0.4, 0.4, 1.96, 0.5, 0.9, 0.14, "glass")
    pen.box(1.0, 0.4, 1.96, 0.4, 0.9, 0.14, "glass")


def _banner(pen: Pen) -> None:
    wall = pen.wall("y", 1.605)
    wall.rect(0.56, 1.24, 1.16, 1.84, wall.tone("cosmos", -0.4))
    wall.circle(0.86, 1.6, 0.15, wall.tone("sun", -0.7))
    wall.rect(0.62, 1.3, 1.1, 1.38, wall.tone("plaster", -1.2))


def _right(pen: Pen) -> None:
    wall = pen.wall("x", 1.8)
    for i in range(6):
        u = 1.72 + 0.17 * i
        wall.rect(u, 0.2, u + 0.06, 1.0, wall.tone("timber"))
    side = pen.wall("y", 2.8)
    side.rect(0.46, 0.2, 1.64, 0.86, side.tone("iron", 0.1))
    for i in range(5):
        u = 0.48 + 0.232 * i
        side.rect(u, 0.22, u + 0.21, 0.84, side.tone("glass", 0.3 if i % 2 else -0.1))
    pen.glaze(
        [(2.805, 0.6, 0.22), (2.805, 0.8, 0.22), (2.805, 1.3, 0.84), (2.805, 1.1, 0.84)],
        palette.CARD,
        90,
    )


def _light_box(pen: Pen) -> None:
    """A lantern of coloured glass on the low roof."""
    pen.prism([(1.86, 0.6), (2.52, 0.5), (2.6, 1.2), (1.94, 1.3)], 1.16, 0.6, "sun")
    a = [(1.94, 1.3, 1.24), (2.6, 1.2, 1.24), (2.6, 1.2, 1.68), (1.94, 1.3, 1.68)]
    pen.fill(a, mixed(tone("sun", pen.side("x") * 0.7), palette.CARD, 0.3))
    for t in (0.33, 0.66):
        x, y = 1.94 + 0.66 * t, 1.3 - 0.1 * t
        pen.line([(x, y, 1.2), (x, y, 1.72)], tone("sun", 1.6), 1.0)


def _court(pen: Pen) -> None:
    pool = [(0.3, 1.72, 0.06), (1.5, 1.72, 0.06), (1.5, 2.74, 0.06), (0.3, 2.74, 0.06)]
    pen.fill(pool, tone("stone", 1.4))
    inner = [(0.36, 1.78, 0.06), (1.44, 1.78, 0.06), (1.44, 2.68, 0.06), (0.36, 2.68, 0.06)]
    pen.fill(inner, tone("water", 0.9))
    for y in (2.0, 2.3, 2.52):
        pen.line([(0.5, y, 0.06), (0.9, y, 0.06)], tone("water", 0.1), 0.8)
    ring = [
        (0.9 + 0.22 * cos(a), 2.2 - 0.22 * cos(a), 0.56 + 0.46 * sin(a))
        for a in (2 * pi * i / 40 for i in range(41))
    ]
    pen.cast([(0.7, 2.38), (0.76, 2.42), (1.12, 2.04), (1.06, 2.0)], 0.06, 0.9)
    pen.line([(x + 0.04, y + 0.04, z) for x, y, z in ring], tone("iron", 2), 3.4)
    pen.line(ring, tone("iron", 0.4), 3.0)


def _lobby(pen: Pen) -> None:
    """Posts, a thin roof, glass between them."""
    pen.box(1.72, 1.8, 0.06, 0.9, 0.7, 0.62, "glass", edge=0)
    front, side = pen.wall("x", 2.5), pen.wall("y", 2.62)
    for i in range(5):
        front.line([(1.72 + 0.225 * i, 0.06), (1.72 + 0.225 * i, 0.68)], front.tone("iron"), 1.0)
    for i in range(4):
        side.line([(1.8 + 0.233 * i, 0.06), (1.8 + 0.233 * i, 0.68)], side.tone("iron"), 1.0)
    front.rect(1.98, 0.06, 2.36, 0.54, front.tone("walnut", -0.4))
    front.rect(2.01, 0.06, 2.16, 0.51, front.tone("glass", -0.2))
    front.rect(2.18, 0.06, 2.33, 0.51, front.tone("glass", 0.1))
    pen.box(1.58, 1.8, 0.68, 1.2, 0.96, 0.07, "plaster")
    for x, y in ((1.64, 2.7), (2.7, 2.7)):
        pen.cylinder(x, y, 0.06, 0.03, 0.62, "plaster")
    pen.box(1.58, 1.8, 0.68, 1.2, 0.96, 0.07, "plaster")
    pen.box(1.9, 2.72, 0.06, 0.5, 0.1, 0.14, "timber")
