"""Where things lie, and the environment in which children run."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "scripts"
FRONTEND = ROOT / "frontend"
VENV = ROOT / ".venv"
VENV_BIN = VENV / "bin"
PYTHON = VENV_BIN / "python"


class Complaint(Exception):
    """A reason to stop that a person can act on, said in one sentence."""


def data_folder() -> Path:
    """The folder that keeps the database, files and keys of this campus; made if it is new."""
    folder = Path(os.environ.get("CAMPUS_DATA_DIR") or ROOT / "var").absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Complaint(
            f"The data folder {folder} cannot be made ({problem.strerror}): "
            "name another one with CAMPUS_DATA_DIR."
        ) from problem
    return folder


def child_environment(*, path_first: Path | None = None) -> dict[str, str]:
    """
    The caller's environment without what would change how our own Python and Django run.

    Without compiled files every management command would compile all of Django again.
    """
    unwanted = {
        "DJANGO_SETTINGS_MODULE",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONHOME",
        "PYTHONPATH",
        "VIRTUAL_ENV",
    }
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    kept["CAMPUS_DATA_DIR"] = str(data_folder())
    first = [str(VENV_BIN)] if path_first is None else [str(path_first), str(VENV_BIN)]
    kept["PATH"] = os.pathsep.join([*first, kept.get("PATH", os.defpath)])
    return kept
