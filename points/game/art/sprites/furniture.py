"""Street furniture: bench, lantern, sorting station, bicycle rack, mural, solar canopy."""

from math import cos, pi, sin

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite
from points.game.art.sprites.bike_station import bicycle
from points.game.art.walls import Wall


@sprite("bench")
def bench(pen: Pen) -> None:
    """Slatted timber on iron legs; seen from behind, the backrest is in front."""
    if pen.back:
        _seat(pen, 0.36)
        _backrest(pen, 0.66)
    else:
        _backrest(pen, 0.3)
        _seat(pen, 0.36)


def _seat(pen: Pen, y: float) -> None:
    for x in (0.14, 0.78):
        pen.box(x, y, 0, 0.07, 0.3, 0.24, "iron", edge=0)
    for i in range(3):
        pen.box(0.06, y + 0.105 * i, 0.24, 0.88, 0.085, 0.05, "timber")


def _backrest(pen: Pen, y: float) -> None:
    for x in (0.16, 0.8):
        pen.line([(x, y + 0.04, 0), (x, y, 0.6)], tone("iron", 1), 2.0)
    for z in (0.36, 0.5):
        pen.box(0.06, y, z, 0.88, 0.05, 0.09, "timber")


@sprite("solar_lantern")
def solar_lantern(pen: Pen) -> None:
    """A slender post, a paper lantern, a small panel that drinks the sun."""
    pen.cylinder(0.5, 0.5, 0, 0.13, 0.08, "stone")
    pen.cylinder(0.5, 0.5, 0.08, 0.035, 1.66, "iron")
    arm = [(0.5, 0.5, 1.5), (0.6, 0.4, 1.56), (0.68, 0.32, 1.5)]
    pen.line(arm, tone("iron", 1), 1.8)
    pen.glow(0.68, 0.32, 1.24, 13, palette.PALETTE["sun"][0], 130)
    pen.oval(0.68, 0.32, 1.24, 5.6, 6.8, tone("sun", 1))
    pen.oval(0.665, 0.335, 1.28, 3.9, 5.0, tone("sun", 0))
    for z, wide in ((1.41, 3.2), (1.07, 3.2)):
        x0, x1 = 0.68 - wide / 64, 0.68 + wide / 64
        pen.line([(x0, 1 - x0, z), (x1, 1 - x1, z)], tone("walnut", 1.6), 1.7)
    a, b, c, d = (0.3, 0.72, 1.68), (0.76, 0.72, 1.68), (0.76, 0.34, 1.94), (0.3, 0.34, 1.94)
    pen.cast([(0.3, 0.34), (0.76, 0.34), (0.76, 0.72), (0.3, 0.72)], 1.7, 0.1)
    pen.fill([(x, y, z - 0.05) for x, y, z in (a, b, c, d)], tone("iron", 1.5))
    pen.panels(a, b, c, d, columns=3, rows=2, shade=pen.side("x") * 0.5)


def recycling_sign(wall: Wall, u: float, v: float, r: float) -> None:
    """Three arrows chasing one another."""
    for i in range(3):
        a = pi / 2 + i * 2 * pi / 3
        turn = [(u + r * cos(a + t) / 1.13, v + r * sin(a + t)) for t in (0.25, 0.9, 1.55)]
        wall.line(turn, wall.tone("plaster", -0.9), 2.0)
        wall.line(turn, wall.tone("leaf"), 1.4)


@sprite("sorting_station")
def sorting_station(pen: Pen) -> None:
    """Four bins by colour under a small timber roof."""
    pen.box(0.06, 0.14, 0, 0.88, 0.06, 1.0, "timber", edge=0)
    sign = pen.wall("x", 0.2)
    sign.rect(0.3, 0.66, 0.7, 0.9, sign.tone("plaster"))
    recycling_sign(sign, 0.5, 0.78, 0.1)
    for i, token in enumerate(("leaf", "water", "sun", "clay")):
        x = 0.07 + 0.22 * i
        pen.box(x, 0.3, 0, 0.19, 0.32, 0.46, token, edge=0)
        pen.box(x - 0.01, 0.29, 0.46, 0.21, 0.34, 0.07, token)
        front = pen.wall("x", 0.62)
        front.rect(x + 0.04, 0.3, x + 0.15, 0.36, front.tone(token, 0.9))
        pen.disc(x + 0.095, 0.46, 0.535, 0.06, mixed(tone(token, 2), palette.INK, 0.4))
    pen.box(0.0, 0.06, 1.0, 1.0, 0.66, 0.06, "walnut", top="copper")


@sprite("bike_rack")
def bike_rack(pen: Pen) -> None:
    """Steel hoops, two bicycles leaning in them."""
    pen.box(0.1, 0.16, 0, 1.8, 0.68, 0.03, "stone", edge=0)
    for i in range(5):
        x = 0.3 + 0.35 * i
        hoop = [
            (x, 0.5 + 0.22 * cos(a), 0.03 + 0.4 * sin(a)) for a in (pi * j / 14 for j in range(15))
        ]
        pen.cast([(x, 0.28), (x + 0.03, 0.28), (x + 0.03, 0.72), (x, 0.72)], 0, 0.4)
        pen.line(hoop, tone("iron", 1.4), 2.4)
        pen.line([(a - 0.015, b, c + 0.01) for a, b, c in hoop], tone("iron", 0), 0.9)
        if i in (1, 3):
            pen.cast([(x, 0.24), (x + 0.08, 0.24), (x + 0.08, 0.84), (x, 0.84)], 0, 0.36)
            bicycle(pen, x + 0.08, 0.22, 0.03, "clay" if i == 1 else "water")


@sprite("mural_wall")
def mural_wall(pen: Pen) -> None:
    """A long wall painted by the students: sun, hills, lake."""
    pen.box(0.08, 0.36, 0, 1.84, 0.2, 1.06, "plaster")
    wall = pen.wall("x", 0.56)
    wall.rect(0.14, 0.08, 1.86, 1.0, wall.tone("water", -0.9))
    wall.circle(1.36, 0.7, 0.2, wall.tone("sun", -0.1))
    for i in range(9):
        a = pi * i / 8
        ray = (1.36 + 0.33 * cos(a) / 1.13, 0.7 + 0.33 * sin(a))
        inner = (1.36 + 0.25 * cos(a) / 1.13, 0.7 + 0.25 * sin(a))
        if ray[1] < 0.99:
            wall.line([inner, ray], wall.tone("sun"), 1.6)
    far = [(0.14 + 1.72 * i / 20, 0.46 + 0.14 * sin(i * 0.62)) for i in range(21)]
    wall.poly([(0.14, 0.08), *far, (1.86, 0.08)], wall.tone("copper"))
    near = [(0.14 + 1.72 * i / 20, 0.3 + 0.1 * sin(i * 0.5 + 2)) for i in range(21)]
    wall.poly([(0.14, 0.08), *near, (1.86, 0.08)], wall.tone("leaf", -0.2))
    wall.poly([(0.5, 0.08), (0.62, 0.2), (1.2, 0.22), (1.46, 0.08)], wall.tone("panel", -0.7))
    for u, v in ((0.34, 0.34), (0.46, 0.38), (0.3, 0.46)):
        wall.circle(u, v, 0.08, wall.tone("ginkgo"))
    wall.line([(0.37, 0.16), (0.37, 0.4)], wall.tone("bark", 0.5), 2.0)
    wall.circle(0.76, 0.62, 0.06, wall.tone("blossom", -0.6))
    wall.circle(0.9, 0.7, 0.045, wall.tone("blossom", -0.6))
    pen.box(0.02, 0.3, 1.06, 1.96, 0.32, 0.07, "slate")
    for x, token in ((0.26, "clay"), (1.7, "sun")):
        pen.cylinder(x, 0.72, 0, 0.06, 0.12, "iron")
        pen.disc(x, 0.72, 0.12, 0.045, tone(token, 0.5))


@sprite("pv_canopy")
def pv_canopy(pen: Pen) -> None:
    """Two tilted fields of panels over a bench in their shade."""
    pen.box(0.2, 0.9, 0.0, 1.5, 0.1, 0.04, "stone", edge=0)
    for x in (0.24, 1.7):
        pen.box(x, 0.2, 0, 0.08, 0.08, 1.36, "timber", edge=0)
    pen.box(0.5, 0.66, 0, 0.1, 0.3, 0.22, "walnut", edge=0)
    pen.box(1.3, 0.66, 0, 0.1, 0.3, 0.22, "walnut", edge=0)
    pen.box(0.4, 0.62, 0.22, 1.1, 0.36, 0.06, "timber")
    for x in (0.24, 1.7):
        pen.box(x, 1.72, 0, 0.08, 0.08, 0.86, "timber", edge=0)
    pen.line([(0.28, 0.24, 1.34), (0.28, 1.78, 0.86)], tone("walnut", 1.4), 2.4)
    pen.line([(1.74, 0.24, 1.34), (1.74, 1.78, 0.86)], tone("walnut", 1.8), 2.4)
    a, b, c, d = (0.06, 1.9, 0.84), (1.94, 1.9, 0.84), (1.94, 0.08, 1.46), (0.06, 0.08, 1.46)
    pen.cast([(0.06, 0.08), (1.94, 0.08), (1.94, 1.9), (0.06, 1.9)], 0.9, 0.4)
    under = [(x, y, z - 0.07) for x, y, z in (a, b, c, d)]
    pen.fill([under[0], under[1], b, a], tone("iron", pen.side("x")))
    pen.fill([under[1], under[2], c, b], tone("iron", pen.side("y")))
    pen.panels(a, b, c, d, columns=6, rows=4, shade=pen.side("x") * 0.45)
    pen.line([a, b, c], mixed(tone("iron", 0), palette.CARD, 0.4), 1.1)
