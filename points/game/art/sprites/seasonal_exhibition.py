"""Exhibition: a wind mobile, flags, a column for posters."""

from math import cos, sin

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.shapes import angles
from points.game.art.sprites import sprite


@sprite("wind_mobile")
def wind_mobile(pen: Pen) -> None:
    """A mast with balanced arms; leaves of red, sun and lake, none alike."""
    pen.cylinder(0.5, 0.5, 0, 0.26, 0.1, "stone")
    pen.line([(0.5, 0.5, 0.1), (0.5, 0.5, 1.8)], tone("iron", 1.4), 2.6)
    pen.cast([(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)], 1.0, 0.9)
    pen.line([(0.16, 0.84, 1.66), (0.5, 0.5, 1.86), (0.9, 0.1, 1.98)], tone("iron", 0.8), 1.4)
    pen.line([(0.16, 0.84, 1.66), (0.16, 0.84, 1.3)], tone("iron", 0.6), 0.8)
    pen.line([(0.0, 1.0, 1.24), (0.3, 0.7, 1.34)], tone("iron", 0.8), 1.2)
    for x, y, z, rx, ry, token in (
        (0.9, 0.1, 1.98, 8.5, 5.0, "clay"), (0.0, 1.0, 1.1, 6.0, 3.6, "sun"),
        (0.32, 0.68, 1.2, 5.0, 3.2, "panel"), (0.66, 0.34, 1.62, 4.2, 2.6, "leaf"),
    ):  # fmt: skip
        pen.oval(x, y, z, rx, ry, tone(token, 0.7))
        pen.oval(x - 0.02, y + 0.02, z + 0.03, rx * 0.72, ry * 0.6, tone(token, 0.0))
    pen.line([(0.66, 0.34, 1.92), (0.66, 0.34, 1.68)], tone("iron", 0.6), 0.8)


@sprite("exhibition_flags")
def exhibition_flags(pen: Pen) -> None:
    """Three tall flags, each of another workshop."""
    flags = (
        (0.16, 0.76, "panel", "water"),
        (0.42, 0.5, "clay", "blossom"),
        (0.68, 0.24, "leaf", "ginkgo"),
    )
    for x, y, token, mark in flags:
        pen.cylinder(x, y, 0, 0.08, 0.06, "stone")
        pen.cast([(x, y), (x + 0.1, y), (x + 0.1, y + 0.02)], 0.5, 1.3)
        pen.line([(x, y, 0.06), (x, y, 2.0)], tone("timber", 1.0), 1.8)
        wall = pen.wall("x", y)
        wall.poly([(x, 1.94), (x + 0.3, 1.88), (x + 0.28, 0.86), (x, 0.8)], wall.tone(token, -0.7))
        wall.poly(
            [(x, 1.5), (x + 0.292, 1.46), (x + 0.288, 1.22), (x, 1.24)], wall.tone(mark, -0.7)
        )
        pen.dot(x, y, 2.02, 1.6, tone("sun", 0.5))


@sprite("poster_column")
def poster_column(pen: Pen) -> None:
    """A round column papered over, under a little copper roof."""
    pen.cylinder(0.5, 0.5, 0, 0.34, 0.14, "stone")
    pen.cylinder(0.5, 0.5, 0.14, 0.28, 1.16, "plaster")
    ring = angles(36)
    for start, token, low, high in (
        (3, "clay", 0.3, 0.84), (8, "water", 0.5, 1.1), (12, "sun", 0.24, 0.66),
        (34, "panel", 0.36, 1.0),
    ):  # fmt: skip
        _poster(pen, ring, start, tone(token, 0.5), low, high)
    pen.cylinder(0.5, 0.5, 1.3, 0.34, 0.08, "copper")
    pen.cylinder(0.5, 0.5, 1.38, 0.32, 0.3, "copper", r_top=0.06)
    pen.dot(0.5, 0.5, 1.74, 2.4, tone("sun", 0.8))


def _poster(
    pen: Pen, ring: list[float], start: int, colour: palette.RGB, low: float, high: float
) -> None:
    spots = [ring[(start + n) % 36] for n in range(5)]
    edge = [(0.5 + 0.285 * cos(a), 0.5 + 0.285 * sin(a)) for a in spots]
    pen.fill([*((x, y, low) for x, y in edge), *((x, y, high) for x, y in reversed(edge))], colour)
    middle = edge[2]
    pen.oval(middle[0], middle[1], (low + high) / 2, 2.6, 3.0, mixed(colour, palette.CARD, 0.6))
