"""Many rows at once: COPY or one prepared statement, not one object of the ORM per row."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain, islice
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import DateField, Field, JSONField, Model

AT_ONCE = 5000
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
    fields = [_stored(model, name) for name in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    table = f"{quote(model._meta.db_table)} ({names})"
    stored = _converted([_conversion(field) for field in fields], rows)
    if connection.vendor == "postgresql":
        return _copy(f"COPY {table} FROM STDIN", stored)
    marks = ", ".join(["%s"] * len(fields))
    # Names come from our own models, values only through parameters.
    return _run(f"INSERT INTO {table} VALUES ({marks})", stored)  # noqa: S608


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
            self._last, self._text = value, json.dumps(value)
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
