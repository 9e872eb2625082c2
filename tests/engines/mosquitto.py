"""A real MQTT broker for tests: Debian's mosquitto, with a session store that outlives it."""

import os
import shutil
import socket
from pathlib import Path

from tests.engines.servers import EngineMissing, Server, free_port, own_folder, start

MISSING = "mosquitto is not installed: apt install mosquitto"


def launch(*, store: Path, port: int | None = None) -> tuple[Server, int]:
    """
    Start a broker that keeps its sessions in `store`; given a port, the one before is continued.

    :raises EngineMissing: if there is no binary
    """
    binary = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
    if binary is None:
        raise EngineMissing(MISSING)
    port, home = port or free_port(), own_folder("mosquitto")
    config = home / "mosquitto.conf"
    config.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence true\n"
        f"persistence_location {store}/\nautosave_interval 1\nautosave_on_changes true\n"
        f"max_queued_messages 0\n{'user root' if os.geteuid() == 0 else ''}\n"
    )
    server = start(
        [binary, "-c", config], folder=home, stop_signal="TERM", ready=lambda: answers(port=port)
    )
    return server, port


def answers(*, port: int) -> bool:
    """Whether something listens at this port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            return True
    except OSError:
        return False
