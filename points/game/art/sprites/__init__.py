"""One drawing function per item; a new file here is found by its presence."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from points.game.art.pen import Pen

Drawing = Callable[[Pen, int], None]
_DRAWINGS: dict[str, Drawing] = {}
_LEVELS: dict[str, int] = {}


def sprite(item: str, *, levels: int = 1) -> Callable[[Drawing], Drawing]:
    """
    Register the drawing of an item; `levels` says how many building levels look different.

    The drawing gets the pen and the level and works from back to front.
    """

    def register(drawing: Drawing) -> Drawing:
        _DRAWINGS[item], _LEVELS[item] = drawing, levels
        return drawing

    return register


@lru_cache(maxsize=1)
def drawings() -> dict[str, Drawing]:
    """Every drawing by item id."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(_DRAWINGS)


def levels_of(*, item: str) -> int:
    """How many looks an item has."""
    drawings()
    return _LEVELS[item]
