"""Many rows at once: COPY or one prepared statement, not one object of the ORM per row."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, islice
from typing import Any, TypeAlias

from django.db import connection, transaction
from django.db.models import DateField, Field, JSONField, Model

AT_ONCE = 5000
FEW = 100  # rows that are not worth a table of their own
_ARRIVED = "rows_that_arrived"
# Numbers and words go as they are; dates, instants and bytes are the engine's matter.
_PLAIN = {
    "BigIntegerField",
    "BooleanField",
    "CharField",
    "ForeignKey",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
}
AnyField: TypeAlias = "Field[Any, Any]"


def insert(*, model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """
    Insert rows of field values in the order of `columns`; returns how many.

    Must run inside the caller's transaction. A field left out needs an automatic key or null.
    """
    into = _Into.of(model, columns)
    stored = _converted(into.conversions, rows)
    if connection.vendor == "postgresql":
        return _copy(f"COPY {into.table} ({into.names}) FROM STDIN", stored)
    return _run(into.values, stored)


@transaction.atomic
def insert_new(
    *, model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """As `insert`, but rows that a unique constraint knows already are passed over."""
    into = _Into.of(model, columns)
    stored = _converted(into.conversions, rows)
    known = "ON CONFLICT DO NOTHING"
    if connection.vendor != "postgresql" or len(rows) <= FEW:
        _run(f"{into.values} {known}", stored)
        return
    # COPY knows no conflicts: it fills a table of its own, from which one statement takes the new.
    taken = f"SELECT {into.names} FROM"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE {_ARRIVED} ON COMMIT DROP AS {taken} {into.table} WITH NO DATA"
        )
        _copy(f"COPY {_ARRIVED} ({into.names}) FROM STDIN", stored)
        cursor.execute(f"INSERT INTO {into.table} ({into.names}) {taken} {_ARRIVED} {known}")
        cursor.execute(f"DROP TABLE {_ARRIVED}")


@dataclass(frozen=True, slots=True)
class _Into:
    """A table and its columns by name, and how values become what they store."""

    table: str
    names: str
    conversions: Sequence[Callable[[Any], Any] | None]

    @classmethod
    def of(cls, model: type[Model], columns: Sequence[str]) -> "_Into":
        fields = [_stored(model, name) for name in columns]
        quote = connection.ops.quote_name
        names = ", ".join(quote(str(field.column)) for field in fields)
        return cls(quote(model._meta.db_table), names, [_conversion(field) for field in fields])

    @property
    def values(self) -> str:
        """Names come from our own models, values only through parameters."""
        marks = ", ".join(["%s"] * len(self.conversions))
        return f"INSERT INTO {self.table} ({self.names}) VALUES ({marks})"  # noqa: S608


def _stored(model: type[Model], name: str) -> AnyField:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def _conversion(field: AnyField) -> Callable[[Any], Any] | None:
    if field.get_internal_type() in _PLAIN:
        return None
    if isinstance(field, JSONField):
        return _Json()
    stored = partial(field.get_db_prep_save, connection=connection)
    # All rows of a night name the same few days and instants.
    return lru_cache(stored) if isinstance(field, DateField) else stored


class _Json:
    """Values as text; those who share one object (room-mates, a fact) share its text."""

    def __init__(self) -> None:
        self._last: object = None
        self._text = "null"

    def __call__(self, value: object) -> str:
        if value is not self._last:
            self._last, self._text = value, json.dumps(value, default=dict)
        return self._text


def _converted(
    conversions: Sequence[Callable[[Any], Any] | None], rows: Iterable[Sequence[Any]]
) -> Iterator[list[Any]]:
    for row in rows:
        yield [to(value) if to else value for to, value in zip(conversions, row, strict=True)]


def _copy(sql: str, rows: Iterator[list[Any]]) -> int:
    count = 0
    first = next(rows, None)
    if first is None:
        return 0
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(sql) as copy:
        for count, row in enumerate(chain([first], rows), start=1):  # noqa: B007 -- the last one counts
            copy.write_row(row)
    return count


def _run(sql: str, rows: Iterator[list[Any]]) -> int:
    count = 0
    with connection.cursor() as cursor:
        while some := list(islice(rows, AT_ONCE)):
            cursor.executemany(sql, some)
            count += len(some)
    return count
