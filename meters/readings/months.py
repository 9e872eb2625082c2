"""
Meter days lie month by month on PostgreSQL: a night touches one small table, not years of hours.

What belongs to no month that was laid out lies in a table for the rest, and is found there just as
well; the months are laid out again by each migrate. SQLite keeps one table.
"""

from collections.abc import Iterator
from datetime import date

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "meters_meterday"
REST = f"{TABLE}_rest"


def divide(connection: BaseDatabaseWrapper) -> None:
    """Turn the one table into a divided one; its rows move along. PostgreSQL only."""
    with connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS)
        constraints = [
            f"ALTER TABLE {TABLE} ADD CONSTRAINT {name} {told}" for name, told in cursor.fetchall()
        ]
        cursor.execute(_INDEXES)
        indexes = [told for (told,) in cursor.fetchall()]
        for statement in (*_DIVIDED, *constraints, *indexes):
            cursor.execute(statement)


def lay_out(*, using: str, around: date, before: int, after: int) -> None:
    """
    Make the tables of the months from `before` months earlier than `around` to `after` later.

    A month some of whose days lie in the rest already is left there. A database whose table is
    not divided is left as it is.
    """
    connection = connections[using]
    if connection.vendor != "postgresql" or not _is_divided(connection):
        return
    with connection.cursor() as cursor:
        for first, end in _months(around, before=before, after=after):
            cursor.execute(_TAKEN, [first, end])
            if not cursor.fetchone():
                name = f"{TABLE}_{first:%Y_%m}"
                cursor.execute(
                    f"CREATE TABLE IF NOT EXISTS {name} PARTITION OF {TABLE} "
                    f"FOR VALUES FROM ('{first}') TO ('{end}')"
                )


def _is_divided(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [REST])
        return bool(cursor.fetchone()[0])


def _months(around: date, *, before: int, after: int) -> Iterator[tuple[date, date]]:
    """First day of each month, and of the one after it."""
    now = around.year * 12 + around.month - 1
    for month in range(now - before, now + after + 1):
        yield _first_day(month), _first_day(month + 1)


def _first_day(month: int) -> date:
    """The first day of a month counted from January of year 0."""
    return date(month // 12, month % 12 + 1, 1)


# Names are our own, and the database's own words about them.
_TAKEN = f"SELECT 1 FROM {REST} WHERE day >= %s AND day < %s LIMIT 1"  # noqa: S608
_CONSTRAINTS = f"""
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = '{TABLE}'::regclass AND contype IN ('p', 'f') ORDER BY contype DESC
"""  # noqa: S608
_INDEXES = f"""
SELECT indexdef FROM pg_indexes WHERE tablename = '{TABLE}' AND schemaname = current_schema()
AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype = 'p')
"""  # noqa: S608
_WHOLE = f"{TABLE}_whole"
_DIVIDED = (
    f"ALTER TABLE {TABLE} RENAME TO {_WHOLE}",
    f"CREATE TABLE {TABLE} (LIKE {_WHOLE} INCLUDING DEFAULTS INCLUDING CONSTRAINTS) "
    "PARTITION BY RANGE (day)",
    f"CREATE TABLE {REST} PARTITION OF {TABLE} DEFAULT",
    f"INSERT INTO {TABLE} SELECT * FROM {_WHOLE}",  # noqa: S608
    f"DROP TABLE {_WHOLE}",
)
