"""Levels grow with all the sunlight ever earned and never fall."""

from math import isqrt

from points.game.rules.book import Book


def level_of(*, xp: int, book: Book) -> int:
    """Level reached with `xp` sunlight earned in all: 1 + floor(sqrt(xp / 90))."""
    return 1 + isqrt(max(xp, 0) // book.xp_unit)


def xp_needed(*, level: int, book: Book) -> int:
    """Sunlight earned in all at which `level` begins."""
    return (max(level, 1) - 1) ** 2 * book.xp_unit
