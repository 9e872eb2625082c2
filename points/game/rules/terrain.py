"""
The ground of a term's map, grown from its seed.

Whole numbers only, so that every client grows the same. A hill lies at the back corner, a plaza
in the middle with a promenade to a lake at the right, front or left corner.
"""

from collections.abc import Callable
from functools import lru_cache

GRASS, PLAZA, WATER, SLOPE = "grass", "plaza", "water", "slope"
LETTERS = {"g": GRASS, "p": PLAZA, "w": WATER, "s": SLOPE}
SIZE = 24
_MASK = 0xFFFFFFFF
# Lake centre and radius in quarter cells: right, front and left corner of the screen.
_LAKES = ((84, 43, 19), (77, 77, 20), (43, 84, 19))


def mixed(*, seed: int, x: int, y: int) -> int:
    """A well mixed 32-bit number of a cell (the `lowbias32` finaliser)."""
    value = (seed * 0x9E3779B1 + x * 0x85EBCA6B + y * 0xC2B2AE35) & _MASK
    value = ((value ^ (value >> 16)) * 0x7FEB352D) & _MASK
    value = ((value ^ (value >> 15)) * 0x846CA68B) & _MASK
    return value ^ (value >> 16)


@lru_cache(maxsize=64)
def rows(*, seed: int) -> tuple[str, ...]:
    """24 rows of 24 letters (g, p, w, s), row by y, column by x."""
    at = _letter_of(seed)
    return tuple("".join(at(x, y) for x in range(SIZE)) for y in range(SIZE))


def kind(*, ground: tuple[str, ...], x: int, y: int) -> str:
    """Terrain of a cell inside the map."""
    return LETTERS[ground[y][x]]


def _letter_of(seed: int) -> Callable[[int, int], str]:
    side = mixed(seed=seed, x=101, y=7) % 3
    cx, cy, radius = _LAKES[side]
    hill = mixed(seed=seed, x=7, y=101)

    def letter(x: int, y: int) -> str:
        wobble = _smooth(seed, x, y)
        if (4 * x + 2 - cx) ** 2 + (4 * y + 2 - cy) ** 2 < (radius + wobble // 24) ** 2:
            return "w"
        if 10 <= x <= 13 and 10 <= y <= 13:
            return "p"
        if _on_promenade(side, x, y):
            return "p"
        return "s" if 4 * (x + y) < 26 + _smooth(hill, x, y) // 10 else "g"

    return letter


def _on_promenade(side: int, x: int, y: int) -> bool:
    if side == 0:
        return y == 11 and x > 13
    if side == 2:
        return x == 11 and y > 13
    return (x == 12 and 13 < y <= 16) or (y == 16 and x > 12)


def _smooth(seed: int, x: int, y: int) -> int:
    """Soft noise 0..255: bilinear between random values four cells apart, in whole numbers."""
    gx, gy, fx, fy = x // 4, y // 4, x % 4, y % 4
    a, b, c, d = (mixed(seed=seed, x=gx + i, y=gy + j) & 255 for j in (0, 1) for i in (0, 1))
    return ((a * (4 - fx) + b * fx) * (4 - fy) + (c * (4 - fx) + d * fx) * fy) // 16
