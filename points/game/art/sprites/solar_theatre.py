"""The solar theatre: an open-air stage under a shell of panels, steps of seats facing it."""

import itertools
from math import cos, pi, sin

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


@sprite("solar_theatre")
def solar_theatre(pen: Pen) -> None:
    """The shell stands at the back, seats rise at both sides, the floor opens to the front."""
    pen.box(0.06, 0.06, 0, 3.88, 2.88, 0.06, "stone")
    _house(pen)
    _stage(pen)
    _shell(pen)
    _seats(pen)
    _masts(pen)


def _house(pen: Pen) -> None:
    pen.box(0.3, 0.16, 0.06, 3.4, 0.7, 1.3, "brick", edge=0)
    wall = pen.wall("x", 0.86)
    wall.rect(0.5, 0.3, 3.5, 1.3, wall.tone("walnut", 0.5))
    for i in range(11):
        u = 0.5 + 0.28 * i
        wall.rect(u, 0.3, u + 0.14, 1.3, wall.tone("clay", -0.1 if i % 2 else 0.3))
    side = pen.wall("y", 3.7)
    side.arch(0.34, 0.06, 0.66, 0.76, side.tone("walnut"))
    side.arch(0.38, 0.06, 0.62, 0.71, side.tone("timber"))


def _stage(pen: Pen) -> None:
    pen.box(0.5, 0.86, 0.06, 3.0, 0.66, 0.26, "timber")
    for i in range(1, 12):
        x = 0.5 + 3.0 * i / 12
        pen.line([(x, 0.88, 0.32), (x, 1.5, 0.32)], tone("timber", 0.5), 0.6)
    pen.cylinder(1.5, 1.2, 0.32, 0.02, 0.36, "iron")
    pen.dot(1.5, 1.2, 0.72, 1.8, tone("iron", 1))
    pen.box(2.2, 0.98, 0.32, 0.5, 0.26, 0.28, "walnut", top="iron")
    pen.fill(
        [(2.2, 1.24, 0.6), (2.7, 1.24, 0.6), (2.7, 1.34, 0.54), (2.2, 1.34, 0.54)], palette.CARD
    )


def _shell(pen: Pen) -> None:
    """A vault of panels that leans over the stage."""
    n = 10
    rows = [(0.1 + 0.16 * i, 1.5 + 0.66 * sin(pi * (0.12 + 0.62 * i / n))) for i in range(n + 1)]
    rows = [(y, z - 0.0) for y, z in rows]
    for x in (0.36, 3.56):
        pen.cylinder(x, 1.62, 0.06, 0.05, rows[-1][1] - 0.1, "plaster")
    pen.cast([(0.14, 0.1), (3.86, 0.1), (3.86, 1.7), (0.14, 1.7)], 1.5, 0.5)
    for (a, za), (b, zb) in itertools.pairwise(rows):
        pen.face([(3.86, a, za), (3.86, b, zb), (0.14, b, zb), (0.14, a, za)], "panel", shift=-0.1)
    rim = [(3.86, y, z) for y, z in rows]
    pen.fill([*rim, *[(3.86, y, z - 0.08) for y, z in reversed(rows)]], tone("iron", pen.side("y")))
    glint = mixed(tone("panel", 0.4), tone("glass", 0), 0.5)
    for i in range(13):
        x = 0.14 + 3.72 * i / 12
        pen.line([(x, y, z) for y, z in rows], glint, 0.6)
    for y, z in rows[::2]:
        pen.line([(0.14, y, z), (3.86, y, z)], glint, 0.5)
    for x in (0.7, 2.2):
        band = [(x, *rows[1]), (x + 0.5, *rows[1]), (x + 1.0, *rows[-2]), (x + 0.5, *rows[-2])]
        pen.glaze(band, palette.CARD, 34)
    low = rows[-1]
    under = [
        (0.14, *low),
        (3.86, *low),
        (3.86, low[0], low[1] - 0.08),
        (0.14, low[0], low[1] - 0.08),
    ]
    pen.fill(under, tone("iron", pen.side("x")))


def _seats(pen: Pen) -> None:
    """Three low curved rows."""
    for ring, height in ((0.62, 0.14), (0.86, 0.14), (1.1, 0.14)):
        steps = 18
        turns = [pi * (0.08 + 0.84 * i / steps) for i in range(steps + 1)]
        out = [(2.0 + 1.55 * ring * cos(a), 1.62 + 1.08 * ring * sin(a)) for a in turns]
        inner = [
            (2.0 + 1.55 * (ring - 0.11) * cos(a), 1.62 + 1.08 * (ring - 0.11) * sin(a))
            for a in turns
        ]
        pen.cast(out, 0.06, height)
        for (ax, ay), (bx, by) in zip(out[::-1], out[::-1][1:], strict=False):
            pen.fill(
                [(ax, ay, 0.06), (bx, by, 0.06), (bx, by, 0.06 + height), (ax, ay, 0.06 + height)],
                tone("sand", 1.4 if not pen.flip else 1.6),
            )
        top = [(x, y, 0.06 + height) for x, y in [*out, *inner[::-1]]]
        pen.fill(top, tone("sand", 0))
        pen.line(
            [(x, y, 0.06 + height) for x, y in out], mixed(tone("sand", 0), palette.CARD, 0.5), 0.8
        )


def _masts(pen: Pen) -> None:
    for x, y in ((0.3, 2.66), (3.66, 2.66)):
        pen.cylinder(x, y, 0.06, 0.03, 1.3, "iron")
        pen.dot(x, y, 1.42, 4.2, tone("sun", 1))
        pen.dot(x - 0.02, y + 0.02, 1.45, 2.6, tone("sun", 0))
