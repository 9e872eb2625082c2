"""For developers: bring the server's catalogues up to date with what the code says."""

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand

from campus import catalogues

APPS = ("campus", "meters", "points")
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None}


class Command(BaseCommand):
    help = "Add new texts to each catalogue, drop those no longer said, list what is untranslated."

    def handle(self, *args: Any, **options: Any) -> None:
        said = texts()
        for path in catalogues.sources():
            catalogue = _updated(path, said)
            with path.open("wb") as file:
                write_po(file, catalogue, width=100, no_location=True, ignore_obsolete=True)
            missing = [message.id for message in catalogue if message.id and not message.string]
            self.stdout.write(f"{path.parent.parent.name}: {len(missing)} untranslated")
            for text in missing:
                self.stdout.write(f"  {text}")


def texts() -> list[str]:
    """Every text that the code marks for translation, sorted."""
    found: set[str] = set()
    for app in APPS:
        for _file, _line, message, _comments, _context in extract_from_dir(
            str(settings.BASE_DIR / app), keywords=KEYWORDS
        ):
            found.add(message if isinstance(message, str) else message[0])
    return sorted(found)


def _updated(path: Path, said: list[str]) -> Catalog:
    with path.open("rb") as file:
        old = read_po(file)
    told = {message.id: message.string for message in old if message.id}
    new = Catalog(
        locale=old.locale,
        header_comment="# What the server says. Kept by `manage.py collect_texts`.",
        project="Low-Carbon Campus",
        creation_date=old.creation_date,
        revision_date=old.revision_date,
        fuzzy=False,
    )
    for text in said:
        new.add(text, string=told.get(text, ""))
    return new
