"""The sculpture hall: a white cube with a tall glass front, a red stair, a stone in the making."""

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite
from points.game.art.sprites.stones import boulder


@sprite("sculpture_hall")
def sculpture_hall(pen: Pen) -> None:
    """A high hall behind, a low wing to the right, the yard in front."""
    pen.box(0.08, 0.1, 0, 2.84, 1.8, 0.06, "stone")
    pen.box(0.16, 0.18, 0.06, 1.5, 1.2, 1.7, "plaster")
    _glass(pen)
    _roof_lights(pen)
    pen.box(1.66, 0.26, 0.06, 1.16, 1.0, 0.9, "brick", top="stone")
    _wing(pen)
    _figure(pen, 2.24, 0.7)
    _stair(pen)
    boulder(pen, 0.46, 1.64, 0.06, 0.17, 0.34)
    boulder(pen, 2.06, 1.6, 0.06, 0.22, 0.56)
    pen.box(2.42, 1.48, 0.06, 0.26, 0.26, 0.28, "timber")
    pen.ball(2.55, 1.61, 0.5, 0.16, "copper")


def _glass(pen: Pen) -> None:
    wall = pen.wall("x", 1.38)
    wall.rect(0.26, 0.1, 1.12, 1.58, wall.tone("iron", 0.2))
    for i in range(4):
        for j in range(3):
            u, v = 0.28 + 0.21 * i, 0.12 + 0.485 * j
            shade = 0.35 if (i + j) % 3 else -0.2
            wall.rect(u, v, u + 0.19, v + 0.465, wall.tone("glass", shade))
    wall.poly([(0.3, 0.12), (0.5, 0.12), (1.08, 1.5), (0.9, 1.5)], wall.tone("glass", -0.55))
    wall.rect(1.26, 0.06, 1.52, 0.72, wall.tone("clay"))
    wall.circle(1.31, 0.38, 0.02, palette.INK)
    side = pen.wall("y", 1.66)
    side.rect(0.4, 1.08, 1.2, 1.5, side.tone("iron", 0.1))
    for i in range(4):
        side.rect(0.42 + 0.195 * i, 1.1, 0.595 + 0.195 * i, 1.48, side.tone("glass", 0.1))


def _roof_lights(pen: Pen) -> None:
    for x in (0.3, 0.78, 1.26):
        _tooth(pen, x)


def _tooth(pen: Pen, x: float) -> None:
    low, high = 1.76, 2.04
    back, front = 0.3, 1.26
    pen.cast([(x, back), (x + 0.34, back), (x + 0.34, front), (x, front)], low, 0.2)
    pen.fill(
        [(x, front, low), (x + 0.34, front, low), (x, front, high)], tone("plaster", pen.side("x"))
    )
    pen.fill(
        [(x, back, high), (x + 0.34, back, low), (x + 0.34, front, low), (x, front, high)],
        tone("glass", pen.side("y") * 0.55),
    )
    pen.line(
        [(x, back, high), (x, front, high), (x + 0.34, front, low)],
        mixed(tone("plaster", 0), palette.CARD, 0.4),
        1.0,
    )


def _wing(pen: Pen) -> None:
    wall = pen.wall("x", 1.26)
    for u in (1.78, 2.14, 2.5):
        wall.window(u, 0.3, u + 0.22, 0.74, arch=True)
    side = pen.wall("y", 2.82)
    side.window(0.5, 0.3, 0.98, 0.74, bars=2)
    pen.line([(1.66, 1.26, 0.96), (2.82, 1.26, 0.96), (2.82, 0.26, 0.96)], tone("plaster", 0), 2.0)


def _figure(pen: Pen, x: float, y: float) -> None:
    """A bronze bird on the roof of the wing."""
    pen.box(x - 0.16, y - 0.16, 0.96, 0.32, 0.32, 0.1, "plaster")
    pen.cylinder(x, y, 1.06, 0.03, 0.3, "copper")
    body, wing = tone("copper", 1.4), tone("copper", 0.4)
    pen.fill([(x - 0.2, y + 0.2, 1.5), (x, y, 1.3), (x + 0.26, y - 0.26, 1.42), (x, y, 1.44)], body)
    pen.fill([(x - 0.02, y + 0.02, 1.42), (x - 0.2, y + 0.2, 1.92), (x + 0.1, y - 0.1, 1.42)], wing)
    pen.fill(
        [(x + 0.02, y - 0.02, 1.42), (x + 0.26, y - 0.26, 1.86), (x + 0.14, y - 0.14, 1.4)], body
    )


def _stair(pen: Pen) -> None:
    for i in range(3):
        pen.box(1.2, 1.38 + 0.12 * i, 0.06, 0.38, 0.14, 0.16 - 0.05 * i, "clay")
