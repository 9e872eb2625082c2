"""The bike station: a timber shelter with a curved copper roof over three bicycles."""

from itertools import pairwise
from math import cos, pi, sin

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite

FRAMES = ("clay", "water", "sun", "leaf")


@sprite("bike_station")
def bike_station(pen: Pen) -> None:
    """Back wall, bicycles, posts, roof."""
    pen.box(0.06, 0.1, 0, 1.88, 0.8, 0.06, "stone")
    pen.box(0.14, 0.14, 0.06, 1.72, 0.06, 0.82, "timber", edge=0)
    _slats(pen)
    for i, x in enumerate((0.42, 0.8, 1.18, 1.56)):
        bicycle(pen, x, 0.22, 0.06, FRAMES[i])
    for x in (0.12, 1.82):
        pen.box(x, 0.8, 0.06, 0.06, 0.06, 0.86, "walnut", edge=0)
    _roof(pen)


def _slats(pen: Pen) -> None:
    wall = pen.wall("x", 0.2)
    for i in range(1, 14):
        u = 0.14 + 1.72 * i / 14
        wall.line([(u, 0.08), (u, 0.86)], wall.tone("timber", 0.5), 0.6)


def _roof(pen: Pen) -> None:
    n, r = 12, 0.5
    arc = [(0.47 - r * cos(pi * i / n), 0.84 + 0.3 * sin(pi * i / n)) for i in range(n + 1)]
    pen.cast([(0.02, 0.0), (1.98, 0.0), (1.98, 0.96), (0.02, 0.96)], 0.8, 0.3)
    for (y0, z0), (y1, z1) in pairwise(arc):
        pen.face([(1.98, y0, z0), (1.98, y1, z1), (0.02, y1, z1), (0.02, y0, z0)], "copper")
    pen.fill([(1.98, y, z) for y, z in arc], tone("timber", pen.side("y")))
    seam = mixed(tone("copper", 0.5), tone("copper", 2), 0.3)
    for i in range(9):
        x = 0.02 + 1.96 * i / 8
        pen.line([(x, y, z) for y, z in arc[4:]], seam, 0.6)
    pen.line([(0.02, *arc[-1]), (1.98, *arc[-1])], tone("copper", 1.9), 1.2)
    wall = pen.wall("y", 1.985)
    wall.circle(0.47, 0.96, 0.09, palette.CARD)
    wall.circle(0.47, 0.96, 0.055, wall.tone("leaf"))


def bicycle(pen: Pen, x: float, y: float, z: float, token: str) -> None:
    """A bicycle standing along y from `y`, 0.6 cells long."""
    frame, tyre = tone(token, 1), palette.mixed(palette.INK, palette.CARD, 0.12)
    back, front = (x, y + 0.1, z + 0.12), (x, y + 0.5, z + 0.12)
    for hub in (back, front):
        ring = [
            (x, hub[1] + 0.115 * cos(a), hub[2] + 0.12 * sin(a))
            for a in (2 * pi * i / 20 for i in range(21))
        ]
        pen.line(ring, tyre, 1.0)
    seat, bar, crank = (x, y + 0.2, z + 0.3), (x, y + 0.44, z + 0.32), (x, y + 0.28, z + 0.12)
    pen.line([back, crank, bar, seat, back], frame, 1.1)
    pen.line([crank, seat, (x, y + 0.19, z + 0.35)], frame, 1.1)
    pen.line([front, bar, (x, y + 0.43, z + 0.4)], frame, 1.1)
    pen.line([(x, y + 0.14, z + 0.36), (x, y + 0.24, z + 0.36)], tone("walnut", 2), 1.6)
    pen.line([(x - 0.06, y + 0.43, z + 0.4), (x + 0.06, y + 0.43, z + 0.4)], tone("walnut", 2), 1.2)
