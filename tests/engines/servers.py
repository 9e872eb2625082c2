"""Real servers for tests: started in a temporary folder, gone when the test run is gone."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

START_LIMIT_SECONDS = 30
MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 2 * 1024**3

# A keeper waits for the end of its input, which comes however the test run ends (even killed),
# then stops the server and clears its folder.
KEEPER = """
signal=$1 folder=$2; shift 2
"$@" >"$folder/server.log" 2>&1 &
read -r _
kill -"$signal" $! && wait $!
rm -rf -- "$folder"
"""


class EngineMissing(Exception):
    """A server or browser is not installed; the text says which package brings it."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and the pipe that keeps it running."""

    folder: Path
    keeper: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if self.keeper.stdin:
            self.keeper.stdin.close()
        self.keeper.wait(timeout=START_LIMIT_SECONDS)


def own_folder(name: str, *, owner: str | None = None, in_memory: bool = True) -> Path:
    """A temporary folder, in memory if wanted and roomy enough; `owner` None is ourselves."""
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES
    parent = MEMORY if in_memory and roomy else None
    folder = Path(tempfile.mkdtemp(prefix=f"campus-{name}-", dir=parent))
    if owner:
        shutil.chown(folder, owner)
    return folder


def lent_user() -> str | None:
    """For servers that refuse to run as root: the name that root lends them; None if not root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def start(
    command: Sequence[str | Path],
    *,
    folder: Path,
    stop_signal: str,
    ready: Callable[[], bool],
    user: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Server:
    """
    Start a server, as another user if one is named, and wait until it answers.

    :raises RuntimeError: if it does not answer in time, with the end of its log
    """
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", KEEPER, "keeper", stop_signal, folder, *command],
        stdin=subprocess.PIPE,
        cwd=folder,
        env=environment,
        user=user,
        start_new_session=True,  # Ctrl-C is for the tests; the server ends with its pipe
    )
    server = Server(folder=folder, keeper=keeper)
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while not ready():
        if time.monotonic() > deadline:
            log = (folder / "server.log").read_text(errors="replace")[-2000:]
            server.stop()
            raise RuntimeError(f"{Path(command[0]).name} did not start:\n{log}")
        time.sleep(0.02)
    return server


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
