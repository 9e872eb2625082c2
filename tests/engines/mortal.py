"""Servers that a test kills and starts again, with whatever they had left on their disk."""

import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.engines.servers import START_LIMIT_SECONDS

# However the test run ends, even killed: the end of the guard's input ends the server.
GUARD = 'read -r _; kill -"$1" "$2" 2>/dev/null'


class Mortal:
    """A program in a folder of its own. It may be started again whenever it is dead."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        folder: Path,
        ready: Callable[[], bool] = lambda: True,
        user: str | None = None,
        environment: Mapping[str, str] | None = None,
        kind_end: signal.Signals = signal.SIGKILL,
    ) -> None:
        self.folder, self._command, self._ready = folder, command, ready
        self._user, self._environment, self._end = user, environment, kind_end
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its process id, as last started."""
        assert self._process is not None
        return self._process.pid

    @property
    def pid_file(self) -> Path:
        """Where others find its process id; whoever kills it takes the file away."""
        return self.folder / "victim.pid"

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def start(self, **environment: str) -> None:
        """
        Start it, with some more in its environment, and wait until it answers.

        :raises RuntimeError: if it does not answer in time, with the end of its log
        """
        self.end()
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={**(self._environment or {}), **environment},
                user=self._user,
                start_new_session=True,
            )
        self.pid_file.write_text(str(self.pid))
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", GUARD, "guard", str(int(self._end)), str(self.pid)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        self._wait(self._ready, "it does not answer", within=START_LIMIT_SECONDS)

    def kill(self, by: signal.Signals = signal.SIGKILL) -> None:
        """Send it a signal that ends it, and wait until it is gone."""
        self.send(by)
        self.wait(within=START_LIMIT_SECONDS)

    def send(self, by: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(by)

    def wait(self, *, within: float) -> None:
        """
        Wait until it is gone.

        :raises RuntimeError: if it lives on
        """
        self._wait(lambda: not self.alive, "it lives on", within=within)

    def end(self) -> None:
        """Let it be gone, if it is not."""
        if self.alive:
            self.kill(self._end)
        if self._guard is not None and self._guard.stdin:
            self._guard.stdin.close()
            self._guard.wait(timeout=START_LIMIT_SECONDS)
            self._guard = None

    def remove(self) -> None:
        """End it, and remove its folder."""
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self) -> str:
        """The end of what it said."""
        return (self.folder / "server.log").read_text(errors="replace")[-4000:]

    def _wait(self, until: Callable[[], bool], complaint: str, *, within: float) -> None:
        deadline = time.monotonic() + within
        while not until():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self._command[0]}: {complaint}\n{self.log()}")
            time.sleep(0.02)
