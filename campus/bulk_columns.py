"""Columns of numbers as rows of a table: the bytes that COPY reads, or one prepared statement."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Model
from numpy.typing import NDArray

# A number for each row (of a day its ordinal), some bytes for each row, or the same for all rows.
Column = NDArray[np.int64] | NDArray[np.uint8] | int | str | None
_AT_ONCE = 5000
_ERA = date(2000, 1, 1).toordinal()  # PostgreSQL counts days from here
_NULL = -1
_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TAIL = np.array(-1, dtype=">i2").tobytes()
_NUMBERS = {
    "BigIntegerField": ">i8",
    "DateField": ">i4",
    "ForeignKey": ">i8",
    "PositiveIntegerField": ">i4",
    "PositiveSmallIntegerField": ">i2",
}


def insert(*, model: type[Model], columns: Mapping[str, Column], count: int) -> None:
    """
    Insert `count` rows whose fields are columns, within the caller's transaction.

    Takes whole numbers, days as ordinals, uint8[count, n] for bytes of one length, and texts and
    nothings that are the same in every row.
    """
    if not count:
        return
    fields = {field.name: field for field in model._meta.local_concrete_fields}
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(fields[name].column)) for name in columns)
    table = f"{quote(model._meta.db_table)} ({names})"
    types = [fields[name].get_internal_type() for name in columns]
    given = list(zip(types, columns.values(), strict=True))
    if connection.vendor == "postgresql":
        _copy(f"COPY {table} FROM STDIN (FORMAT BINARY)", packed(given, count))
    else:
        marks = ", ".join(["%s"] * len(given))
        # Names come from our own models, values only through parameters.
        _run(f"INSERT INTO {table} VALUES ({marks})", _rows(given))  # noqa: S608


def packed(columns: Sequence[tuple[str, Column]], count: int) -> bytes:
    """Rows as PostgreSQL's binary COPY reads them: of each value its length, then its bytes."""
    shapes = [_shape(kind, column) for kind, column in columns]
    fields: list[tuple[Any, ...]] = [("width", ">i2")]
    for n, shape in enumerate(shapes):
        fields.append((f"length{n}", ">i4"))
        fields += [(f"value{n}", *shape)] if shape else []
    rows = np.zeros(count, dtype=fields)
    rows["width"] = len(columns)
    for n, (kind, column) in enumerate(columns):
        if shapes[n] is None:
            rows[f"length{n}"] = _NULL
            continue
        rows[f"length{n}"] = rows.dtype[f"value{n}"].itemsize
        if kind == "DateField":
            rows[f"value{n}"] = np.asarray(column) - _ERA
        else:
            rows[f"value{n}"] = column.encode() if isinstance(column, str) else column
    return _HEAD + rows.tobytes() + _TAIL


def _shape(kind: str, column: Column) -> tuple[Any, ...] | None:
    """The type of a value in bytes; None where all are null."""
    if column is None:
        return None
    if isinstance(column, str):
        return (f"S{len(column.encode())}",)
    if kind == "BinaryField":
        assert isinstance(column, np.ndarray)
        return ("u1", column.shape[1:])
    return (_NUMBERS[kind],)


def _copy(sql: str, content: bytes) -> None:
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(sql) as copy:
        copy.write(content)


def _run(sql: str, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        for first in range(0, len(rows), _AT_ONCE):
            cursor.executemany(sql, rows[first : first + _AT_ONCE])


def _rows(columns: Sequence[tuple[str, Column]]) -> list[tuple[Any, ...]]:
    return list(zip(*(_values(kind, column) for kind, column in columns), strict=False))


def _values(kind: str, column: Column) -> Iterable[Any]:
    if not isinstance(column, np.ndarray):
        return repeat(column)
    if kind == "BinaryField":
        content, width = column.tobytes(), column.shape[1]
        return [content[n * width : (n + 1) * width] for n in range(len(column))]
    if kind == "DateField":
        texts = {day: date.fromordinal(day).isoformat() for day in set(column.tolist())}
        return [texts[day] for day in column.tolist()]
    numbers: list[int] = column.tolist()
    return numbers
