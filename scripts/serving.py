"""`./run`: everything installed, built and served from one process, on this machine."""

import argparse
import errno
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import checking
import locks
import node
import screens
import wheels
from layout import PYTHON, ROOT, Complaint, child_environment, data_folder

DEFAULT_PORT = 8000


def run(arguments: Sequence[str]) -> int:
    """
    Serve the campus until Ctrl-C, or ask it once and stop (`--check`).

    :raises Complaint: if something is missing, or the port or the data folder is taken
    """
    options = _parser().parse_args(arguments)
    locks.serve_alone(data_folder())
    port = _free_port() if options.check else options.port
    _refuse_taken(port)
    prepare(wheels.RUNTIME)
    command = [str(PYTHON), "manage.py", "serve", "--port", str(port)]
    return checking.check(command, port=port) if options.check else _become(command)


def _become(command: list[str]) -> NoReturn:
    """Turn this process into the server, so that signals reach it and the lock stays with it."""
    os.chdir(ROOT)
    os.execve(command[0], command, child_environment())  # noqa: S606 -- no shell is wanted


def prepare(locked: Path) -> None:
    """Install the wheels of a lock file and build the screens; says nothing if all is done."""
    with locks.preparing():
        wheels.install(locked, title="Python packages")
        screens.build(installed=node.find())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./run", description="Serve the campus on this machine until Ctrl-C."
    )
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help="default: %(default)s")
    parser.add_argument(
        "--check", action="store_true", help="start on a free port, ask each surface once, stop"
    )
    return parser


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            taken = problem.errno == errno.EADDRINUSE
            why = "is taken by another program" if taken else "may not be opened by this user"
            raise Complaint(
                f"Port {port} {why}: choose another one, for example ./run --port {_free_port()}."
            ) from problem
