"""Harvest: a persimmon tree, a rice stook, a long table."""

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


@sprite("persimmon_tree")
def persimmon_tree(pen: Pen) -> None:
    """Few leaves left, and fruit like lamps; one is kept for the magpies at the top."""
    pen.line([(0.5, 0.5, 0), (0.46, 0.54, 0.7), (0.52, 0.48, 1.3)], tone("bark", 1.5), 4.2)
    for tip in (
        (0.2, 0.8, 1.6),
        (0.84, 0.16, 1.7),
        (0.52, 0.46, 2.2),
        (0.26, 0.5, 1.9),
        (0.78, 0.5, 1.5),
    ):
        pen.line([(0.5, 0.5, 1.1), tip], tone("bark", 1.3), 2.0)
    puffs = [(0.34, 0.64, 1.6, 10.0), (0.7, 0.34, 1.66, 10.5), (0.5, 0.5, 1.95, 9.5)]
    pen.crown(puffs, "moss", dabs=12, dab=2.0)
    fruit = (
        (0.22, 0.78, 1.5), (0.4, 0.66, 1.38), (0.34, 0.52, 1.92), (0.56, 0.56, 1.62),
        (0.74, 0.4, 1.4), (0.86, 0.2, 1.72), (0.64, 0.3, 2.0), (0.52, 0.46, 2.3), (0.6, 0.5, 1.3),
    )  # fmt: skip
    for x, y, z in fruit:
        pen.dot(x, y, z, 3.3, tone("clay", 0.3))
        pen.oval(
            x - 0.015, y + 0.015, z + 0.03, 1.7, 1.4, mixed(tone("sun", 0.8), tone("clay", 0), 0.35)
        )
    for x, y in ((0.26, 0.84), (0.8, 0.7)):
        pen.dot(x, y, 0.04, 2.4, tone("clay", 0.6))


@sprite("rice_stook")
def rice_stook(pen: Pen) -> None:
    """Sheaves leaning on each other, bound at the neck."""
    for x, y in ((0.34, 0.34), (0.66, 0.32), (0.34, 0.66), (0.68, 0.68)):
        top = (0.5 + (x - 0.5) * 0.2, 0.5 + (y - 0.5) * 0.2)
        pen.cast([(x - 0.1, y - 0.1), (x + 0.1, y - 0.1), (x + 0.1, y + 0.1)], 0, 0.9)
        for n in range(7):
            spread = (n - 3) * 0.035
            foot, head = (x + spread, y - spread, 0.0), (*top, 0.86)
            pen.line([foot, head], tone("sun", 0.9 + 0.18 * (n % 3)), 1.9)
    for n in range(11):
        lean = (n - 5) * 0.06
        pen.line(
            [(0.5, 0.5, 0.84), (0.5 + lean, 0.5 - lean, 1.3 - abs(lean) * 0.8)],
            tone("ginkgo", 0.4 + 0.2 * (n % 4)),
            2.0,
        )
        pen.oval(0.5 + lean, 0.5 - lean, 1.28 - abs(lean) * 0.8, 1.8, 2.4, tone("sun", 0.2))
    pen.line([(0.42, 0.58, 0.84), (0.58, 0.42, 0.84)], tone("bark", 1.0), 2.6)


@sprite("harvest_table")
def harvest_table(pen: Pen) -> None:
    """A long table with a cloth, bowls, persimmons and a jug; cushions beside it."""
    for x in (0.4, 1.0, 1.6):
        pen.cylinder(x, 0.14, 0, 0.12, 0.08, "clay" if x == 1.0 else "panel")
    for x in (0.2, 1.72):
        pen.box(x, 0.34, 0, 0.1, 0.36, 0.36, "walnut", edge=0)
    pen.box(0.1, 0.28, 0.36, 1.8, 0.48, 0.07, "timber")
    cloth = [(0.5, 0.28, 0.435), (1.5, 0.28, 0.435), (1.5, 0.76, 0.435), (0.5, 0.76, 0.435)]
    pen.fill(cloth, palette.CARD)
    pen.fill([(0.5, 0.76, 0.435), (1.5, 0.76, 0.435), (1.5, 0.76, 0.26), (0.5, 0.76, 0.26)],
             mixed(palette.CARD, palette.LINE, 0.5))  # fmt: skip
    pen.line([(0.5, 0.76, 0.31), (1.5, 0.76, 0.31)], tone("leaf", 0.8), 1.4)
    for x, y, token in (
        (0.3, 0.5, "stone"),
        (0.72, 0.42, "copper"),
        (1.3, 0.6, "stone"),
        (1.7, 0.46, "copper"),
    ):
        pen.cylinder(x, y, 0.435, 0.08, 0.08, token, r_top=0.12, top="plaster")
    for x, y in ((0.94, 0.5), (1.04, 0.54), (0.99, 0.46)):
        pen.dot(x, y, 0.5, 2.6, tone("clay", 0.3))
    pen.cylinder(1.42, 0.4, 0.435, 0.08, 0.26, "water", r_top=0.05)
    for x in (0.4, 1.0, 1.6):
        pen.cylinder(x, 0.92, 0, 0.12, 0.08, "panel" if x == 1.0 else "moss")
