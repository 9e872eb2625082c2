"""The isometric pen: solids, roofs and walls, from back to front and from the ground up."""

from points.game.art import palette
from points.game.art.palette import RGB, mixed, tone
from points.game.art.shapes import Point, between
from points.game.art.solids import Solids
from points.game.art.walls import Wall


class Pen(Solids):
    """Everything an item is drawn with."""

    def wall(self, along: str, off: float) -> Wall:
        """The upright plane along `x` (at this y) or along `y` (at this x)."""
        return Wall(self, along, off)

    def gable(
        self,
        x: float,
        y: float,
        z: float,
        w: float,
        d: float,
        h: float,
        roof: str,
        wall: str,
        *,
        along: str = "x",
        over: float = 0.1,
    ) -> None:
        """A saddle roof with its ridge along `x` or `y`, and the gable wall under it."""
        if along == "y":
            self.flip = not self.flip
            self.gable(y, x, z, d, w, h, roof, wall, over=over)
            self.flip = not self.flip
            return
        self.cast([(x, y), (x + w, y), (x + w, y + d), (x, y + d)], z, h * 0.6)
        mid, low = y + d / 2, z - over * h / (d / 2)
        gable = [(x + w, y, z), (x + w, y + d, z), (x + w, mid, z + h)]
        self.fill(gable, tone(wall, self.side("y")))
        ridge = [(x + w + over, mid, z + h), (x - over, mid, z + h)]
        eaves = [(x - over, y + d + over, low), (x + w + over, y + d + over, low)]
        rear = [(x - over, y - over, low), (x + w + over, y - over, low)]
        shade = self.side("x") * 0.62
        self.fill([*rear, *ridge], tone(roof, 0.1))
        self.fill([*eaves, *ridge], tone(roof, shade))
        self.line(eaves, tone(roof, shade + 0.9), 1.2)
        lit = tone(roof, 0)
        self.line([eaves[1], ridge[0], rear[1]], mixed(lit, palette.CARD, 0.25), 1.5)
        self.line(ridge, mixed(lit, palette.CARD, 0.4), 1.2)

    def hip(
        self, x: float, y: float, z: float, w: float, d: float, h: float, roof: str, *, over: float
    ) -> None:
        """A hipped roof; a square base makes a pyramid."""
        x, y, w, d = x - over, y - over, w + 2 * over, d + 2 * over
        self.cast([(x, y), (x + w, y), (x + w, y + d), (x, y + d)], z, h * 0.5)
        half = min(w, d) / 2
        a, b = (x + half, y + half, z + h), (x + w - half, y + d - half, z + h)
        left, front, right, rear = (x, y + d, z), (x + w, y + d, z), (x + w, y, z), (x, y, z)
        self.fill([rear, right, b if w > d else a, a], tone(roof, 0.05))
        self.fill([rear, left, b if d > w else a, a], tone(roof, 0.0))
        self.fill([left, front, b, b if d > w else a], tone(roof, self.side("x") * 0.62))
        self.fill([front, right, b if w > d else a, b], tone(roof, self.side("y") * 0.62))
        bright = mixed(tone(roof, 0), palette.CARD, 0.3)
        self.line([left, front, right], tone(roof, 1.9), 1.2)
        self.line([front, b], bright, 1.1)
        self.line([a, b], bright, 1.1)

    def slabs(
        self,
        low: tuple[Point, Point],
        high: tuple[Point, Point],
        rows: int,
        colour: RGB,
        width: float = 0.6,
    ) -> None:
        """Lines of tiles or boards across a slope, from its low edge to its high edge."""
        for i in range(1, rows):
            t = i / rows
            self.line([between(low[0], high[0], t), between(low[1], high[1], t)], colour, width)

    def panels(
        self, a: Point, b: Point, c: Point, d: Point, *, columns: int, rows: int, shade: float
    ) -> None:
        """A field of solar panels: `a`-`b` is the low edge, `d`-`c` the high one."""
        self.fill([a, b, c, d], tone("panel", shade))
        glint = mixed(tone("panel", shade), tone("glass", 0), 0.5)
        self.fill(
            [
                between(a, b, 0.12),
                between(a, b, 0.3),
                between(d, c, 0.62),
                between(d, c, 0.44),
            ],
            mixed(tone("panel", shade), tone("glass", 0), 0.22),
        )
        for i in range(columns + 1):
            self.line([between(a, b, i / columns), between(d, c, i / columns)], glint, 0.5)
        for i in range(rows + 1):
            self.line([between(a, d, i / rows), between(b, c, i / rows)], glint, 0.5)
