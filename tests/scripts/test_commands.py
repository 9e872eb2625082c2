"""`./run` says in one sentence what keeps it from starting, before it installs anything."""

import fcntl
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def refusal(*arguments: str, **environment: str) -> str:
    """What `./run` says when it will not start; one line, exit code 1."""
    done = subprocess.run(
        [ROOT / "run", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    sentence, end = done.stderr.split("\n")
    assert end == ""
    return sentence


def _path_with_python(folder: Path, *, verdict: str) -> str:
    """A PATH on which the only Python gives this verdict about itself."""
    folder.mkdir()
    for tool in ("dirname", "sh"):
        (folder / tool).symlink_to(f"/bin/{tool}" if tool == "sh" else f"/usr/bin/{tool}")
    python = folder / "python3"
    python.write_text(f"#!/bin/sh\necho {verdict}\n")
    python.chmod(0o755)
    return str(folder)


def test_a_taken_port_is_named_with_a_free_one(data: Path, taken_port: int) -> None:
    said = refusal("--port", str(taken_port), CAMPUS_DATA_DIR=str(data))
    assert said.startswith(f"Port {taken_port} is taken by another program: choose another one")


def test_a_second_terminal_is_refused_while_the_first_serves(data: Path) -> None:
    lock = os.open(data, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        said = refusal(CAMPUS_DATA_DIR=str(data))
    finally:
        os.close(lock)
    assert said.startswith(f"Another terminal already serves the data in {data}")


def test_a_data_folder_that_cannot_be_made_is_named(data: Path) -> None:
    (data / "file").touch()
    said = refusal(CAMPUS_DATA_DIR=str(data / "file" / "var"))
    assert "cannot be made (Not a directory)" in said


def test_an_old_python_is_named_with_its_version(tmp_path: Path) -> None:
    path = _path_with_python(tmp_path / "bin", verdict="old 3.9.2")
    said = refusal(PATH=path, CAMPUS_PYTHON="")
    assert said == "This needs Python 3.11 or newer, and the one found here is 3.9.2."


def test_a_python_that_cannot_make_environments_names_its_package(tmp_path: Path) -> None:
    path = _path_with_python(tmp_path / "bin", verdict="bare 3.12.1")
    assert "apt install python3-venv" in refusal(PATH=path, CAMPUS_PYTHON="")
