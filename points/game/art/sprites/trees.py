"""Trees: each with its own silhouette."""

from itertools import pairwise
from math import cos, pi, sin

from points.game.art.palette import tone
from points.game.art.pen import Pen
from points.game.art.sprites import sprite


def trunk(pen: Pen, x: float, y: float, h: float, r: float = 0.06, token: str = "bark") -> None:
    """A trunk with two roots."""
    pen.disc(x, y, 0, r * 3.2, tone("grass", 2))
    pen.cylinder(x, y, 0, r * 1.25, h, token, r_top=r * 0.7)


@sprite("ginkgo")
def ginkgo(pen: Pen) -> None:
    """A golden flame over a few fallen fans."""
    for _ in range(16):
        a, far = pen.random.uniform(0, 2 * pi), pen.random.uniform(0.08, 0.4)
        pen.oval(
            0.5 + cos(a) * far,
            0.5 + sin(a) * far,
            0,
            1.9,
            1.0,
            tone("ginkgo", pen.random.choice((0.2, 0.8, 1.2))),
        )
    pen.cylinder(0.5, 0.5, 0, 0.075, 0.95, "bark", r_top=0.05)
    pen.line([(0.5, 0.5, 0.6), (0.38, 0.62, 0.95)], tone("bark", 1), 2.2)
    pen.line([(0.5, 0.5, 0.7), (0.64, 0.4, 1.0)], tone("bark", 2), 2.0)
    puffs = [
        (0.3, 0.62, 1.0, 10.5),
        (0.68, 0.34, 1.02, 10.5),
        (0.5, 0.5, 1.06, 13.5),
        (0.36, 0.5, 1.36, 11.5),
        (0.62, 0.44, 1.4, 11.0),
        (0.5, 0.5, 1.72, 10.5),
        (0.5, 0.48, 2.02, 7.0),
        (0.49, 0.47, 2.24, 4.0),
    ]
    pen.crown(puffs, "ginkgo", dabs=46, dab=1.9)


@sprite("red_pine")
def red_pine(pen: Pen) -> None:
    """A leaning red trunk under flat clouds of needles."""
    stem = [
        (0.44, 0.6, 0),
        (0.42, 0.58, 0.5),
        (0.54, 0.48, 0.95),
        (0.5, 0.46, 1.4),
        (0.56, 0.44, 1.9),
    ]
    for i, (a, b) in enumerate(pairwise(stem)):
        pen.line([a, b], tone("clay", 1.7), 5.4 - i)
        pen.line([a, b], tone("brick", 0.9), 2.6 - i * 0.5)
    pen.line([(0.5, 0.52, 0.85), (0.24, 0.66, 1.1)], tone("clay", 1.5), 2.2)
    pen.line([(0.52, 0.46, 1.3), (0.8, 0.3, 1.42)], tone("clay", 1.9), 2.0)
    for x, y, z, r in (
        (0.8, 0.28, 1.44, 9.5),
        (0.22, 0.7, 1.14, 10.5),
        (0.36, 0.52, 1.66, 9.0),
        (0.57, 0.45, 1.98, 12.5),
    ):
        _cloud(pen, x, y, z, r)


def _cloud(pen: Pen, x: float, y: float, z: float, r: float) -> None:
    pen.cast(
        [(x - 0.2, y - 0.2), (x + 0.2, y - 0.2), (x + 0.2, y + 0.2), (x - 0.2, y + 0.2)], z, 0.3
    )
    for shift, depth, size in ((0.0, 1.9, 1.0), (0.08, 1.0, 0.9), (0.2, 0.1, 0.62)):
        for dx, dz in ((-0.62, -0.02), (0.0, 0.1), (0.62, -0.04), (-0.3, 0.16), (0.32, 0.14)):
            pen.oval(
                x + dx * r / 60,
                y - dx * r / 60,
                z + dz + shift * 0.7,
                r * 0.62 * size,
                r * 0.4 * size,
                tone("pine", depth),
            )
    for _ in range(12):
        dx = pen.random.uniform(-1.0, 1.0)
        pen.oval(
            x + dx * r / 62,
            y - dx * r / 62,
            z + pen.random.uniform(0.06, 0.3) * (1 - abs(dx) * 0.6),
            1.8,
            0.7,
            tone("pine", 0),
        )


@sprite("plum_blossom")
def plum_blossom(pen: Pen) -> None:
    """A dark, crooked branch with pale blossom."""
    pen.disc(0.5, 0.5, 0, 0.16, tone("grass", 2))
    pen.line([(0.5, 0.5, 0), (0.46, 0.54, 0.4), (0.56, 0.46, 0.8)], tone("walnut", 2), 4.6)
    for branch in (
        [(0.56, 0.46, 0.8), (0.4, 0.62, 1.15), (0.2, 0.72, 1.3)],
        [(0.56, 0.46, 0.8), (0.7, 0.34, 1.2), (0.66, 0.36, 1.6)],
        [(0.5, 0.5, 0.5), (0.78, 0.3, 0.86), (0.92, 0.18, 1.02)],
        [(0.48, 0.55, 0.95), (0.46, 0.52, 1.5)],
    ):
        pen.line(branch, tone("walnut", 1.7), 2.2)
    puffs = [
        (0.2, 0.74, 1.3, 8.0),
        (0.38, 0.6, 1.16, 7.0),
        (0.46, 0.52, 1.56, 9.5),
        (0.68, 0.34, 1.62, 9.0),
        (0.9, 0.2, 1.08, 8.0),
        (0.74, 0.32, 1.24, 7.0),
        (0.56, 0.44, 1.86, 7.0),
        (0.3, 0.62, 1.58, 6.5),
    ]
    pen.crown(puffs, "blossom", dabs=60, dab=1.7)
    for _ in range(26):
        x, y, z, r = puffs[pen.random.randrange(len(puffs))]
        a, far = pen.random.uniform(0, 2 * pi), pen.random.uniform(0, r / 40)
        pen.dot(
            x + cos(a) * far * 0.5,
            y - cos(a) * far * 0.5,
            z + sin(a) * far,
            0.9,
            tone("cosmos", 0.9),
        )


@sprite("osmanthus")
def osmanthus(pen: Pen) -> None:
    """A round, dense evergreen freckled with orange blossom."""
    trunk(pen, 0.5, 0.5, 0.6)
    puffs = [
        (0.28, 0.66, 0.82, 10.5),
        (0.72, 0.34, 0.84, 10.5),
        (0.5, 0.5, 0.78, 13.0),
        (0.4, 0.5, 1.2, 12.0),
        (0.62, 0.42, 1.18, 11.0),
        (0.5, 0.46, 1.46, 8.5),
    ]
    pen.crown(puffs, "pine", dabs=30, dab=2.0)
    for _ in range(44):
        x, y, z, r = puffs[pen.random.randrange(len(puffs))]
        a, far = pen.random.uniform(0, 2 * pi), pen.random.uniform(0.1, 0.92) * r / 36
        pen.dot(
            x + cos(a) * far * 0.56,
            y - cos(a) * far * 0.56,
            z + sin(a) * far,
            1.15,
            tone("sun", pen.random.choice((0.7, 1.3))),
        )


@sprite("willow")
def willow(pen: Pen) -> None:
    """Long curtains of leaves around a stout trunk."""
    pen.disc(0.5, 0.5, 0, 0.2, tone("grass", 2))
    pen.cylinder(0.5, 0.5, 0, 0.1, 1.3, "bark", r_top=0.07)
    puffs = [
        (0.3, 0.62, 1.56, 10.0),
        (0.7, 0.36, 1.56, 10.0),
        (0.5, 0.5, 1.72, 13.0),
        (0.46, 0.46, 1.98, 8.0),
    ]
    for z0, depth, count, reach in (
        (1.66, 1.9, 13, 1.0),
        (1.74, 1.0, 12, 0.92),
        (1.84, 0.15, 9, 0.78),
    ):
        for i in range(count):
            t = i / (count - 1) * 2 - 1
            _strand(
                pen,
                t * 0.42 * reach,
                z0,
                1.2 - 0.24 * abs(t) + pen.random.uniform(-0.28, 0.14),
                depth,
            )
        if depth == 1.9:
            pen.crown(puffs, "willow", dabs=10)


def _strand(pen: Pen, t: float, z: float, long: float, depth: float) -> None:
    x, y, rise = 0.5 + t, 0.5 - t, z - abs(t) * 0.5
    path = [
        (x, y, rise),
        (x + t * 0.1, y - t * 0.1, rise - long * 0.5),
        (x + t * 0.08, y - t * 0.08, rise - long),
    ]
    pen.line(path, tone("willow", depth), 2.2)


@sprite("bamboo")
def bamboo(pen: Pen) -> None:
    """Five jointed canes with slender leaves."""
    pen.disc(0.5, 0.5, 0, 0.34, tone("soil", 0.2))
    pen.disc(0.5, 0.5, 0, 0.28, tone("moss", 0.8))
    for x, y, h in (
        (0.42, 0.34, 1.9),
        (0.66, 0.36, 2.15),
        (0.34, 0.58, 2.1),
        (0.56, 0.56, 1.75),
        (0.7, 0.62, 1.5),
    ):
        _cane(pen, x, y, h)


def _cane(pen: Pen, x: float, y: float, h: float) -> None:
    lean = (x - y) * 0.16
    pen.cast([(x - 0.04, y - 0.04), (x + 0.04, y - 0.04), (x + 0.04, y + 0.04)], 0, h * 0.7)
    tip = (x + lean, y - lean, h)
    pen.line([(x, y, 0), tip], tone("willow", 1.7), 2.6)
    pen.line(
        [(x - 0.008, y + 0.008, 0), (x + lean - 0.008, y - lean + 0.008, h)],
        tone("willow", 0.4),
        1.2,
    )
    for i in range(1, 6):
        t = i / 6
        pen.dot(x + lean * t, y - lean * t, h * t, 1.6, tone("moss", 2))
    for _ in range(11):
        t = pen.random.uniform(0.45, 1.0)
        _blade(pen, x + lean * t, y - lean * t, h * t)


def _blade(pen: Pen, x: float, y: float, z: float) -> None:
    side = pen.random.choice((-1, 1))
    long = pen.random.uniform(0.1, 0.19)
    end = (x + side * long, y - side * long, z - pen.random.uniform(0.02, 0.2))
    pen.line([(x, y, z), end], tone("leaf", 0.4 if side < 0 else 1.4), 2.0)
