"""The files that a clone holds, without what tools derive from them."""

import os
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT

DERIVED = {"node_modules", "dist", "generated", "__pycache__", "var"}
CODE = {".py", ".ts", ".svelte", ".css", ".js"}


def files() -> Iterator[Path]:
    """Every file of the repository."""
    for folder, inner, names in os.walk(ROOT):
        hidden = {name for name in inner if name.startswith(".") and name != ".ci"}
        inner[:] = sorted(set(inner) - hidden - DERIVED)
        yield from (Path(folder, name) for name in sorted(names) if not name.endswith(".pyc"))


def code() -> Iterator[Path]:
    """Every file of code, migrations left out: a tool writes those."""
    for file in files():
        if file.suffix in CODE and "migrations" not in file.parts:
            yield file


def shown(file: Path) -> str:
    """A path as a reader knows it."""
    return file.relative_to(ROOT).as_posix()
