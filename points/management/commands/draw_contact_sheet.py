"""Draw all of the mini-campus side by side: `manage.py draw_contact_sheet [--out FILE]`."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from points.game.art import contact

OUT = Path(settings.BASE_DIR) / "docs" / "pictures" / "mini-campus.webp"


class Command(BaseCommand):
    help = "All drawings of the mini-campus at the size of a phone, and a town in four lights."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, default=OUT, help="file to write")

    def handle(self, *, out: Path, **_: object) -> None:
        out.parent.mkdir(parents=True, exist_ok=True)
        contact.sheet().save(out, quality=88, method=6)
        self.stdout.write(f"{out.name}: {out.stat().st_size} bytes")
