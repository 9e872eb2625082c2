"""The upcycle lab: stacked freight containers, a stair, a crane hook and bales of sorted stuff."""

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite
from points.game.art.sprites.furniture import recycling_sign


@sprite("upcycle_lab")
def upcycle_lab(pen: Pen) -> None:
    """Two containers below, one across them, panels on top."""
    pen.box(0.08, 0.1, 0, 2.84, 1.8, 0.06, "stone")
    _container(pen, 0.16, 0.2, 0.06, 1.72, 0.74, "copper")
    _container(pen, 1.92, 0.2, 0.06, 0.9, 0.74, "sun")
    _container(pen, 0.16, 0.98, 0.06, 1.24, 0.66, "clay")
    _shop(pen)
    _container(pen, 0.5, 0.3, 0.76, 2.16, 0.7, "panel")
    _window_band(pen)
    _roof(pen)
    _crane(pen)
    _bales(pen)


def _container(
    pen: Pen, x: float, y: float, z: float, w: float, d: float, token: str, h: float = 0.7
) -> None:
    """A box with corrugated sides."""
    pen.box(x, y, z, w, d, h, token)
    for along, off, first, last in (("x", y + d, x, x + w), ("y", x + w, y, y + d)):
        wall = pen.wall(along, off)
        ribs = round((last - first) / 0.1)
        for i in range(1, ribs):
            u = first + (last - first) * i / ribs
            wall.line([(u, z + 0.07), (u, z + h - 0.07)], wall.tone(token, 0.45), 0.8)
        for v in (z + 0.03, z + h - 0.03):
            wall.line([(first, v), (last, v)], wall.tone(token, 0.5), 1.2)


def _shop(pen: Pen) -> None:
    wall = pen.wall("x", 1.64)
    wall.rect(0.3, 0.1, 0.62, 0.66, wall.tone("iron"))
    wall.rect(0.33, 0.1, 0.59, 0.63, wall.tone("glass", 0.1))
    wall.window(0.78, 0.3, 1.26, 0.6, frame="plaster", bars=2)
    side = pen.wall("y", 1.4)
    recycling_sign(side, 1.3, 0.42, 0.15)
    door = pen.wall("x", 0.94)
    door.rect(2.1, 0.08, 2.64, 0.66, door.tone("walnut"))
    for i in range(5):
        v = 0.14 + 0.1 * i
        door.line([(2.12, v), (2.62, v)], door.tone("timber"), 1.0)


def _window_band(pen: Pen) -> None:
    wall = pen.wall("x", 1.0)
    wall.window(0.72, 0.96, 1.92, 1.3, frame="plaster", bars=5)
    side = pen.wall("y", 2.66)
    side.window(0.44, 0.96, 0.86, 1.3, frame="plaster", bars=1)


def _roof(pen: Pen) -> None:
    for x in (0.62, 1.3, 1.98):
        a, b = (x, 0.92, 1.5), (x + 0.56, 0.92, 1.5)
        c, d = (x + 0.56, 0.42, 1.78), (x, 0.42, 1.78)
        pen.fill([b, (x + 0.56, 0.42, 1.46), c], tone("iron", pen.side("y")))
        pen.cast([(x, 0.42), (x + 0.56, 0.42), (x + 0.56, 0.92), (x, 0.92)], 1.46, 0.2)
        pen.panels(a, b, c, d, columns=3, rows=2, shade=pen.side("x") * 0.5)
    rail = mixed(tone("iron", 0), palette.CARD, 0.2)
    pen.line([(0.5, 1.0, 1.5), (2.66, 1.0, 1.5), (2.66, 0.3, 1.5)], rail, 0.9)


def _crane(pen: Pen) -> None:
    pen.cylinder(2.76, 1.2, 0.06, 0.05, 1.3, "iron")
    pen.line([(2.76, 1.2, 1.36), (2.2, 1.6, 1.36)], tone("sun", 1.2), 3.0)
    pen.line([(2.76, 1.2, 1.14), (2.5, 1.386, 1.36)], tone("sun", 1.6), 2.0)
    pen.line([(2.2, 1.6, 1.36), (2.2, 1.6, 0.84)], tone("iron", 1.5), 0.8)
    pen.box(2.06, 1.46, 0.56, 0.28, 0.28, 0.24, "timber")


def _bales(pen: Pen) -> None:
    for x, y, token in ((1.6, 1.46, "blossom"), (1.6, 1.7, "glass"), (1.86, 1.7, "moss")):
        pen.box(x, y, 0.06, 0.2, 0.16, 0.2, token)
    pen.box(1.6, 1.46, 0.26, 0.2, 0.16, 0.18, "copper")
    pen.cylinder(2.6, 1.66, 0.06, 0.12, 0.12, "iron", top="walnut")
    pen.cylinder(2.6, 1.66, 0.18, 0.12, 0.12, "iron", top="walnut")
