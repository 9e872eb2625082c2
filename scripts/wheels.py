"""The virtual environment and its pinned wheels: uv when it can be had, pip otherwise."""

import subprocess
import sys
from pathlib import Path

from layout import PYTHON, ROOT, SCRIPTS, VENV, VENV_BIN, Complaint, child_environment
from stamps import Stamp, digest
from steps import perform

RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"
UV = SCRIPTS / "uv.txt"
NODE = SCRIPTS / "node.txt"

NEEDS_NETWORK = "The first start needs the network; later ones do not."


def install(locked: Path, *, title: str) -> None:
    """Have every wheel of the lock file in the virtual environment; does nothing if it is so."""
    _ensure_environment()
    if _is_installed(locked):
        return
    environment = child_environment()
    try:
        install_uv()
        uv: list[str | Path] = [VENV_BIN / "uv", "pip", "install", "--python", PYTHON, "--quiet"]
        perform(title, [*uv, *_pinned(locked)], environment=environment)
    except Complaint:
        print("  Trying again with pip, which takes longer.", flush=True)
        perform(title, _pip(locked), environment=environment, advice=NEEDS_NETWORK)
    _record(locked)
    if locked == DEVELOPMENT:  # which holds all of the runtime's wheels in the same versions
        _record(RUNTIME)


def install_uv() -> None:
    """Have uv, which installs in seconds what takes pip minutes."""
    _ensure_environment()
    if not _is_installed(UV):
        perform("A fast installer", _pip(UV), environment=child_environment())
        _record(UV)


def _ensure_environment() -> None:
    if _runs(PYTHON):
        return
    command: list[str | Path] = [sys.executable, "-m", "venv", "--clear", VENV]
    perform("A Python environment of its own", command, environment=child_environment())


def _runs(python: Path) -> bool:
    """Whether the interpreter is there and still starts (its system Python may be gone)."""
    try:
        return subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _pip(locked: Path) -> list[str | Path]:
    quietly = ["--quiet", "--disable-pip-version-check"]
    return [PYTHON, "-m", "pip", "install", *quietly, *_pinned(locked)]


def _pinned(locked: Path) -> list[str | Path]:
    """Exactly the files of the lock, and never a package that would have to be compiled."""
    return ["--require-hashes", "--only-binary", ":all:", "-r", locked]


def _is_installed(locked: Path) -> bool:
    return _stamp(locked).is_fresh(_digest(locked))


def _record(locked: Path) -> None:
    _stamp(locked).record(_digest(locked))


def _stamp(locked: Path) -> Stamp:
    return Stamp(f"wheels-{locked.stem}")


def _digest(locked: Path) -> str:
    return digest([locked], (VENV / "pyvenv.cfg").read_text())
