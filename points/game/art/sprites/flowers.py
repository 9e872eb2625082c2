"""Low plants: beds, cosmos, lotus, moss."""

from math import cos, pi, sin

from points.game.art import palette
from points.game.art.palette import RGB, mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite
from points.game.art.sprites.stones import boulder


@sprite("flower_bed")
def flower_bed(pen: Pen) -> None:
    """Rows of colour in a low brick frame."""
    pen.box(0.1, 0.1, 0, 0.8, 0.8, 0.14, "brick")
    soil = [(0.17, 0.17, 0.14), (0.83, 0.17, 0.14), (0.83, 0.83, 0.14), (0.17, 0.83, 0.14)]
    pen.fill(soil, tone("soil", 1))
    for row, token in enumerate(("cosmos", "sun", "plaster", "clay")):
        for i in range(5):
            _tuft(pen, 0.25 + 0.165 * row, 0.24 + 0.13 * i, token)


def _tuft(pen: Pen, x: float, y: float, token: str) -> None:
    pen.oval(x, y, 0.17, 3.4, 2.4, tone("leaf", 1.6))
    pen.oval(x - 0.01, y - 0.01, 0.2, 2.6, 1.8, tone("leaf", 0.6))
    for _ in range(3):
        dx, dy = pen.random.uniform(-0.05, 0.05), pen.random.uniform(-0.05, 0.05)
        z = 0.24 + pen.random.uniform(0, 0.07)
        pen.dot(x + dx, y + dy, z, 1.5, tone(token, 1))
        pen.dot(x + dx - 0.008, y + dy - 0.008, z + 0.012, 0.9, tone(token, 0))


@sprite("cosmos")
def cosmos(pen: Pen) -> None:
    """Tall, thin stems swaying with pink and white faces."""
    pen.disc(0.5, 0.5, 0, 0.34, tone("leaf", 1.1))
    spots = [(pen.random.uniform(0.18, 0.82), pen.random.uniform(0.18, 0.82)) for _ in range(22)]
    for i, (x, y) in enumerate(sorted(spots, key=lambda p: p[0] + p[1])):
        h = pen.random.uniform(0.42, 0.86)
        tip = (x + pen.random.uniform(-0.06, 0.06), y + pen.random.uniform(-0.06, 0.06), h)
        pen.line([(x, y, 0), tip], tone("leaf", 1.5 if i % 2 else 0.9), 1.0)
        pen.line([(x, y, h * 0.3), (x + 0.06, y - 0.06, h * 0.5)], tone("leaf", 0.7), 0.8)
        _face(pen, *tip, ("cosmos", "blossom", "plaster")[i % 3])


def _face(pen: Pen, x: float, y: float, z: float, token: str) -> None:
    for i in range(6):
        a = 2 * pi * i / 6
        dx, dz = cos(a) * 0.045, sin(a) * 0.06
        pen.dot(x + dx, y - dx, z + dz, 1.75, tone(token, 1.0 if i in (3, 4, 5) else 0.3))
    pen.dot(x, y, z, 1.3, tone("sun", 1))


@sprite("lotus")
def lotus(pen: Pen) -> None:
    """Round leaves on the water, one open flower and one bud."""
    for x, y, r, depth in ((0.26, 0.34, 0.2, 0.9), (0.7, 0.24, 0.16, 0.5), (0.3, 0.72, 0.17, 0.6)):
        _pad(pen, x, y, r, depth)
    _pad(pen, 0.7, 0.68, 0.23, 0.8)
    pen.line([(0.28, 0.4, 0), (0.27, 0.38, 0.42)], tone("leaf", 1.5), 1.3)
    pen.oval(0.27, 0.38, 0.48, 2.2, 3.4, tone("blossom", 1.2))
    _lotus_flower(pen, 0.58, 0.52, 0.3)


def _pad(pen: Pen, x: float, y: float, r: float, depth: float) -> None:
    pen.disc(x + 0.02, y + 0.02, -0.02, r, tone("water", 2))
    pen.disc(x, y, 0, r, tone("leaf", depth))
    wedge = [(x, y, 0), (x + r, y - 0.04, 0), (x + r, y + 0.05, 0)]
    pen.fill(wedge, tone("water", 1.2))
    for i in range(5):
        a = pi * 0.28 + i * pi * 0.36
        vein = mixed(tone("leaf", depth), tone("leaf", 0), 0.6)
        pen.line([(x, y, 0), (x + r * 0.8 * cos(a), y + r * 0.8 * sin(a), 0)], vein, 0.5)


def _lotus_flower(pen: Pen, x: float, y: float, z: float) -> None:
    pen.line([(x, y, 0), (x, y, z)], tone("leaf", 1.5), 1.5)
    for count, wide, high, depth in (
        (7, 0.19, 0.12, 1.3),
        (6, 0.13, 0.2, 0.7),
        (4, 0.06, 0.25, 0.1),
    ):
        for i in range(count):
            t = i / (count - 1) * 2 - 1
            _petal(pen, x, y, z, t * wide, high * (1.1 - 0.4 * abs(t)), tone("blossom", depth))
    pen.dot(x, y, z + 0.1, 1.6, tone("sun", 0.8))


def _petal(pen: Pen, x: float, y: float, z: float, out: float, up: float, colour: RGB) -> None:
    side = 0.05
    pen.fill(
        [
            (x, y, z),
            (x + out * 0.6 - side, y - out * 0.6 + side, z + up * 0.55),
            (x + out, y - out, z + up),
            (x + out * 0.6 + side, y - out * 0.6 - side, z + up * 0.55),
        ],
        colour,
    )


@sprite("moss_garden")
def moss_garden(pen: Pen) -> None:
    """Raked sand, mossy islands, three stones and a water basin."""
    pen.box(0.08, 0.08, 0, 1.84, 1.84, 0.08, "stone")
    sand = [(0.16, 0.16, 0.08), (1.84, 0.16, 0.08), (1.84, 1.84, 0.08), (0.16, 1.84, 0.08)]
    pen.fill(sand, tone("sand", 0))
    _rakes(pen)
    for x, y, r in ((0.62, 0.6, 0.4), (1.36, 1.24, 0.34), (0.52, 1.46, 0.26)):
        _island(pen, x, y, r)
    boulder(pen, 0.5, 0.5, 0.14, 0.17, 0.42)
    boulder(pen, 0.76, 0.66, 0.14, 0.12, 0.24)
    pen.crown([(1.44, 1.1, 0.36, 7.5), (1.3, 1.24, 0.3, 6.5)], "pine", dabs=14, dab=1.5)
    boulder(pen, 1.46, 1.36, 0.12, 0.1, 0.18)
    pen.cylinder(0.52, 1.48, 0.12, 0.13, 0.2, "stone")
    pen.disc(0.52, 1.48, 0.32, 0.09, tone("water", 0.8))
    pen.line([(0.36, 1.3, 0.42), (0.52, 1.46, 0.38)], tone("willow", 1.2), 2.0)


def _rakes(pen: Pen) -> None:
    groove = tone("sand", 0.75)
    for i in range(1, 13):
        y = 0.16 + 1.68 * i / 13
        pen.line([(0.2, y, 0.08), (1.8, y, 0.08)], groove, 0.5)
    for x, y, r in ((0.62, 0.6, 0.52), (1.36, 1.24, 0.46), (0.52, 1.46, 0.37)):
        for grow in (0.0, -0.06):
            pen.disc(x, y, 0.08, r + grow, groove if grow == 0.0 else tone("sand", 0))


def _island(pen: Pen, x: float, y: float, r: float) -> None:
    pen.disc(x, y, 0.08, r, tone("moss", 1.8))
    pen.disc(x, y, 0.11, r * 0.96, tone("moss", 1.0))
    pen.disc(x - 0.03, y - 0.03, 0.14, r * 0.74, tone("moss", 0.2))
    for _ in range(14):
        a, far = pen.random.uniform(0, 2 * pi), pen.random.uniform(0, r * 0.8)
        spot = palette.mixed(tone("moss", 0), tone("leaf", 0), pen.random.random())
        pen.oval(x + cos(a) * far, y + sin(a) * far, 0.14, 1.6, 0.9, spot)
