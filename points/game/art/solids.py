"""Solids: boxes, prisms, round things, and the leafy crowns of trees."""

from collections.abc import Sequence
from math import cos, hypot, pi, sin

from points.game.art import palette
from points.game.art.canvas import TALL, Canvas
from points.game.art.palette import RGB, mixed, tone
from points.game.art.shapes import Flat, Point, normal, ring

Puff = tuple[float, float, float, float]
# Three clean bands of a round thing: how far each moves to the light, its size, its tone.
BANDS = ((0.0, 1.0, 1.9), (0.13, 0.86, 1.0), (0.36, 0.55, 0.05))


class Solids(Canvas):
    """A canvas that knows volumes."""

    def face(self, points: Sequence[Point], token: str, shift: float = 0.0) -> None:
        """A flat face toned by its direction; counter-clockwise as seen from outside."""
        self.fill(points, tone(token, self.depth(normal(points)) + shift))

    def box(
        self,
        x: float,
        y: float,
        z: float,
        w: float,
        d: float,
        h: float,
        token: str,
        *,
        top: str | None = None,
        edge: float = 0.35,
    ) -> None:
        """An upright box from its low corner, a light edge at the top, ink on the ground."""
        self.cast([(x, y), (x + w, y), (x + w, y + d), (x, y + d)], z, h)
        low = [(x, y + d, z), (x + w, y + d, z), (x + w, y, z)]
        high = [(a, b, z + h) for a, b, _ in low]
        self.fill([low[0], low[1], high[1], high[0]], tone(token, self.side("x")))
        self.fill([low[1], low[2], high[2], high[1]], tone(token, self.side("y")))
        lid = tone(top or token, 0)
        self.fill([(x, y, z + h), *high], lid)
        if edge:
            self.line(high, mixed(lid, palette.CARD, edge), 0.7)
        if z == 0:
            self.contact(low)

    def prism(
        self, base: Sequence[Flat], z: float, h: float, token: str, *, top: str | None = None
    ) -> None:
        """An upright solid over a convex base that runs from x towards y."""
        self.cast(base, z, h)
        for a, b in zip(base, [*base[1:], base[0]], strict=True):
            nx, ny = b[1] - a[1], a[0] - b[0]
            if nx + ny > 0:
                size = hypot(nx, ny)
                shade = tone(token, self.depth((nx / size, ny / size, 0.0)))
                self.fill([(*a, z), (*b, z), (*b, z + h), (*a, z + h)], shade)
                if z == 0:
                    self.contact([(*a, 0), (*b, 0)])
        self.fill([(x, y, z + h) for x, y in base], tone(top or token, 0))

    def cylinder(
        self,
        cx: float,
        cy: float,
        z: float,
        r: float,
        h: float,
        token: str,
        *,
        r_top: float | None = None,
        top: str | None = None,
    ) -> None:
        """A round solid, changing to `r_top` (0 makes a cone), toned softly around."""
        upper = r if r_top is None else r_top
        self.cast([p[:2] for p in ring(cx, cy, 0, max(r, upper))], z, h)
        low, high = ring(cx, cy, z, r), ring(cx, cy, z + h, upper)
        lean = max((r - upper) / h, 0.0) if h else 0.0
        n = len(low)
        for i in sorted(range(n), key=lambda i: _toward(i, n)):
            j, angle = (i + 1) % n, 2 * pi * (i + 0.5) / n
            shade = tone(token, self.depth((cos(angle), sin(angle), lean)))
            self.fill([low[i], low[j], high[j], high[i]], shade)
        if upper > 0:
            self.fill(high, tone(top or token, 0))
        if z == 0 and r > 0:
            near = [p for i, p in enumerate(low) if _toward(i - 0.5, n) >= -0.01]
            self.contact(sorted(near, key=lambda p: self.at(*p)[0]))

    def ball(self, cx: float, cy: float, cz: float, r: float, token: str) -> None:
        """A ball of `r` units in three bands."""
        self.cast([p[:2] for p in ring(cx, cy, 0, r)], max(cz - r, 0), r * 1.6)
        for shift, size, depth in BANDS:
            self.band(cx, cy, cz, r * 38, shift, size, tone(token, depth))

    def dome(self, cx: float, cy: float, z: float, r: float, h: float, token: str) -> None:
        """A dome of `r` cells and `h` units, as rings of narrowing cylinders."""
        steps = 10
        for i in range(steps):
            a, b = pi / 2 * i / steps, pi / 2 * (i + 1) / steps
            low, high = h * sin(a), h * sin(b)
            self.cylinder(cx, cy, z + low, r * cos(a), high - low, token, r_top=r * cos(b))

    def crown(self, puffs: Sequence[Puff], token: str, *, dabs: int = 26, dab: float = 2.0) -> None:
        """Puffs `(x, y, z, pixels)` melted together in three bands, with a few loose leaves."""
        for x, y, z, r in puffs:
            self.cast(
                [p[:2] for p in ring(x, y, 0, r / 44)], max(z - r / TALL, 0.1), r / TALL * 1.4
            )
        for shift, size, depth in BANDS:
            for x, y, z, r in puffs:
                self.band(x, y, z, r, shift, size, tone(token, depth))
        for _ in range(dabs):
            x, y, z, r = puffs[self.random.randrange(len(puffs))]
            self._leaf(x, y, z, r, token, dab)

    def band(
        self, x: float, y: float, z: float, r: float, shift: float, size: float, colour: RGB
    ) -> None:
        """A disc of `r * size` pixels moved by `r * shift` towards the light."""
        px, py = self.at(x, y, z)
        k = self._k
        self._spot(
            px - r * shift * 0.75 * k, py - r * shift * k, r * size * k, r * size * k, colour
        )

    def _leaf(self, x: float, y: float, z: float, r: float, token: str, size: float) -> None:
        angle, far = self.random.uniform(0, 2 * pi), self.random.uniform(0.2, 0.95)
        dx, dy = cos(angle) * r * far, sin(angle) * r * far
        lit = (-dx * 0.75 - dy) / r
        depth = 0.0 if lit > 0.3 else (0.7 if lit > -0.3 else 1.4)
        px, py = self.at(x, y, z)
        colour, k = tone(token, depth), self._k
        self._spot(px + dx * k, py + dy * k, size * k, size * 0.6 * k, colour)


def _toward(i: float, n: int) -> float:
    """How much the i-th side of a round thing looks at the viewer."""
    angle = 2 * pi * (i + 0.5) / n
    return cos(angle) + sin(angle)
