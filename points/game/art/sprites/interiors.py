"""What stands in a room: easel, lamp, table, rug, shelf, posters, stool, kiln, loom, spotlight."""

from math import cos, pi, sin

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


@sprite("easel")
def easel(pen: Pen) -> None:
    """Three legs, a canvas with a lake on it, a palette on the ledge."""
    pen.line([(0.5, 0.22, 0), (0.5, 0.5, 1.3)], tone("timber", 1.6), 2.2)
    for x in (0.2, 0.8):
        pen.line([(x, 0.74, 0), (0.5, 0.5, 1.36)], tone("timber", 1), 2.4)
    pen.cast([(0.16, 0.56), (0.84, 0.56), (0.84, 0.62), (0.16, 0.62)], 0, 1.1)
    wall = pen.wall("x", 0.62)
    wall.rect(0.14, 0.42, 0.86, 1.12, wall.tone("plaster", -0.2))
    wall.rect(0.18, 0.46, 0.82, 1.08, wall.tone("water", -0.8))
    wall.circle(0.64, 0.92, 0.08, wall.tone("sun", -0.3))
    hills = [(0.18, 0.46), (0.18, 0.7), (0.36, 0.84), (0.54, 0.68), (0.7, 0.78), (0.82, 0.66)]
    wall.poly([*hills, (0.82, 0.46)], wall.tone("leaf", -0.2))
    wall.rect(0.18, 0.46, 0.82, 0.56, wall.tone("panel", -0.7))
    pen.box(0.12, 0.6, 0.38, 0.76, 0.08, 0.04, "walnut")
    pen.oval(0.3, 0.68, 0.44, 4.0, 2.0, tone("timber", 0))
    for x, token in ((0.26, "clay"), (0.3, "sun"), (0.34, "panel")):
        pen.dot(x, 0.68, 0.45, 0.9, tone(token, 0.6))


@sprite("led_lamp")
def led_lamp(pen: Pen) -> None:
    """A jointed arm with a warm head."""
    pen.cylinder(0.46, 0.54, 0, 0.2, 0.06, "iron")
    pen.line([(0.46, 0.54, 0.06), (0.34, 0.66, 0.72)], tone("iron", 1), 2.0)
    pen.line([(0.34, 0.66, 0.72), (0.6, 0.4, 1.16)], tone("iron", 0.6), 2.0)
    pen.dot(0.34, 0.66, 0.72, 2.0, tone("copper", 0.5))
    pen.glow(0.72, 0.28, 0.86, 15, palette.PALETTE["sun"][0], 150)
    pen.cylinder(0.7, 0.3, 0.98, 0.18, 0.2, "sun", r_top=0.07)
    pen.disc(0.7, 0.3, 0.98, 0.15, mixed(tone("sun", 0), palette.CARD, 0.6))


@sprite("work_table")
def work_table(pen: Pen) -> None:
    """Trestles, a thick top, brushes, a ruler, a cup."""
    for x in (0.24, 1.56):
        for y in (0.24, 0.68):
            pen.box(x, y, 0, 0.1, 0.1, 0.54, "walnut", edge=0)
    pen.box(0.1, 0.16, 0.54, 1.8, 0.7, 0.08, "timber")
    sheet = [(0.6, 0.3, 0.62), (1.14, 0.3, 0.62), (1.14, 0.7, 0.62), (0.6, 0.7, 0.62)]
    pen.fill(sheet, palette.CARD)
    pen.line([(0.68, 0.6, 0.63), (0.86, 0.4, 0.63), (1.04, 0.56, 0.63)], tone("panel", 0.6), 1.0)
    pen.line([(1.2, 0.74, 0.63), (1.7, 0.74, 0.63)], tone("sun", 1), 2.0)
    pen.cylinder(1.56, 0.36, 0.62, 0.09, 0.2, "copper")
    for dx, token in ((-0.04, "clay"), (0.0, "panel"), (0.04, "leaf")):
        pen.line([(1.56, 0.36, 0.8), (1.56 + dx, 0.36 - dx, 1.06)], tone(token, 0.8), 1.2)
    pen.box(0.24, 0.32, 0.62, 0.22, 0.3, 0.06, "clay")
    pen.box(0.25, 0.34, 0.68, 0.2, 0.28, 0.05, "moss")


@sprite("woven_rug")
def woven_rug(pen: Pen) -> None:
    """Bands and diamonds with a fringe."""
    pen.fill([(0.14, 0.2, 0), (1.86, 0.2, 0), (1.86, 1.8, 0), (0.14, 1.8, 0)], tone("clay", 0.5))
    for i in range(17):
        y = 0.24 + 1.52 * i / 16
        for x, side in ((0.14, -0.08), (1.86, 0.08)):
            pen.line([(x, y, 0), (x + side, y, 0)], tone("plaster", 1), 0.9)
    edges = ((0.24, "sand"), (0.36, "panel"), (0.48, "sand"))
    for x, token in (*edges, *((x + 1.2, token) for x, token in edges)):
        stripe = [(x, 0.24, 0), (x + 0.07, 0.24, 0), (x + 0.07, 1.76, 0), (x, 1.76, 0)]
        pen.fill(stripe, tone(token, 0.3))
    for i in range(3):
        y = 0.5 + 0.5 * i
        for r, token in ((0.25, "plaster"), (0.17, "panel"), (0.08, "sun")):
            pen.fill([(1 - r, y, 0), (1, y - r, 0), (1 + r, y, 0), (1, y + r, 0)], tone(token, 0.4))


@sprite("bookshelf")
def bookshelf(pen: Pen) -> None:
    """Three boards of books with a plant on top."""
    pen.box(0.1, 0.3, 0, 1.8, 0.42, 1.5, "timber")
    wall = pen.wall("x", 0.72)
    tokens = ("clay", "panel", "moss", "sun", "cosmos", "copper", "plaster", "leaf")
    for row in range(3):
        low = 0.1 + 0.47 * row
        wall.rect(0.18, low, 1.82, low + 0.4, wall.tone("walnut", 0.6))
        u = 0.2
        while u < 1.72:
            wide = pen.random.uniform(0.05, 0.11)
            high = pen.random.uniform(0.24, 0.37)
            if pen.random.random() > 0.1:
                shade = pen.random.uniform(-0.3, 0.4)
                wall.rect(u, low, u + wide, low + high, wall.tone(pen.random.choice(tokens), shade))
            u += wide + 0.012
    pen.cylinder(1.5, 0.5, 1.5, 0.12, 0.16, "clay")
    pen.crown([(1.5, 0.5, 1.82, 7.0), (1.4, 0.6, 1.74, 4.6)], "leaf", dabs=8, dab=1.3)


@sprite("poster_wall")
def poster_wall(pen: Pen) -> None:
    """Three posters on the back wall."""
    wall = pen.wall("x", 0.04)
    for u, v, wide, high, token in (
        (0.12, 0.62, 0.5, 0.7, "sun"),
        (0.72, 0.5, 0.56, 0.84, "panel"),
        (1.38, 0.66, 0.46, 0.64, "cosmos"),
    ):  # fmt: skip
        wall.rect(u - 0.02, v - 0.02, u + wide + 0.02, v + high + 0.02, wall.tone("plaster", -0.9))
        wall.rect(u, v, u + wide, v + high, wall.tone(token, -0.6))
    wall.circle(0.37, 1.06, 0.15, wall.tone("clay", -0.4))
    wall.poly([(0.78, 0.56), (1.22, 0.56), (1.0, 1.14)], wall.tone("sun", -0.9))
    wall.circle(1.0, 1.18, 0.09, wall.tone("plaster", -1))
    for i in range(4):
        v = 0.76 + 0.13 * i
        wall.line([(1.46, v), (1.76, v)], wall.tone("plaster", -1), 2.2)
    for u in (0.37, 1.0, 1.61):
        wall.circle(u, 1.36, 0.02, wall.tone("iron"))


@sprite("reclaimed_stool")
def reclaimed_stool(pen: Pen) -> None:
    """A spool of cable, turned into a seat."""
    pen.cylinder(0.5, 0.5, 0, 0.3, 0.08, "timber")
    pen.cylinder(0.5, 0.5, 0.08, 0.16, 0.36, "clay")
    for z in (0.16, 0.26, 0.36):
        pen.cylinder(0.5, 0.5, z, 0.165, 0.03, "sun")
    pen.cylinder(0.5, 0.5, 0.44, 0.32, 0.08, "timber")
    pen.disc(0.5, 0.5, 0.52, 0.22, tone("panel", 0.4))
    pen.disc(0.5, 0.5, 0.525, 0.12, tone("glass", 0.3))


@sprite("kiln")
def kiln(pen: Pen) -> None:
    """A round electric kiln, its lid ajar, glowing."""
    pen.cylinder(0.9, 0.9, 0, 0.66, 0.1, "iron")
    pen.cylinder(0.9, 0.9, 0.1, 0.62, 0.96, "slate")
    for z in (0.34, 0.7):
        pen.cylinder(0.9, 0.9, z, 0.63, 0.05, "iron")
    pen.disc(0.9, 0.9, 1.06, 0.56, tone("brick", 0.4))
    pen.disc(0.9, 0.9, 1.06, 0.46, tone("clay", 0.6))
    pen.glow(0.9, 0.9, 1.16, 20, palette.PALETTE["sun"][1], 150)
    pen.disc(0.9, 0.9, 1.06, 0.34, tone("sun", 0.6))
    pen.line([(0.5, 0.5, 1.06), (0.42, 0.42, 1.5)], tone("iron", 1), 2.4)
    turns = [2 * pi * i / 30 for i in range(31)]
    lid = [(0.9 + 0.6 * cos(a), 0.4 + 0.1 * sin(a), 1.52 + 0.42 * sin(a)) for a in turns]
    pen.fill([(x, y - 0.05, z) for x, y, z in lid], tone("slate", 1.4))
    pen.fill(lid, tone("brick", 0.2))
    pen.box(1.56, 1.2, 0, 0.3, 0.44, 0.7, "copper")
    panel = pen.wall("x", 1.64)
    panel.rect(1.6, 0.42, 1.82, 0.6, panel.tone("iron", 0.4))
    panel.circle(1.71, 0.26, 0.06, panel.tone("sun"))


@sprite("loom")
def loom(pen: Pen) -> None:
    """A frame with warp threads and a cloth that grows."""
    for x in (0.14, 1.78):
        pen.box(x, 0.2, 0, 0.09, 0.09, 1.3, "timber", edge=0)
    pen.box(0.1, 0.2, 1.24, 1.8, 0.09, 0.1, "timber")
    for i in range(26):
        x = 0.28 + 1.44 * i / 25
        pen.line([(x, 0.28, 1.24), (x, 0.66, 0.5)], tone("plaster", 0.5), 0.7)
    cloth = [(0.26, 0.5, 0.82), (1.74, 0.5, 0.82), (1.74, 0.72, 0.4), (0.26, 0.72, 0.4)]
    pen.fill(cloth, tone("cosmos", 0.7))
    for t, token in ((0.12, "sun"), (0.36, "panel"), (0.6, "plaster"), (0.8, "leaf")):
        y, z = 0.5 + 0.22 * t, 0.82 - 0.42 * t
        pen.line([(0.26, y, z), (1.74, y, z)], tone(token, 0.4), 2.4)
    for x in (0.14, 1.78):
        pen.box(x, 0.66, 0, 0.09, 0.09, 0.46, "timber", edge=0)
    pen.box(0.1, 0.66, 0.36, 1.8, 0.1, 0.1, "walnut")
    pen.box(0.5, 0.82, 0.0, 1.0, 0.14, 0.28, "timber")


@sprite("gallery_spotlight")
def gallery_spotlight(pen: Pen) -> None:
    """A rail on the wall, two lamps, a cone of light."""
    wall = pen.wall("x", 0.04)
    cone = [(0.5, 0.04, 1.36), (0.92, 0.04, 0.4), (0.08, 0.04, 0.4)]
    pen.glaze(cone, palette.PALETTE["sun"][0], 120)
    wall.rect(0.06, 1.5, 0.94, 1.56, wall.tone("iron"))
    for u in (0.3, 0.7):
        pen.line([(u, 0.04, 1.5), (u, 0.16, 1.44)], tone("iron", 1), 1.6)
        pen.cylinder(u, 0.2, 1.3, 0.09, 0.16, "iron", r_top=0.06)
        pen.disc(u, 0.2, 1.3, 0.075, tone("sun", 0))
