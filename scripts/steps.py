"""Running one step of preparation: a title if it goes well, its output if it does not."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from layout import ROOT, Complaint


def perform(
    title: str,
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str],
    folder: Path = ROOT,
    advice: str = "",
) -> None:
    """
    Run a command quietly and say how long it took.

    :raises Complaint: if it fails, after printing what it had to say
    """
    print(f"  {title} ...", end="", flush=True)
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        print(" failed", flush=True)
        print(done.stdout[-6000:].rstrip(), flush=True)
        raise Complaint(f"“{title}” failed; the lines above say why.{advice and ' ' + advice}")
    print(f" {time.monotonic() - started:.0f} s", flush=True)
