"""
The fence between posters and the sealer.

Posters take it shared, the sealer alone: only then does the highest transfer id mean that every
lower one has been committed or never will be. On SQLite `BEGIN IMMEDIATE` is the same fence.
"""

from django.db import connection

KEY = 0x6C656467  # "ledg"; any number that nothing else in the database locks


def share() -> None:
    """Stand on the poster's side until the transaction ends."""
    _lock("pg_advisory_xact_lock_shared")


def close() -> None:
    """Wait for every poster to end, and keep new ones waiting until the transaction ends."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [KEY])
