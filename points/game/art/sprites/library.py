"""The library: two storeys of arched windows under a green dome, with a reading garden."""

from math import cos, pi, sin

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


@sprite("library")
def library(pen: Pen) -> None:
    """A square hall on steps, the dome in its middle, wings left and right of the door."""
    pen.box(0.06, 0.06, 0, 2.88, 2.88, 0.1, "stone")
    pen.box(0.2, 0.2, 0.1, 2.6, 2.6, 0.1, "stone")
    pen.box(0.3, 0.3, 0.2, 2.36, 2.3, 1.4, "sand", edge=0)
    _storeys(pen)
    pen.box(0.24, 0.24, 1.6, 2.48, 2.42, 0.12, "plaster")
    pen.box(0.34, 0.34, 1.72, 2.28, 2.22, 0.1, "plaster", top="stone")
    _dome(pen, 1.48, 1.44)
    _porch(pen)
    _garden(pen)


def _storeys(pen: Pen) -> None:
    front, side = pen.wall("x", 2.6), pen.wall("y", 2.66)
    for wall, first, last in ((front, 0.3, 2.66), (side, 0.3, 2.6)):
        wall.rect(first, 0.2, last, 0.36, wall.tone("stone"))
        wall.line([(first, 0.92), (last, 0.92)], wall.tone("plaster", -0.4), 2.0)
    for u in (0.44, 0.8, 1.94, 2.3):
        front.window(u, 0.44, u + 0.22, 0.84)
        front.window(u, 1.02, u + 0.22, 1.48, arch=True)
    for u in (0.44, 0.84, 1.24, 1.64, 2.04, 2.3):
        if u < 2.2:
            side.window(u, 0.44, u + 0.24, 0.84)
            side.window(u, 1.02, u + 0.24, 1.48, arch=True)
    front.window(1.28, 1.02, 1.68, 1.5, arch=True, bars=3)


def _dome(pen: Pen, x: float, y: float) -> None:
    pen.cylinder(x, y, 1.82, 0.66, 0.3, "plaster")
    for i in range(12):
        a = 2 * pi * i / 12 - 0.2
        if cos(a) + sin(a) > 0.15:
            px, py = x + 0.66 * cos(a), y + 0.66 * sin(a)
            pen.line([(px, py, 1.9), (px, py, 2.04)], tone("glass", 1.6), 3.2)
    pen.cylinder(x, y, 2.12, 0.72, 0.06, "plaster")
    pen.dome(x, y, 2.18, 0.66, 0.66, "copper")
    for i in range(10):
        a = 2 * pi * i / 10 + 0.12
        if cos(a) + sin(a) > -0.2:
            rib = [
                (x + 0.66 * cos(t) * cos(a), y + 0.66 * cos(t) * sin(a), 2.18 + 0.66 * sin(t))
                for t in (pi / 2 * j / 8 for j in range(8))
            ]
            pen.line(rib, mixed(tone("copper", 1), tone("copper", 2), 0.6), 0.7)
    pen.cylinder(x, y, 2.8, 0.12, 0.18, "plaster")
    pen.cylinder(x, y, 2.98, 0.14, 0.18, "copper", r_top=0.0)
    pen.dot(x, y, 3.2, 2.0, tone("sun", 1))


def _porch(pen: Pen) -> None:
    for i in range(3):
        pen.box(1.02, 2.6 + 0.08 * (2 - i), 0.1, 0.92, 0.1, 0.05 + 0.05 * i, "stone", edge=0.2)
    wall = pen.wall("x", 2.6)
    wall.arch(1.26, 0.2, 1.7, 0.88, wall.tone("walnut", 0.4))
    wall.arch(1.3, 0.2, 1.66, 0.84, wall.tone("timber"))
    wall.line([(1.48, 0.2), (1.48, 0.84)], wall.tone("walnut"), 1.0)
    for x in (1.06, 1.24, 1.7, 1.88):
        pen.cylinder(x, 2.74, 0.2, 0.045, 0.72, "plaster")
    pen.box(0.98, 2.58, 0.92, 1.0, 0.26, 0.08, "plaster")
    gable = [(0.98, 2.84, 1.0), (1.98, 2.84, 1.0), (1.48, 2.84, 1.28)]
    pen.fill(
        [(1.98, 2.84, 1.0), (1.98, 2.58, 1.0), (1.48, 2.58, 1.28), (1.48, 2.84, 1.28)],
        tone("slate", pen.side("y") * 0.7),
    )
    pen.fill(gable, tone("plaster", pen.side("x") * 0.8))
    pen.line([gable[0], gable[2], gable[1]], mixed(tone("slate", 1), palette.CARD, 0.1), 1.6)
    front = pen.wall("x", 2.845)
    front.poly([(1.36, 1.06), (1.47, 1.09), (1.47, 1.19), (1.36, 1.15)], front.tone("clay"))
    front.poly([(1.6, 1.06), (1.49, 1.09), (1.49, 1.19), (1.6, 1.15)], front.tone("clay", 0.3))


def _garden(pen: Pen) -> None:
    for x, y, r in (
        (0.3, 2.76, 5.0),
        (0.56, 2.8, 5.6),
        (2.5, 2.78, 5.6),
        (2.76, 2.62, 5.0),
        (2.78, 0.5, 5.0),
        (2.8, 2.2, 4.6),
    ):
        pen.crown([(x, y, 0.24, r)], "leaf", dabs=6, dab=1.3)
