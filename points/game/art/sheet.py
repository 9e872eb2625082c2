"""
The frames that were drawn for the phone, read back: a sheet is decoded in a tenth of the time that
drawing it takes, so that the first picture of a process is soon there.

Where no sheet was drawn, or for another version of the rules, pictures are drawn anew.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from PIL import Image

from points.game.art.canvas import Sprite
from points.game.rules import book as rules_book


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet as it was drawn: see `Atlas` for what its frames say."""

    image: Image.Image
    frames: Mapping[str, tuple[int, ...]]
    scale: float

    def frame(self, *, name: str) -> Sprite | None:
        """One picture; None where nothing is drawn under this name, as what casts no shadow."""
        if name not in self.frames:
            return None
        x, y, w, h, left, top, shrunk = self.frames[name]
        return Sprite(self.image.crop((x, y, x + w, y + h)), left, top, self.scale / (shrunk + 1))


@lru_cache(maxsize=1)
def current() -> Sheet | None:
    """The sheet of the rules in force; None where none was drawn."""
    told, drawn = settings.SPRITES_DIR / "atlas.json", settings.SPRITES_DIR / "atlas.webp"
    if not told.exists() or not drawn.exists():
        return None
    read = json.loads(told.read_text(encoding="utf-8"))
    if read["rules_version"] != rules_book.current().version:
        return None
    with Image.open(drawn) as image:
        return Sheet(image.convert("RGBA"), read["frames"], read["scale"])
