"""A database that lives as long as a benchmark."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tests.engines import postgres
from tests.engines.mortal import Mortal


@contextmanager
def database(*, sqlite: bool) -> Iterator[None]:
    """Settings lead to an empty database, on PostgreSQL or in a file, until the block ends."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "campus.settings"
    data = Path(mkdtemp(prefix="campus-benchmark-"))
    os.environ["CAMPUS_DATA_DIR"] = str(data)
    os.environ.pop("DATABASE_URL", None)
    server = None
    if not sqlite:
        cluster = postgres.cluster(options=("autovacuum=off", "max_wal_size=8GB"))
        os.environ.update({**cluster.environment, "DATABASE_URL": "postgresql:///postgres"})
        server = Mortal(
            cluster.command,
            folder=cluster.folder,
            ready=cluster.answers,
            user=cluster.user,
            kind_end=signal.SIGINT,
        )
        server.start()
    try:
        yield
    finally:
        if server is not None:
            server.remove()
        shutil.rmtree(data)
