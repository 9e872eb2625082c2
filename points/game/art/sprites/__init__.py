"""One drawing function per item; a new file here is found by its presence."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from points.game.art.pen import Pen

Drawing = Callable[[Pen], None]
_DRAWINGS: dict[str, Drawing] = {}


def sprite(item: str) -> Callable[[Drawing], Drawing]:
    """Register the drawing of an item, which gets the pen and works from back to front."""

    def register(drawing: Drawing) -> Drawing:
        _DRAWINGS[item] = drawing
        return drawing

    return register


@lru_cache(maxsize=1)
def drawings() -> dict[str, Drawing]:
    """Every drawing by item id."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(_DRAWINGS)
