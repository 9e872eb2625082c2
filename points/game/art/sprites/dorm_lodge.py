"""The dorm lodge: two plastered floors under a slate roof, with dormers, a lit porch and ivy."""

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


@sprite("dorm_lodge")
def dorm_lodge(pen: Pen) -> None:
    """Windows to both fronts; the door under the gable."""
    pen.box(0.14, 0.2, 0, 1.7, 1.6, 0.16, "stone")
    pen.box(0.18, 0.24, 0.16, 1.62, 1.52, 1.5, "plaster", edge=0)
    _front(pen)
    _gable_side(pen)
    pen.box(0.5, 0.5, 2.0, 0.24, 0.24, 0.72, "brick")
    pen.gable(0.18, 0.24, 1.66, 1.62, 1.52, 0.86, "slate", "plaster", over=0.13)
    _roof(pen)


def _front(pen: Pen) -> None:
    wall = pen.wall("x", 1.76)
    wall.rect(0.18, 0.16, 1.8, 0.3, wall.tone("brick"))
    for u in (0.36, 0.74, 1.12, 1.5):
        wall.window(u, 1.06, u + 0.2, 1.46)
        wall.sill(u - 0.03, u + 0.23, 1.03, "timber")
    for u in (0.36, 1.12, 1.5):
        wall.window(u, 0.42, u + 0.2, 0.82)
        wall.sill(u - 0.03, u + 0.23, 0.39, "timber")
    wall.arch(0.68, 0.16, 0.98, 0.84, wall.tone("walnut"))
    wall.arch(0.72, 0.16, 0.94, 0.79, wall.tone("timber", -0.4))
    wall.circle(0.9, 0.42, 0.022, palette.INK)
    pen.box(0.62, 1.76, 0, 0.42, 0.16, 0.08, "stone")
    pen.dot(0.6, 1.8, 0.72, 2.2, tone("sun", 0))
    wall.line([(0.18, 0.92), (1.8, 0.92)], wall.tone("sand", 0.2), 1.4)


def _gable_side(pen: Pen) -> None:
    wall = pen.wall("y", 1.8)
    wall.rect(0.24, 0.16, 1.76, 0.3, wall.tone("brick"))
    wall.line([(0.24, 0.92), (1.76, 0.92)], wall.tone("sand", 0.2), 1.4)
    for u in (0.42, 0.86, 1.3):
        wall.window(u, 1.06, u + 0.26, 1.46)
        wall.window(u, 0.42, u + 0.26, 0.82)
    for u, v in ((1.66, 0.3), (1.68, 0.5), (1.62, 0.72), (1.7, 0.86), (1.66, 1.1)):
        pen.oval(1.81, u, v, 3.6, 3.0, tone("leaf", 1.5))
        pen.oval(1.81, u + 0.03, v + 0.05, 2.2, 1.8, tone("leaf", 0.7))


def _roof(pen: Pen) -> None:
    wall = pen.wall("y", 1.83)
    wall.circle(1.0, 1.98, 0.15, wall.tone("plaster", -0.5))
    wall.circle(1.0, 1.98, 0.115, wall.tone("glass", 0.3))
    line = mixed(tone("slate", pen.side("x") * 0.62), tone("slate", 2), 0.35)
    low, high = 1.66 - 0.13 * 0.86 / 0.76, 2.52
    eaves = ((0.05, 1.89, low), (1.93, 1.89, low))
    ridge = ((0.05, 1.0, high), (1.93, 1.0, high))
    pen.slabs(eaves, ridge, 6, line)
    for x in (0.5, 1.2):
        _dormer(pen, x)


def _dormer(pen: Pen, x: float) -> None:
    pen.box(x, 1.3, 1.86, 0.34, 0.26, 0.34, "plaster", edge=0)
    wall = pen.wall("x", 1.56)
    wall.window(x + 0.07, 1.92, x + 0.27, 2.14)
    pen.gable(x, 1.22, 2.2, 0.34, 0.34, 0.2, "slate", "plaster", along="y", over=0.05)
