"""What stands around an upgraded building: level 2 a planted front, level 3 its flags and sun."""

from points.game.art import palette
from points.game.art.palette import tone
from points.game.art.pen import Pen


def grown(pen: Pen, level: int) -> None:
    """Drawn over the front of a building of the pen's size."""
    w, d = pen.w, pen.d
    _hedge_x(pen, w, d)
    _hedge_y(pen, w, d)
    for x, y in ((0.08, d - 0.06), (w - 0.06, 0.08)):
        _lamp(pen, x, y)
    if level > 2:
        _flag(pen, 0.3, d - 0.04, "clay")
        _flag(pen, w - 0.04, 0.3, "panel")
        _panels(pen, w, d)


def _hedge_x(pen: Pen, w: float, d: float) -> None:
    """Along the left front, with a gap for the door."""
    for number in range(int(w * 4)):
        x = 0.2 + number * 0.25
        if abs(x - w * 0.42) > 0.26 and x < w - 0.1:
            _bush(pen, x, d - 0.03, number)


def _hedge_y(pen: Pen, w: float, d: float) -> None:
    for number in range(int(d * 4)):
        y = 0.24 + number * 0.25
        if y < d - 0.12:
            _bush(pen, w - 0.03, y, number + 1)


def _bush(pen: Pen, x: float, y: float, number: int) -> None:
    pen.oval(x, y, 0.08, 4.6, 3.6, tone("leaf", 1.5))
    pen.oval(x - 0.02, y + 0.01, 0.12, 3.4, 2.5, tone("leaf", 0.5))
    bloom = ("cosmos", "sun", "blossom")[number % 3]
    pen.dot(x + 0.02, y, 0.16, 1.3, tone(bloom, 0.3))
    pen.dot(x - 0.06, y + 0.03, 0.1, 1.1, tone(bloom, 0.0))


def _lamp(pen: Pen, x: float, y: float) -> None:
    pen.line([(x, y, 0), (x, y, 0.62)], tone("iron", 1.4), 1.6)
    pen.dot(x, y, 0.68, 2.6, tone("sun", 0.1))
    pen.dot(x, y, 0.7, 1.2, palette.CARD)


def _flag(pen: Pen, x: float, y: float, token: str) -> None:
    pen.line([(x, y, 0), (x, y, 1.5)], tone("timber", 0.8), 1.8)
    pen.fill([(x, y, 1.48), (x + 0.34, y - 0.04, 1.4), (x, y, 1.16)], tone(token, 0.3))
    pen.dot(x, y, 1.52, 1.5, tone("sun", 0.6))


def _panels(pen: Pen, w: float, d: float) -> None:
    """A small rack of panels beside the front corner: the house has a sun of its own."""
    x, y = w - 0.52, d - 0.02
    pen.line([(x, y, 0), (x, y, 0.3)], tone("iron", 1.2), 1.4)
    pen.line([(x + 0.42, y - 0.3, 0), (x + 0.42, y - 0.3, 0.3)], tone("iron", 1.2), 1.4)
    a, b = (x - 0.08, y + 0.04, 0.2), (x + 0.5, y - 0.34, 0.2)
    c, e = (x + 0.44, y - 0.5, 0.52), (x - 0.14, y - 0.12, 0.52)
    pen.panels(a, b, c, e, columns=3, rows=2, shade=0.5)
