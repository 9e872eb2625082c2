"""Stone: paths, ponds, a fountain, a sculpture."""

from math import cos, pi, sin

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


def boulder(pen: Pen, x: float, y: float, z: float, r: float, h: float) -> None:
    """A rounded stone of six facets."""
    turns = [2 * pi * (i + 0.3) / 6 for i in range(6)]
    base = [(x + r * cos(a), y + r * sin(a)) for a in turns]
    crown = [(x + r * 0.55 * cos(a) - 0.01, y + r * 0.55 * sin(a) - 0.01, z + h) for a in turns]
    waist = [(x + r * 1.02 * cos(a), y + r * 1.02 * sin(a), z + h * 0.5) for a in turns]
    pen.cast(base, z, h)
    for i in sorted(range(6), key=lambda i: cos(turns[i] + 0.5) + sin(turns[i] + 0.5)):
        j, mid = (i + 1) % 6, turns[i] + pi / 6
        out = (cos(mid), sin(mid), 0.1)
        low = [(*base[i], z), (*base[j], z), waist[j], waist[i]]
        pen.fill(low, tone("stone", pen.depth(out) + 0.1))
        tilted = (cos(mid), sin(mid), 0.9)
        pen.fill([waist[i], waist[j], crown[j], crown[i]], tone("stone", pen.depth(tilted)))
    pen.fill(crown, tone("stone", 0))


@sprite("stone_path")
def stone_path(pen: Pen) -> None:
    """Seven flat stones sunk in the lawn."""
    stones = (
        (0.24, 0.22, 0.17), (0.62, 0.17, 0.15), (0.88, 0.42, 0.13), (0.46, 0.5, 0.19),
        (0.14, 0.6, 0.13), (0.78, 0.74, 0.17), (0.36, 0.84, 0.16),
    )  # fmt: skip
    for x, y, r in stones:
        turns = [2 * pi * i / 9 + pen.random.uniform(-0.12, 0.12) for i in range(9)]
        reach = [r * pen.random.uniform(0.86, 1.06) for _ in turns]
        rim = [(x + d * cos(a), y + d * sin(a)) for a, d in zip(turns, reach, strict=True)]
        pen.fill([(a + 0.02, b + 0.02, -0.01) for a, b in rim], tone("moss", 2))
        pen.fill([(a, b, 0.0) for a, b in rim], tone("stone", 1.2))
        shade = pen.random.choice((0.0, 0.25, 0.5))
        pen.fill([(a, b, 0.035) for a, b in rim], tone("stone", shade))


@sprite("pond")
def pond(pen: Pen) -> None:
    """A still pool with a rim of stones, reeds and one ripple."""
    edge = [2 * pi * i / 40 for i in range(40)]
    rim = [
        (1 + (0.8 + 0.06 * sin(3 * a)) * cos(a), 1 + (0.78 + 0.06 * cos(2 * a)) * sin(a))
        for a in edge
    ]
    pen.fill([(x, y, 0) for x, y in rim], tone("moss", 1.5))
    inner = [(1 + (x - 1) * 0.93, 1 + (y - 1) * 0.93) for x, y in rim]
    pen.fill([(x, y, 0) for x, y in inner], tone("water", 1.9))
    pen.fill(
        [
            (x + 0.05, y + 0.05, 0)
            for x, y in ((1 + (a - 1) * 0.94, 1 + (b - 1) * 0.94) for a, b in inner)
        ],
        tone("water", 0.9),
    )
    pen.disc(0.8, 0.78, 0, 0.34, tone("water", 0.35))
    for r in (0.22, 0.2):
        pen.disc(
            1.2,
            1.14,
            0,
            r,
            palette.mixed(tone("water", 0), palette.CARD, 0.5) if r > 0.21 else tone("water", 0.9),
        )
    for i in range(13):
        a = 2 * pi * i / 13 + pen.random.uniform(-0.12, 0.12)
        x, y = 1 + 0.82 * cos(a), 1 + 0.8 * sin(a)
        size = pen.random.uniform(0.07, 0.12)
        boulder(pen, x, y, 0, size, size * 0.9)
    for x, y in ((0.3, 0.86), (0.36, 0.98), (0.42, 0.8)):
        for lean in (-0.08, 0.0, 0.09):
            pen.line(
                [(x, y, 0), (x + lean, y - lean, 0.42)], tone("leaf", 0.6 + 8 * abs(lean)), 1.1
            )


@sprite("fountain")
def fountain(pen: Pen) -> None:
    """Three bowls of water, one above the other."""
    pen.cylinder(1, 1, 0, 0.86, 0.1, "stone")
    pen.cylinder(1, 1, 0.1, 0.8, 0.22, "stone")
    pen.disc(1, 1, 0.3, 0.71, tone("water", 1.4))
    pen.disc(0.97, 0.97, 0.3, 0.62, tone("water", 0.7))
    for r in (0.52, 0.36):
        pen.disc(1, 1, 0.3, r, mixed(tone("water", 0), palette.CARD, 0.45))
        pen.disc(1, 1, 0.3, r - 0.025, tone("water", 0.7))
    pen.cylinder(1, 1, 0.3, 0.12, 0.5, "stone")
    _bowl(pen, 0.8, 0.44)
    pen.cylinder(1, 1, 0.98, 0.08, 0.36, "stone")
    _bowl(pen, 1.34, 0.25)
    for dx, dy in ((0.0, 0.0), (0.05, -0.05), (-0.05, 0.05)):
        top = (1 + dx, 1 + dy, 1.86 - abs(dx) * 3)
        pen.line([(1, 1, 1.5), top, (1 + dx * 3, 1 + dy * 3, 1.56)], tone("water", 0), 1.5)
    for a in (0.0, 0.75, 1.57, 2.4, 5.4, 4.7):
        x, y = 1 + 0.44 * cos(a), 1 + 0.44 * sin(a)
        pen.line([(x, y, 0.96), (x + 0.05 * cos(a), y + 0.05 * sin(a), 0.3)], tone("water", 0), 1.1)


def _bowl(pen: Pen, z: float, r: float) -> None:
    pen.cylinder(1, 1, z, r * 0.35, 0.14, "stone", r_top=r)
    pen.cylinder(1, 1, z + 0.14, r, 0.05, "stone")
    pen.disc(1, 1, z + 0.19, r * 0.86, tone("water", 0.6))


@sprite("sculpture")
def sculpture(pen: Pen) -> None:
    """A red steel loop on a plinth: a sun seen through a ring."""
    pen.box(0.22, 0.22, 0, 0.56, 0.56, 0.34, "plaster")
    pen.wall("x", 0.78).rect(0.4, 0.1, 0.6, 0.22, pen.wall("x", 0.78).tone("copper"))
    _loop(pen, 0.5, 0.5, 0.86, 0.44)
    pen.ball(0.5, 0.5, 0.9, 0.17, "sun")


def _loop(pen: Pen, x: float, y: float, z: float, r: float) -> None:
    pen.cast([(x - 0.3, y + 0.26), (x + 0.3, y - 0.34), (x + 0.34, y - 0.26)], 0.34, 1.0)
    turns = [2 * pi * i / 48 for i in range(49)]
    path = [(x + r * 0.72 * cos(a), y - r * 0.72 * cos(a), z + r * sin(a) * 1.1) for a in turns]
    pen.line([(a + 0.05, b + 0.05, c) for a, b, c in path], tone("clay", 1.9), 5.2)
    pen.line(path, tone("clay", 0.9), 4.6)
    pen.line([(a - 0.02, b - 0.02, c + 0.015) for a, b, c in path[14:34]], tone("clay", 0), 1.5)
