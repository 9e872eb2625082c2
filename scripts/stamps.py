"""Remembering what is done: a stamp holds the digest of everything that a step depended on."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from layout import ROOT, VENV

# What tools write; it follows from the sources.
DERIVED_FOLDERS = {"__pycache__", "node_modules", "dist"}
DERIVED_SUFFIXES = (".mo", ".pyc")


def files_below(*folders: Path) -> Iterator[Path]:
    """Every source file below the folders (a file stands for itself); derived ones left out."""
    for folder in folders:
        if folder.is_file():
            yield folder
        for parent, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if name not in DERIVED_FOLDERS]
            sources = (name for name in names if not name.endswith(DERIVED_SUFFIXES))
            yield from (Path(parent, name) for name in sources)


def digest(files: Iterable[Path], *words: str) -> str:
    """A digest of the names and contents of `files`, and of `words` such as versions."""
    total = hashlib.sha256("\n".join(words).encode())
    for file in sorted(files):
        total.update(f"\n{file.relative_to(ROOT)}\n".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


@dataclass(frozen=True, slots=True)
class Stamp:
    """The mark of one finished step. All marks lie in the virtual environment and go with it."""

    name: str

    @property
    def _path(self) -> Path:
        return VENV / "stamps" / self.name

    def is_fresh(self, current: str, *, outputs: Iterable[Path] = ()) -> bool:
        """Whether the step was finished for exactly this digest and its outputs still exist."""
        try:
            same = self._path.read_text() == current
        except FileNotFoundError:
            return False
        return same and all(output.exists() for output in outputs)

    def record(self, current: str) -> None:
        """Note that the step is finished for this digest."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(current)
