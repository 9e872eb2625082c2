"""One terminal at a time: locks on folders, which leave no file behind and end with the process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from layout import SCRIPTS, Complaint


@contextmanager
def preparing() -> Iterator[None]:
    """Install and build alone; a second terminal waits for the first and then finds all done."""
    lock = os.open(SCRIPTS, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another terminal is installing; waiting for it.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def serve_alone(folder: Path) -> None:
    """
    Keep `folder` for this process and whatever it turns into.

    :raises Complaint: if another terminal serves the same data
    """
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Complaint(
            f"Another terminal already serves the data in {folder}: stop it there with Ctrl-C, "
            "or name another folder with CAMPUS_DATA_DIR."
        ) from None
    os.set_inheritable(lock, True)  # the server that replaces this process holds it further
