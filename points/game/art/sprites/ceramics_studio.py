"""
The ceramics studio: a clay-washed workshop with a saw-tooth roof, a bottle kiln and pots drying in
the sun.
"""

from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


@sprite("ceramics_studio")
def ceramics_studio(pen: Pen) -> None:
    """The kiln stands behind the yard, the hall to the left of it."""
    pen.box(0.1, 0.12, 0, 1.8, 1.76, 0.08, "sand")
    _kiln(pen, 1.52, 0.5)
    pen.box(0.18, 0.2, 0.08, 1.04, 1.56, 0.96, "plaster", edge=0)
    _walls(pen)
    for i in range(3):
        _tooth(pen, 0.2 + i * 0.52)
    _yard(pen)


def _kiln(pen: Pen, x: float, y: float) -> None:
    pen.cylinder(x, y, 0.08, 0.34, 0.7, "brick")
    pen.cylinder(x, y, 0.78, 0.34, 0.62, "brick", r_top=0.15)
    pen.cylinder(x, y, 1.4, 0.15, 0.34, "brick", r_top=0.12)
    pen.cylinder(x, y, 1.74, 0.15, 0.07, "stone")
    pen.disc(x, y, 1.81, 0.09, tone("walnut", 2))
    wall = pen.wall("x", y + 0.345)
    wall.arch(x - 0.14, 0.08, x + 0.1, 0.5, wall.tone("walnut", 1))
    wall.arch(x - 0.1, 0.08, x + 0.06, 0.42, tone("sun", 1))
    wall.arch(x - 0.07, 0.08, x + 0.03, 0.3, tone("clay", 0))


def _walls(pen: Pen) -> None:
    wall = pen.wall("x", 1.76)
    wall.rect(0.18, 0.08, 1.22, 0.24, wall.tone("clay"))
    wall.rect(0.3, 0.08, 0.66, 0.8, wall.tone("walnut"))
    wall.rect(0.33, 0.08, 0.475, 0.77, wall.tone("copper"))
    wall.rect(0.485, 0.08, 0.63, 0.77, wall.tone("copper", 0.15))
    wall.window(0.78, 0.4, 1.1, 0.8, bars=2)
    side = pen.wall("y", 1.22)
    side.rect(0.2, 0.08, 1.76, 0.24, side.tone("clay"))
    for u in (0.92, 1.34):
        side.window(u, 0.4, u + 0.26, 0.84, bars=1)


def _tooth(pen: Pen, y: float) -> None:
    x0, x1, z, rise, d = 0.12, 1.28, 1.04, 0.44, 0.52
    low, top = y + d, y
    pen.cast([(x0, y), (x1, y), (x1, low), (x0, low)], z, rise * 0.6)
    pen.fill([(x1, low, z), (x1, top, z), (x1, top, z + rise)], tone("plaster", pen.side("y")))
    pen.fill(
        [(x0, top, z + rise), (x1, top, z + rise), (x1, low + 0.03, z), (x0, low + 0.03, z)],
        tone("clay", pen.side("x") * 0.55),
    )
    pen.fill(
        [
            (x0 + 0.1, top + 0.1, z + rise * 0.83),
            (x1 - 0.1, top + 0.1, z + rise * 0.83),
            (x1 - 0.1, low - 0.14, z + 0.13),
            (x0 + 0.1, low - 0.14, z + 0.13),
        ],
        tone("glass", 0.5),
    )
    for i in range(1, 6):
        x = x0 + 0.1 + (x1 - x0 - 0.2) * i / 6
        pen.line(
            [(x, top + 0.1, z + rise * 0.83), (x, low - 0.14, z + 0.13)], tone("clay", 0.8), 0.7
        )
    pen.line(
        [(x0, top, z + rise), (x1, top, z + rise), (x1, low, z)],
        mixed(tone("clay", 0), (255, 253, 247), 0.3),
        1.1,
    )


def _yard(pen: Pen) -> None:
    pen.box(1.4, 1.06, 0.08, 0.42, 0.14, 0.22, "timber")
    pot(pen, 1.5, 1.12, 0.3, 0.07, "copper")
    pot(pen, 1.7, 1.14, 0.3, 0.06, "water")
    pot(pen, 1.46, 1.56, 0.08, 0.13, "clay")
    pot(pen, 1.72, 1.66, 0.08, 0.1, "plaster")
    pot(pen, 1.74, 1.4, 0.08, 0.08, "water")


def pot(pen: Pen, x: float, y: float, z: float, r: float, token: str) -> None:
    """A thrown pot with a foot, a belly and a lip."""
    pen.cylinder(x, y, z, r * 0.6, r * 1.1, token, r_top=r)
    pen.cylinder(x, y, z + r * 1.1, r, r * 0.9, token, r_top=r * 0.55)
    pen.cylinder(x, y, z + r * 2.0, r * 0.55, r * 0.4, token, r_top=r * 0.7)
    pen.disc(x, y, z + r * 2.4, r * 0.5, tone("walnut", 1.6))
