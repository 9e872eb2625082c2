"""The print studio: a dark timber house with a barrel roof, sheets drying on lines in the wind."""

from itertools import pairwise
from math import cos, pi, sin

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


@sprite("print_studio")
def print_studio(pen: Pen) -> None:
    """The house behind, the drying yard in front."""
    pen.box(0.1, 0.12, 0, 1.8, 1.76, 0.07, "stone")
    pen.box(0.2, 0.2, 0.07, 1.6, 1.02, 0.94, "walnut", edge=0)
    _boards(pen)
    _doors(pen)
    _barrel(pen)
    _lines(pen)


def _boards(pen: Pen) -> None:
    for along, off, first, last in (("x", 1.22, 0.2, 1.8), ("y", 1.8, 0.2, 1.22)):
        wall = pen.wall(along, off)
        for i in range(1, 16):
            u = first + (last - first) * i / 16
            wall.line([(u, 0.08), (u, 1.0)], wall.tone("walnut", 0.35), 0.5)


def _doors(pen: Pen) -> None:
    wall = pen.wall("x", 1.22)
    wall.rect(0.34, 0.07, 0.82, 0.82, wall.tone("plaster", -0.2))
    wall.rect(0.38, 0.07, 0.59, 0.78, wall.tone("cosmos", 0.2))
    wall.rect(0.61, 0.07, 0.78, 0.78, wall.tone("cosmos", 0.4))
    wall.window(1.0, 0.34, 1.62, 0.82, frame="plaster", bars=3)
    side = pen.wall("y", 1.8)
    side.window(0.36, 0.34, 0.66, 0.82, frame="plaster", bars=1)
    side.window(0.78, 0.34, 1.08, 0.82, frame="plaster", bars=1)


def _barrel(pen: Pen) -> None:
    """A round zinc roof along x."""
    n, y0, r, z = 14, 0.71, 0.6, 0.98
    arc = [(y0 - r * cos(pi * i / n), z + 0.62 * sin(pi * i / n)) for i in range(n + 1)]
    pen.cast([(0.12, 0.1), (1.88, 0.1), (1.88, 1.32), (0.12, 1.32)], z, 0.5)
    for (a, za), (b, zb) in pairwise(arc):
        pen.face([(1.88, a, za), (1.88, b, zb), (0.12, b, zb), (0.12, a, za)], "slate")
    pen.fill([(1.88, y, h) for y, h in arc], tone("plaster", pen.side("y") - 0.3))
    inner = [(y0 + (y - y0) * 0.84, z + (h - z) * 0.8) for y, h in arc]
    pen.fill([(1.885, y, h) for y, h in inner], tone("glass", pen.side("y") * 0.7))
    for t in (0.28, 0.5, 0.72):
        y, h = inner[round(t * n)]
        pen.line([(1.885, y, z), (1.885, y, h)], tone("plaster", pen.side("y") - 0.6), 0.9)
    seam = mixed(tone("slate", 1), tone("slate", 2), 0.5)
    for i in range(1, 8):
        x = 0.12 + 1.76 * i / 8
        pen.line([(x, y, h) for y, h in arc[5:]], seam, 0.6)
    pen.line([(1.88, y, h) for y, h in arc], mixed(tone("slate", 0), palette.CARD, 0.4), 1.2)
    pen.line([(0.12, *arc[-1]), (1.88, *arc[-1])], tone("slate", 2), 1.2)


def _lines(pen: Pen) -> None:
    """Two lines of fresh prints."""
    for y in (1.48, 1.74):
        for x in (0.22, 1.78):
            pen.cylinder(x, y, 0.07, 0.025, 0.56, "timber")
        pen.line([(0.22, y, 0.6), (1.0, y, 0.55), (1.78, y, 0.6)], tone("iron", 1), 0.7)
        for i in range(4):
            _sheet(pen, 0.34 + 0.36 * i + (0.12 if y > 1.6 else 0), y, i + (2 if y > 1.6 else 0))


def _sheet(pen: Pen, x: float, y: float, number: int) -> None:
    sway = 0.03 if number % 2 else -0.02
    low = [(x, y + sway, 0.24), (x + 0.22, y + sway, 0.24)]
    pen.cast([(x, y), (x + 0.22, y), (x + 0.22, y + 0.03), (x, y + 0.03)], 0.2, 0.3)
    pen.fill([*low, (x + 0.22, y, 0.575), (x, y, 0.575)], tone("plaster", pen.side("x") * 0.4))
    wall = pen.wall("x", y + sway / 2)
    token = ("cosmos", "panel", "sun", "leaf", "clay", "copper")[number % 6]
    if number % 3 == 0:
        wall.circle(x + 0.11, 0.43, 0.075, wall.tone(token, -0.3))
    elif number % 3 == 1:
        wall.poly([(x + 0.04, 0.3), (x + 0.18, 0.3), (x + 0.11, 0.5)], wall.tone(token, -0.3))
    else:
        wall.rect(x + 0.04, 0.32, x + 0.18, 0.4, wall.tone(token, -0.3))
        wall.rect(x + 0.04, 0.43, x + 0.18, 0.5, wall.tone(token, 0.2))
