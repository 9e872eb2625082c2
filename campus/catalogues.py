"""The server's texts: `.po` files are kept, `.mo` files are made from them where they run."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.reloader import translation_file_changed

LOCALE = Path(__file__).parent / "locale"


def sources() -> list[Path]:
    """Every catalogue of the server."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def compile_all() -> None:
    """Make each `.mo` that is older than its `.po`; this process speaks them from then on."""
    for source in sources():
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as po, target.open("wb") as mo:
                write_mo(mo, read_po(po))
            # A language that was spoken before its file was made would stay without it.
            translation_file_changed(sender=None, file_path=target)
