"""
What is posted stays: the database itself refuses to change or delete a row of the book, and of
every other table of this app whose model says `never_changes`.

Django drops every trigger when it remakes a SQLite table, so they are installed again after each
migrate (`points/apps.py`), and a system check and the nightly reconciliation fail if one is
missing. Only the owner of the tables can lift them; the application's role needs no such right.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "the book is never changed: post a reversal"
FUNCTION = "points_refuse_change"


def tables() -> tuple[str, ...]:
    """The tables of this app that are never changed."""
    models = apps.get_app_config("points").get_models()
    return tuple(row._meta.db_table for row in models if getattr(row, "never_changes", False))


def install(connection: BaseDatabaseWrapper) -> None:
    """Install every trigger that is missing on a table that exists, or switched off."""
    absent = missing(connection)
    if not absent:
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for name in absent:
            cursor.execute(_drop(connection, name))
            cursor.execute(_statements(connection)[name])


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that ought to guard an existing table and do not, or are switched off."""
    with connection.cursor() as cursor:
        present_tables = set(connection.introspection.table_names(cursor))
        cursor.execute(_PRESENT[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    wanted = _statements(connection)
    return [name for name in wanted if name not in present and _table(name) in present_tables]


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """
    Let the owner of the tables empty them, as the test launcher does between tests.

    Nothing of the product calls this. On PostgreSQL it needs ownership of the tables; for as long
    as it lasts it locks them against every other writer.
    """
    _switch(connection, on=False)
    try:
        yield
    finally:
        _switch(connection, on=True)


def _switch(connection: BaseDatabaseWrapper, *, on: bool) -> None:
    if connection.vendor == "postgresql":
        connection.check_constraints()  # it alters no table that has checks waiting for the commit
        word = "ENABLE" if on else "DISABLE"
        commands = [f"ALTER TABLE {table} {word} TRIGGER USER" for table in tables()]
    elif on:
        return install(connection)
    else:
        commands = [_drop(connection, name) for name in _statements(connection)]
    with connection.cursor() as cursor:
        for command in commands:
            cursor.execute(command)
    return None


def _statements(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Trigger name -> how it is made."""
    template = _MADE[connection.vendor]
    events = template.keys()
    return {
        _name(table, event): template[event].format(
            name=_name(table, event), table=table, event=event, refusal=REFUSAL
        )
        for table in tables()
        for event in events
    }


def _drop(connection: BaseDatabaseWrapper, name: str) -> str:
    place = f" ON {_table(name)}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {name}{place}"


def _name(table: str, event: str) -> str:
    return f"{table}__no_{event.lower()}"


def _table(name: str) -> str:
    return name.partition("__no_")[0]


_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_ROW = (
    "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION "
    f"{FUNCTION}()"
)
_STATEMENT = _ROW.replace("EACH ROW", "EACH STATEMENT")
_ABORT = (
    "CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
)
_MADE = {
    "postgresql": {"UPDATE": _ROW, "DELETE": _ROW, "TRUNCATE": _STATEMENT},
    "sqlite": {"UPDATE": _ABORT, "DELETE": _ABORT},
}
_PRESENT = {
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O','A')",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
}
