"""Studio: a hanji lantern, a dyeing rack, clay jars."""

from math import sin

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


@sprite("hanji_lantern")
def hanji_lantern(pen: Pen) -> None:
    """A paper lantern on a bent branch, glowing a little even by day."""
    pen.cylinder(0.5, 0.5, 0, 0.2, 0.1, "stone")
    pen.line([(0.5, 0.5, 0.1), (0.46, 0.54, 1.5), (0.52, 0.48, 1.86)], tone("walnut", 1.2), 2.6)
    pen.line([(0.52, 0.48, 1.86), (0.78, 0.26, 1.9)], tone("walnut", 1.0), 2.2)
    pen.line([(0.78, 0.26, 1.9), (0.78, 0.26, 1.7)], tone("iron", 1.0), 0.9)
    pen.glow(0.78, 0.26, 1.36, 18, palette.PALETTE["sun"][0], 120)
    for z, r, part in ((1.66, 6.2, 0.0), (1.5, 9.0, 0.2), (1.32, 9.6, 0.5), (1.14, 7.6, 0.9)):
        pen.oval(0.78, 0.26, z, r, r * 0.62, mixed(tone("sun", part), palette.CARD, 0.45))
    for z, r in ((1.58, 7.8), (1.42, 9.5), (1.24, 8.8)):
        pen.line([(0.78 - r / 64, 0.26 + r / 64, z), (0.78 + r / 64, 0.26 - r / 64, z)],
                 tone("ginkgo", 1.2), 0.6)  # fmt: skip
    pen.oval(0.78, 0.26, 1.7, 3.4, 1.6, tone("walnut", 1))
    pen.line([(0.78, 0.26, 1.0), (0.78, 0.26, 0.8)], tone("clay", 1), 1.4)


@sprite("dye_rack")
def dye_rack(pen: Pen) -> None:
    """Bamboo poles, and four lengths of cloth dyed with indigo, madder, onion and moss."""
    for x in (0.14, 1.86):
        pen.line([(x, 0.36, 0), (x, 0.5, 1.6)], tone("moss", 1.2), 2.6)
        pen.line([(x, 0.66, 0), (x, 0.5, 1.6)], tone("moss", 0.7), 2.6)
    pen.contact([(0.14, 0.66, 0), (0.22, 0.66, 0)])
    pen.contact([(1.86, 0.66, 0), (1.92, 0.62, 0)])
    pen.cast([(0.2, 0.44), (1.8, 0.44), (1.8, 0.56), (0.2, 0.56)], 0.3, 1.2)
    pen.line([(0.04, 0.5, 1.56), (1.96, 0.5, 1.56)], tone("moss", 0.4), 2.2)
    wall = pen.wall("x", 0.52)
    cloths = (
        (0.26, "panel", 0.34),
        (0.64, "clay", 0.5),
        (1.02, "ginkgo", 0.28),
        (1.4, "moss", 0.44),
    )
    for left, token, low in cloths:
        hem = [(left + 0.34 * i / 6, low + 0.035 * sin(i * 2.1)) for i in range(7)]
        wall.poly([(left, 1.58), *hem, (left + 0.34, 1.58)], wall.tone(token, -0.55))
        wall.poly([(left + 0.2, 1.58), *hem[4:], (left + 0.34, 1.58)], wall.tone(token, -0.1))
        wall.line([(left, 1.2), (left + 0.34, 1.22)], wall.tone(token, -1.0), 1.0)
    pen.cylinder(1.06, 0.84, 0, 0.16, 0.2, "walnut", top="panel")


@sprite("clay_jars")
def clay_jars(pen: Pen) -> None:
    """Three onggi on a stone step: round bellies, flat lids."""
    pen.box(0.08, 0.1, 0, 0.84, 0.8, 0.1, "stone")
    for x, y, r, h in ((0.36, 0.32, 0.25, 0.66), (0.7, 0.4, 0.19, 0.5), (0.44, 0.72, 0.17, 0.4)):
        z = 0.1
        pen.cylinder(x, y, z, r * 0.66, h * 0.34, "walnut", r_top=r)
        pen.cylinder(x, y, z + h * 0.34, r, h * 0.36, "walnut", r_top=r * 0.94)
        pen.cylinder(x, y, z + h * 0.7, r * 0.94, h * 0.2, "walnut", r_top=r * 0.6)
        pen.cylinder(x, y, z + h * 0.9, r * 0.7, h * 0.08, "walnut", top="bark")
        pen.cylinder(x, y, z + h * 0.98, r * 0.22, h * 0.08, "bark")
        px = r * 22
        pen.oval(x - r * 0.5, y + r * 0.5, z + h * 0.56, px * 0.1, px * 0.3,
                 mixed(tone("walnut", 0), palette.CARD, 0.45))  # fmt: skip
