"""`./run --check`: start the real server, ask each surface once, stop it again."""

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from http.client import HTTPException

from layout import ROOT, Complaint, child_environment

SURFACES = {
    "/": "the student's screens",
    "/manager/": "the manager's screens",
    "/counter/": "the counter's screens",
    "/api/v1/schema/": "the description of the API",
}
# The first start builds the demo campus, which may take minutes on a slow machine.
START_LIMIT_SECONDS = 600
STOP_LIMIT_SECONDS = 30

# This machine talks to itself: a proxy of the environment has no part in it.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def check(command: Sequence[str], *, port: int) -> int:
    """
    Start the server, ask every surface, stop the server; 0 if all answered.

    :raises Complaint: naming the first thing that did not work
    """
    started = time.monotonic()
    server = subprocess.Popen(command, cwd=ROOT, env=child_environment())
    try:
        _wait_until_ready(server, port=port)
        print(f"Ready after {time.monotonic() - started:.0f} s; asking each surface once:")
        for path, title in SURFACES.items():
            size = len(_ask(port, path))
            print(f"  {path:18} answers with {size:>7} bytes  {title}", flush=True)
    finally:
        _stop(server)
    print("Everything answered and stopped.")
    return 0


def _wait_until_ready(server: subprocess.Popen[bytes], *, port: int) -> None:
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Complaint(
                f"The server stopped while starting (exit code {server.returncode}); "
                "the lines above say why."
            )
        try:
            _ask(port, "/healthz")
        except Complaint:
            time.sleep(0.2)
        else:
            return
    raise Complaint(f"The server was not ready after {START_LIMIT_SECONDS} seconds.")


def _ask(port: int, path: str) -> bytes:
    try:
        with _opener.open(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            body: bytes = answer.read()
    except urllib.error.HTTPError as refusal:
        raise Complaint(f"{path} answered with {refusal.code} instead of 200.") from refusal
    except (OSError, HTTPException) as problem:
        raise Complaint(f"{path} did not answer ({problem}).") from problem
    if not body:
        raise Complaint(f"{path} answered with nothing.")
    return body


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=STOP_LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
        raise Complaint(
            f"The server did not stop within {STOP_LIMIT_SECONDS} seconds and was ended by force."
        ) from None
