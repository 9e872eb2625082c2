"""Plane and space geometry for the pen; cells along x and y, units up."""

from collections.abc import Sequence
from math import cos, pi, sin

Point = tuple[float, float, float]
Flat = tuple[float, float]


def angles(n: int) -> list[float]:
    """`n` angles around a circle."""
    return [2 * pi * i / n for i in range(n)]


def ring(
    cx: float, cy: float, z: float, r: float, ry: float | None = None, n: int = 36
) -> list[Point]:
    """A level circle (or ellipse) as `n` points."""
    deep = r if ry is None else ry
    return [(cx + r * cos(a), cy + deep * sin(a), z) for a in angles(n)]


def between(a: Point, b: Point, t: float) -> Point:
    """The point at share `t` of the way from `a` to `b`."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t


def normal(points: Sequence[Point]) -> Point:
    """Outward direction of a face whose points run counter-clockwise as seen from outside."""
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = points[:3]
    ux, uy, uz, vx, vy, vz = bx - ax, by - ay, bz - az, cx - ax, cy - ay, cz - az
    n = (uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx)
    size = (n[0] ** 2 + n[1] ** 2 + n[2] ** 2) ** 0.5 or 1.0
    return n[0] / size, n[1] / size, n[2] / size


def hull(points: Sequence[Flat]) -> list[Flat]:
    """Convex hull (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return _chain(ordered)[:-1] + _chain(ordered[::-1])[:-1]


def _chain(points: Sequence[Flat]) -> list[Flat]:
    chain: list[Flat] = []
    for p in points:
        while len(chain) > 1 and _cross(chain[-2], chain[-1], p) <= 0:
            chain.pop()
        chain.append(p)
    return chain


def _cross(o: Flat, a: Flat, b: Flat) -> float:
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
