"""Doors, windows and lettering on an upright wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from points.game.art.canvas import Canvas
from points.game.art.palette import RGB, tone
from points.game.art.shapes import Flat, Point, angles


@dataclass(slots=True)
class Wall:
    """An upright plane; `u` runs along it in cells, `v` up in units."""

    canvas: Canvas
    along: str
    off: float

    def point(self, u: float, v: float) -> Point:
        """A point of the wall in space."""
        return (u, self.off, v) if self.along == "x" else (self.off, u, v)

    def tone(self, token: str, shift: float = 0.0) -> RGB:
        """The tone that a colour has on this wall."""
        return tone(token, self.canvas.side(self.along) + shift)

    def rect(self, u0: float, v0: float, u1: float, v1: float, colour: RGB) -> None:
        """A filled rectangle."""
        self.poly([(u0, v0), (u1, v0), (u1, v1), (u0, v1)], colour)

    def poly(self, points: Sequence[Flat], colour: RGB) -> None:
        """A filled polygon."""
        self.canvas.fill([self.point(u, v) for u, v in points], colour)

    def line(self, points: Sequence[Flat], colour: RGB, width: float = 0.8) -> None:
        """A stroke."""
        self.canvas.line([self.point(u, v) for u, v in points], colour, width)

    def circle(self, u: float, v: float, r: float, colour: RGB) -> None:
        """A disc of `r` units lying in the wall."""
        self.poly([(u + r * cos(a) / 1.13, v + r * sin(a)) for a in angles(28)], colour)

    def arch(self, u0: float, v0: float, u1: float, v1: float, colour: RGB) -> None:
        """A rectangle with a round head; `v1` is the crown."""
        r, mid = (u1 - u0) / 2, (u0 + u1) / 2
        rise = min(r * 1.13, v1 - v0)
        turns = [pi * i / 14 for i in range(15)]
        head = [(mid + r * cos(a), v1 - rise + rise * sin(a)) for a in turns]
        self.poly([(u0, v0), (u1, v0), *head], colour)

    def window(
        self,
        u0: float,
        v0: float,
        u1: float,
        v1: float,
        *,
        frame: str = "plaster",
        bars: int = 1,
        arch: bool = False,
    ) -> None:
        """Glass with a frame, bars and one glint of sky."""
        shape, e, third = (self.arch if arch else self.rect), 0.035, (u1 - u0) / 3
        shape(u0 - e, v0 - e, u1 + e, v1 + e, self.tone(frame, -0.5))
        shape(u0, v0, u1, v1, self.tone("glass", 0.35))
        low = [(u0 + third * 0.4, v0), (u0 + third * 1.3, v0)]
        high = [(u1 - third * 0.5, v1 - 0.06), (u1 - third * 1.4, v1 - 0.06)]
        self.poly([*low, *high], self.tone("glass", -0.5))
        for i in range(1, bars + 1):
            u = u0 + (u1 - u0) * i / (bars + 1)
            self.line([(u, v0), (u, v1)], self.tone(frame, -0.5), 0.7)

    def sill(self, u0: float, u1: float, v: float, token: str) -> None:
        """A thin ledge."""
        self.line([(u0, v), (u1, v)], self.tone(token, -0.8), 1.3)
