"""Many rows at once: one prepared statement, not one object of the ORM per row."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Field, Model

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
    marks = ", ".join(["%s"] * len(fields))
    # Names come from our own models, values only through parameters.
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    return _run(sql, [_conversion(field) for field in fields], iter(rows))


def _stored(model: type[Model], name: str) -> AnyField:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def _conversion(field: AnyField) -> Callable[[Any], Any] | None:
    if field.get_internal_type() in _PLAIN:
        return None
    return partial(field.get_db_prep_save, connection=connection)


def _run(
    sql: str, conversions: Sequence[Callable[[Any], Any] | None], rows: Iterable[Sequence[Any]]
) -> int:
    source, count = iter(rows), 0
    with connection.cursor() as cursor:
        while some := list(islice(source, AT_ONCE)):
            cursor.executemany(
                sql,
                [
                    [to(value) if to else value for to, value in zip(conversions, row, strict=True)]
                    for row in some
                ],
            )
            count += len(some)
    return count
