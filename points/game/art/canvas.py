"""
The paper under the pen: projection, flat strokes and fills, cast shadows, and the finished picture.

Cells are 64 x 32 pixels, one unit of height is 36. A flipped canvas swaps x and y, which is how
one drawing gives both turns of an item while the light stays at the upper left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from points.game.art import palette
from points.game.art.palette import RGB
from points.game.art.shapes import Flat, Point, hull, ring

TALL = 36.0
# Drawn four times too large and shrunk, so that edges are smooth.
FINE = 4
# A shadow falls to the right and a little to the front, in cells per unit of height.
CAST = (0.36, -0.17)
SHADE = 0.24


@dataclass(frozen=True, slots=True)
class Sprite:
    """
    A picture at `scale` pixels per map pixel.

    `left` and `top` lead from the screen point of the item's upper cell corner to the picture.
    """

    image: Image.Image
    left: int
    top: int
    scale: float


@dataclass
class Canvas:
    """An item of `w` x `d` cells before turning, with `up` units of head room."""

    w: float
    d: float
    scale: float = 2.0
    flip: bool = False
    back: bool = False
    up: float = 5.0
    seed: str = ""
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self._k = self.scale * FINE
        self._half = (self.w + self.d) * 32 + 60
        self._above = self.up * TALL
        high = self._above + (self.w + self.d) * 16 + 24
        size = (int(self._half * 2 * self._k), int(high * self._k))
        self._image = Image.new("RGBA", size, (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._image)
        self._shadows: list[list[Flat]] = []

    def at(self, x: float, y: float, z: float = 0.0) -> Flat:
        """Pixel on the fine canvas."""
        if self.flip:
            x, y = y, x
        return self._ground(x, y, z)

    def _ground(self, x: float, y: float, z: float = 0.0) -> Flat:
        across, down = (x - y) * 32 + self._half, (x + y) * 16 - z * TALL + self._above
        return across * self._k, down * self._k

    def side(self, along: str) -> float:
        """Tone of a wall along `x` (faces the left front) or along `y` (faces the right front)."""
        return 1.0 if (along == "x") != self.flip else 2.0

    def depth(self, direction: Point) -> float:
        """Tone of a face that looks into `direction`: 0 top, 1 left, 2 right."""
        nx, ny, nz = direction
        if self.flip:
            nx, ny = ny, nx
        # What looks away from the viewer is lit like a top: the light stands behind it.
        lit = max(nz, 0.0) + max(-nx, 0.0) * 0.6 + max(-ny, 0.0) * 0.6
        left, right = max(ny, 0.0), max(nx, 0.0)
        whole = lit + left + right
        return (left + 2 * right) / whole if whole else 0.0

    def fill(self, points: Iterable[Point], colour: RGB) -> None:
        """A filled polygon."""
        self._draw.polygon([self.at(*p) for p in points], fill=(*colour, 255))

    def glaze(self, points: Iterable[Point], colour: RGB, alpha: int) -> None:
        """A translucent polygon over what is there."""
        layer = Image.new("RGBA", self._image.size, (*colour, 0))
        ImageDraw.Draw(layer).polygon([self.at(*p) for p in points], fill=(*colour, alpha))
        self._image.alpha_composite(layer)

    def glow(self, x: float, y: float, z: float, r: float, colour: RGB, alpha: int) -> None:
        """A soft light of `r` pixels around a point."""
        px, py = self.at(x, y, z)
        reach = round(r * self._k * 1.6)
        layer = Image.new("L", (reach * 2, reach * 2), 0)
        far = r * self._k * 0.6
        box = (reach - far, reach - far, reach + far, reach + far)
        ImageDraw.Draw(layer).ellipse(box, fill=alpha)
        lit = Image.new("RGBA", layer.size, (*colour, 0))
        lit.putalpha(layer.filter(ImageFilter.GaussianBlur(r * self._k * 0.3)))
        self._image.alpha_composite(lit, (max(0, round(px) - reach), max(0, round(py) - reach)))

    def line(self, points: Sequence[Point], colour: RGB, width: float = 1.0) -> None:
        """A stroke with round ends, `width` in map pixels."""
        flat = [self.at(*p) for p in points]
        thick = max(1, round(width * self._k))
        self._draw.line(flat, fill=(*colour, 255), width=thick, joint="curve")
        for x, y in (flat[0], flat[-1]):
            self._spot(x, y, thick / 2, thick / 2, colour)

    def dot(self, x: float, y: float, z: float, r: float, colour: RGB) -> None:
        """A round dot of `r` map pixels."""
        self.oval(x, y, z, r, r, colour)

    def oval(self, x: float, y: float, z: float, rx: float, ry: float, colour: RGB) -> None:
        """An upright ellipse of `rx`, `ry` map pixels."""
        px, py = self.at(x, y, z)
        self._spot(px, py, rx * self._k, ry * self._k, colour)

    def disc(
        self, cx: float, cy: float, z: float, r: float, colour: RGB, ry: float | None = None
    ) -> None:
        """A level disc of `r` cells."""
        self.fill(ring(cx, cy, z, r, ry), colour)

    def contact(self, points: Sequence[Point]) -> None:
        """The ink where something stands on the ground."""
        self.line(points, palette.CONTACT, 1.1)

    def cast(self, base: Iterable[Flat], z: float, h: float) -> None:
        """The ground that a solid over `base`, from `z` up by `h`, darkens."""
        flat = [(y, x) if self.flip else (x, y) for x, y in base]
        both = [(x + CAST[0] * t, y + CAST[1] * t) for t in (z, z + h) for x, y in flat]
        self._shadows.append(hull(both))

    def sprite(self) -> Sprite:
        """The finished picture, cut to what is drawn."""
        return self._cut(self._image, self._k, self.scale)

    def shadow(self) -> Sprite | None:
        """The soft shadow at half the scale, None where nothing casts one."""
        if not self._shadows:
            return None
        # Blurred anyway, so it needs no fine drawing.
        coarse = self.scale
        size = (int(self._half * 2 * coarse), int(self._image.height / self._k * coarse))
        layer = Image.new("L", size, 0)
        pencil = ImageDraw.Draw(layer)
        for shape in self._shadows:
            points = [self._ground(x, y) for x, y in shape]
            pencil.polygon([(x / FINE, y / FINE) for x, y in points], fill=round(255 * SHADE))
        image = Image.new("RGBA", size, (*palette.INK, 0))
        image.putalpha(layer.filter(ImageFilter.GaussianBlur(0.9 * coarse)))
        return self._cut(image, coarse, self.scale / 2)

    def _spot(self, x: float, y: float, rx: float, ry: float, colour: RGB) -> None:
        self._draw.ellipse((x - rx, y - ry, x + rx, y + ry), fill=(*colour, 255))

    def _cut(self, image: Image.Image, had: float, scale: float) -> Sprite:
        """Shrink from `had` to `scale` pixels per map pixel, what is drawn only."""
        step = round(had / scale)
        left, top, right, bottom = image.getbbox() or (0, 0, step, step)
        left, top = left // step * step, top // step * step
        right, bottom = -(-right // step) * step, -(-bottom // step) * step
        small = image.crop((left, top, right, bottom)).reduce(step)
        corner = (round(self._half * scale), round(self._above * scale))
        return Sprite(small, left // step - corner[0], top // step - corner[1], scale)
