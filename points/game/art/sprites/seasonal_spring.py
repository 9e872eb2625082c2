"""Sprout: a young cherry, a seedling tray, paper kites."""

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


@sprite("cherry_sapling")
def cherry_sapling(pen: Pen) -> None:
    """A slender trunk tied to its stake, a small cloud of blossom, petals on the grass."""
    pen.disc(0.5, 0.52, 0.0, 0.3, tone("soil", 0.6), 0.22)
    for x, y in ((0.2, 0.6), (0.76, 0.7), (0.62, 0.84), (0.34, 0.82), (0.86, 0.5)):
        pen.oval(x, y, 0.01, 1.5, 0.9, tone("blossom", 0.5))
    pen.line([(0.62, 0.46, 0), (0.62, 0.46, 1.0)], tone("timber", 1.2), 1.8)
    pen.line([(0.5, 0.52, 0), (0.47, 0.54, 0.7), (0.52, 0.5, 1.3)], tone("bark", 1.4), 2.8)
    pen.line([(0.48, 0.54, 0.62), (0.62, 0.46, 0.66)], palette.CARD, 1.4)
    puffs = [
        (0.5, 0.5, 1.62, 13.0),
        (0.3, 0.62, 1.4, 9.5),
        (0.72, 0.4, 1.44, 9.5),
        (0.54, 0.5, 1.98, 8.5),
    ]
    pen.crown(puffs, "blossom", dabs=22, dab=2.1)
    for x, y, z in ((0.36, 0.6, 1.5), (0.6, 0.44, 1.8), (0.5, 0.58, 1.3)):
        pen.dot(x, y, z, 0.9, tone("cosmos", 1.0))


@sprite("seedling_tray")
def seedling_tray(pen: Pen) -> None:
    """A low bench with three rows of sprouts under a bent hoop, and a can beside it."""
    for x, y in ((0.16, 0.24), (0.16, 0.72), (0.84, 0.24), (0.84, 0.72)):
        pen.line([(x, y, 0), (x, y, 0.32)], tone("walnut", 1.2), 2.0)
    pen.box(0.1, 0.18, 0.32, 0.78, 0.6, 0.16, "timber", top="soil")
    for row, y in enumerate((0.3, 0.48, 0.66)):
        for n in range(4):
            x = 0.2 + n * 0.19
            high = 0.62 + 0.05 * ((row + n) % 3)
            pen.line([(x, y, 0.48), (x, y, high)], tone("leaf", 1.6), 1.2)
            pen.oval(x - 0.03, y, high, 2.0, 1.1, tone("leaf", 0.1))
            pen.oval(x + 0.04, y, high + 0.03, 1.8, 1.0, tone("ginkgo" if n == 2 else "leaf", 0.6))
    pen.cylinder(0.84, 0.9, 0, 0.1, 0.22, "copper")
    pen.line([(0.92, 0.9, 0.08), (1.04, 0.9, 0.26)], tone("copper", 1.2), 1.8)


@sprite("paper_kites")
def paper_kites(pen: Pen) -> None:
    """Two kites on one pole, one square with a round hole, one with a long tail."""
    pen.line([(0.42, 0.6, 0), (0.46, 0.56, 1.1)], tone("timber", 1.3), 2.4)
    pen.contact([(0.36, 0.64, 0), (0.5, 0.56, 0)])
    pen.cast([(0.3, 0.4), (0.6, 0.4), (0.6, 0.7), (0.3, 0.7)], 1.2, 0.9)
    pen.line([(0.46, 0.56, 1.1), (0.24, 0.72, 1.5)], tone("iron", 0.4), 0.6)
    pen.line([(0.46, 0.56, 1.1), (0.76, 0.3, 1.9)], tone("iron", 0.4), 0.6)
    wall = pen.wall("x", 0.7)
    wall.poly([(0.04, 1.36), (0.42, 1.44), (0.4, 2.0), (0.02, 1.92)], wall.tone("plaster", -0.6))
    wall.poly([(0.04, 1.36), (0.42, 1.44), (0.41, 1.62), (0.035, 1.54)], wall.tone("clay", -0.4))
    wall.circle(0.22, 1.72, 0.09, mixed(tone("water", 0), palette.PAPER, 0.5))
    kite = pen.wall("x", 0.3)
    kite.poly([(0.6, 2.0), (0.82, 2.36), (1.02, 2.0), (0.8, 1.62)], kite.tone("sun", -0.4))
    kite.poly([(0.8, 1.62), (0.82, 2.36), (1.02, 2.0)], kite.tone("cosmos", -0.3))
    pen.line([(0.8, 0.3, 1.62), (0.84, 0.34, 1.36), (0.76, 0.3, 1.14)], tone("cosmos", 1), 1.2)
    for z in (1.46, 1.26):
        pen.oval(0.81, 0.32, z, 2.2, 1.2, tone("sun", 0.8))
