"""
What the ledger costs a night: `python -m benchmarks.night [--holders 10000] [--sqlite]`.

Every holder of a campus is credited once. The yardstick is the same work as hand-written SQL over
the same tables; `bulk_create` with arithmetic in Python is what an ordinary program would do.
Goals: at most 1.5 x the yardstick, at least 5 x as fast as bulk_create, closed again at most 0.3 x,
and ten times the holders for at most 12 x the processor.
"""

import argparse
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tests.engines import postgres
from tests.engines.mortal import Mortal


def main() -> None:
    """Measure on a database that lives as long as this run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--holders", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sqlite", action="store_true")
    options = parser.parse_args()
    with _database(sqlite=options.sqlite):
        import django

        django.setup()
        from django.core.management import call_command

        from benchmarks.night import ledger

        call_command("migrate", verbosity=0, interactive=False)
        ledger.report(holders=options.holders, rounds=options.rounds)


@contextmanager
def _database(*, sqlite: bool) -> Iterator[None]:
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


if __name__ == "__main__":
    main()
