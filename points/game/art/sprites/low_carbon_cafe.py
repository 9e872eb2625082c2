"""
The low-carbon café: a brick pavilion with a striped awning, a terrace under a parasol and a cup on
the roof.
"""

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


@sprite("low_carbon_cafe")
def low_carbon_cafe(pen: Pen) -> None:
    """A flat green roof behind, the terrace in front."""
    pen.box(0.1, 0.12, 0, 1.8, 1.76, 0.1, "sand")
    _boards(pen)
    pen.box(0.2, 0.22, 0.1, 1.2, 1.06, 1.12, "brick", edge=0)
    _shopfront(pen)
    _side(pen)
    pen.box(0.14, 0.16, 1.22, 1.32, 1.18, 0.12, "plaster")
    _roof(pen)
    _awning(pen)
    _terrace(pen)


def _boards(pen: Pen) -> None:
    line = mixed(tone("sand", 0), tone("sand", 1), 0.55)
    for i in range(1, 11):
        y = 0.12 + 1.76 * i / 11
        if y > 1.28:
            pen.line([(0.12, y, 0.1), (1.88, y, 0.1)], line, 0.6)
        else:
            pen.line([(1.42, y, 0.1), (1.88, y, 0.1)], line, 0.6)


def _shopfront(pen: Pen) -> None:
    wall = pen.wall("x", 1.28)
    wall.window(0.32, 0.32, 0.82, 0.86, frame="walnut", bars=2)
    wall.rect(0.96, 0.1, 1.24, 0.9, wall.tone("walnut"))
    wall.rect(1.0, 0.14, 1.2, 0.86, wall.tone("glass", 0.1))
    wall.line([(1.1, 0.14), (1.1, 0.86)], wall.tone("walnut"), 0.8)
    wall.rect(0.26, 0.24, 0.88, 0.29, wall.tone("timber"))
    for u in (0.34, 0.46, 0.6, 0.74):
        pen.oval(u, 1.3, 0.33, 2.6, 2.2, tone("leaf", 1.2))
        pen.dot(u, 1.31, 0.37, 1.0, tone("cosmos", 0))


def _side(pen: Pen) -> None:
    wall = pen.wall("y", 1.4)
    wall.window(0.4, 0.42, 0.68, 0.92, frame="plaster", arch=True)
    wall.window(0.84, 0.42, 1.12, 0.92, frame="plaster", arch=True)
    for v in (0.24, 0.34):
        wall.line([(0.22, v), (1.28, v)], wall.tone("brick", 0.3), 0.5)


def _awning(pen: Pen) -> None:
    high, low, out = 1.14, 0.94, 0.34
    n = 8
    for i in range(n):
        u0, u1 = 0.22 + 1.16 * i / n, 0.22 + 1.16 * (i + 1) / n
        token = "leaf" if i % 2 == 0 else "plaster"
        shade = pen.side("x") * 0.5
        pen.fill(
            [(u0, 1.28, high), (u1, 1.28, high), (u1, 1.28 + out, low), (u0, 1.28 + out, low)],
            tone(token, shade),
        )
        pen.fill(
            [
                (u0, 1.28 + out, low),
                (u1, 1.28 + out, low),
                (u1, 1.28 + out, low - 0.08),
                (u0, 1.28 + out, low - 0.08),
            ],
            tone(token, shade + 0.6),
        )


def _roof(pen: Pen) -> None:
    pen.fill(
        [(0.22, 0.24, 1.34), (1.38, 0.24, 1.34), (1.38, 1.26, 1.34), (0.22, 1.26, 1.34)],
        tone("moss", 0.3),
    )
    for _ in range(34):
        x, y = pen.random.uniform(0.28, 1.32), pen.random.uniform(0.3, 1.2)
        pen.oval(x, y, 1.34, 1.8, 1.1, tone("moss", pen.random.choice((0.0, 0.7, 1.0))))
    _cup(pen, 0.8, 0.72)


def _cup(pen: Pen, x: float, y: float) -> None:
    pen.cylinder(x, y, 1.36, 0.26, 0.05, "stone")
    pen.line(
        [(x + 0.24, y - 0.2, 1.66), (x + 0.4, y - 0.34, 1.62), (x + 0.28, y - 0.24, 1.46)],
        tone("plaster", 1.4),
        2.4,
    )
    pen.cylinder(x, y, 1.41, 0.15, 0.34, "plaster", r_top=0.24)
    pen.disc(x, y, 1.75, 0.19, tone("walnut", 0.6))
    pen.fill(
        [(x - 0.04, y + 0.02, 1.75), (x + 0.1, y - 0.08, 1.75), (x + 0.08, y + 0.08, 1.75)],
        tone("timber", 0),
    )


def _terrace(pen: Pen) -> None:
    pen.cylinder(1.64, 0.62, 0.1, 0.09, 0.06, "iron")
    pen.cylinder(1.64, 0.62, 0.14, 0.02, 0.28, "iron")
    pen.cylinder(1.64, 0.62, 0.42, 0.16, 0.04, "timber")
    for x, y in ((1.62, 1.62),):
        pen.cylinder(x, y, 0.1, 0.12, 0.05, "iron")
        pen.line([(x, y, 0.1), (x, y, 1.14)], tone("walnut", 1), 1.6)
        pen.cylinder(x, y, 0.42, 0.2, 0.04, "timber")
        pen.oval(x + 0.06, y, 0.5, 1.6, 1.8, palette.CARD)
        _parasol(pen, x, y, 1.0)
    for x, y in ((1.3, 1.72), (1.78, 1.3)):
        pen.cylinder(x, y, 0.1, 0.08, 0.2, "clay")


def _parasol(pen: Pen, x: float, y: float, z: float) -> None:
    pen.cylinder(x, y, z, 0.42, 0.24, "sun", r_top=0.0)
    pen.dot(x, y, z + 0.25, 1.6, tone("walnut", 0.5))
