"""The inside of a building: floor boards, and the two walls at the back."""

from collections.abc import Callable

from points.game.art import palette
from points.game.art.palette import mixed, tone
from points.game.art.pen import Pen

HIGH = 2.1  # of a wall, in units
OVER = 0.012


def tiles() -> dict[str, Callable[[Pen], None]]:
    """Every piece of a room by its frame name: the floor of a cell, a cell's width of each wall."""
    return {
        "room/floor/0": _floor_along,
        "room/floor/1": _floor_across,
        "room/wall/n": lambda pen: _wall(pen, "x"),
        "room/wall/w": lambda pen: _wall(pen, "y"),
    }


def _floor(pen: Pen, shift: float) -> None:
    a, b = -OVER, 1 + OVER
    pen.fill([(a, a, 0), (b, a, 0), (b, b, 0), (a, b, 0)], tone("timber", 0.12 + shift))
    seam = mixed(tone("timber", 0.12), tone("walnut", 0), 0.28)
    for x in (0.0, 0.25, 0.5, 0.75, 1.0):
        pen.line([(x, a, 0), (x, b, 0)], seam, 0.6)


def _floor_along(pen: Pen) -> None:
    _floor(pen, 0.0)
    pen.line([(0.25, 0.4, 0), (0.5, 0.4, 0)], tone("timber", 0.9), 0.6)


def _floor_across(pen: Pen) -> None:
    _floor(pen, 0.12)
    pen.line([(0.5, 0.7, 0), (0.75, 0.7, 0)], tone("timber", 0.9), 0.6)


def _wall(pen: Pen, along: str) -> None:
    """Warm plaster with a rail and a skirting board, seen from inside."""
    wall = pen.wall(along, 0.0)
    a, b = -OVER, 1 + OVER
    shade = 0.55 if along == "x" else 0.95
    wall.rect(a, 0, b, HIGH, tone("plaster", shade))
    wall.rect(a, 0, b, 0.5, tone("sand", shade * 0.7))
    wall.rect(a, 0, b, 0.1, tone("timber", 0.6 + shade * 0.4))
    wall.line([(a, 0.5), (b, 0.5)], tone("timber", 0.8), 1.0)
    wall.line([(a, HIGH), (b, HIGH)], mixed(palette.CARD, palette.LINE, 0.3), 2.0)
