"""Draw the mini-campus for the client: `manage.py draw_sprites [--out DIR]`, without a database."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from PIL import Image

from points.game.art import atlas
from points.game.art.palette import HOURS, SEASONS
from points.game.rules import book as rules_book

ICON = 96


class Command(BaseCommand):
    """Write atlas.webp, atlas.json and icons/<item>.webp."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--out", type=Path, default=settings.SPRITES_DIR, help="folder to write into"
        )

    def handle(self, *, out: Path, **_: object) -> None:
        book = rules_book.current()
        (out / "icons").mkdir(parents=True, exist_ok=True)
        made = atlas.build(book=book)
        _save(atlas.in_few_colours(made=made), out / "atlas.webp")
        (out / "atlas.json").write_text(_told(made, book.version), encoding="utf-8")
        drawn = [item for item in book.items.values() if item.on_sale]
        for item in drawn:
            icon = atlas.icon(made=made, item=item, size=ICON)
            _save(atlas.few_colours(image=icon), out / "icons" / f"{item.id}.webp")
        size = (out / "atlas.webp").stat().st_size
        self.stdout.write(f"{len(drawn)} items, {len(made.frames)} frames, {size} bytes of WebP")


def _save(image: Image.Image, path: Path) -> None:
    # Without loss, few colours are both smaller and crisper than lossy WebP.
    image.save(path, "WEBP", lossless=True, quality=80, method=4)


def _told(made: atlas.Atlas, rules_version: str) -> str:
    told = {
        "rules_version": rules_version,
        "image": "atlas.webp",
        "scale": made.scale,
        "size": made.image.size,
        "frames": made.frames,
        "lights": {name: [*tint, share] for name, (tint, share) in (SEASONS | HOURS).items()},
    }
    return json.dumps(told, separators=(",", ":"))
