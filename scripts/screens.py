"""
Building the three surfaces, step by step, each only when something it depends on has changed.

To add a step, add a line to `steps()`: what it runs, what it reads, what it leaves behind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import node
from layout import FRONTEND, PYTHON, ROOT, child_environment
from stamps import Stamp, digest, files_below
from steps import perform

GENERATED = FRONTEND / "shared" / "generated"
SERVER = [ROOT / "campus", ROOT / "meters", ROOT / "points"]


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the build with what it reads and what it leaves behind."""

    name: str
    title: str
    command: tuple[str | Path, ...]
    reads: tuple[Path, ...]
    leaves: tuple[Path, ...]
    folder: Path = FRONTEND


def build(*, installed: node.Node) -> None:
    """
    Have `frontend/dist` as the sources want it.

    :raises Complaint: if a step fails
    """
    environment = child_environment(path_first=installed.folder) | {
        "NPM_CONFIG_AUDIT": "false",
        "NPM_CONFIG_FUND": "false",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
    }
    for step in steps(installed):
        stamp, wanted = Stamp(f"screens-{step.name}"), _digest(step, installed)
        if stamp.is_fresh(wanted, outputs=step.leaves):
            continue
        perform(step.title, step.command, environment=environment, folder=step.folder)
        stamp.record(wanted)


def steps(installed: node.Node) -> Iterable[Step]:
    """The steps in their order; each later one may read what an earlier one left."""
    packages = (FRONTEND / "package.json", FRONTEND / "package-lock.json")
    yield Step(
        name="openapi",
        title="Description of the API",
        command=(PYTHON, "manage.py", "export_openapi"),
        reads=(*SERVER, ROOT / "requirements.txt"),
        leaves=(GENERATED / "openapi.json",),
        folder=ROOT,
    )
    yield Step(
        name="sprites",
        title="Pictures of the game",
        command=(PYTHON, "manage.py", "draw_sprites"),
        reads=(ROOT / "points" / "game", ROOT / "requirements.txt"),
        leaves=(GENERATED / "game" / "atlas.webp",),
        folder=ROOT,
    )
    yield Step(
        name="packages",
        title="Packages of the screens",
        command=(*installed.npm, "ci", "--ignore-scripts"),
        reads=packages,
        leaves=(FRONTEND / "node_modules" / ".package-lock.json",),
    )
    yield Step(
        name="types",
        title="Types of the API",
        command=(*installed.npm, "run", "types"),
        reads=(*packages, GENERATED / "openapi.json"),
        leaves=(GENERATED / "schema.d.ts",),
    )
    yield Step(
        name="pages",
        title="Screens",
        command=(*installed.npm, "run", "build"),
        reads=(FRONTEND,),
        leaves=tuple(
            FRONTEND / "dist" / surface / "index.html"
            for surface in ("student", "manager", "counter")
        ),
    )


def _digest(step: Step, installed: node.Node) -> str:
    return digest(files_below(*step.reads), installed.version, *map(str, step.command[1:]))
