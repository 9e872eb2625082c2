"""Taking drops out of the air in one statement, for SQLite >= 3.35 and PostgreSQL."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection


class Taken(NamedTuple):
    """A drop that is now banked."""

    drop_id: int
    uid: UUID
    holder_id: int
    kind: str
    amount: int
    effective_on: date


def take_ripe(*, campus_id: int, before: datetime, at: datetime, most: int) -> list[Taken]:
    """
    Mark up to `most` drops that were ripe before an instant as banked; they come in their order.

    Must be called inside the transaction that posts them. What a student collects meanwhile is
    waited for and left alone.
    """
    facts: Mapping[str, Any] = {
        "campus": campus_id,
        "before": connection.ops.adapt_datetimefield_value(before),
        "at": connection.ops.adapt_datetimefield_value(at),
        "most": most,
    }
    lock = "FOR UPDATE OF due" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(lock=lock), facts)
        return sorted(_taken(row) for row in cursor.fetchall())


def _taken(row: tuple[Any, ...]) -> Taken:
    drop, uid, holder, kind, amount, effective_on = row
    # SQLite stores ids and days as texts.
    return Taken(drop, _uid(uid), holder, kind, amount, _day(effective_on))


def _uid(stored: UUID | str) -> UUID:
    return stored if isinstance(stored, UUID) else UUID(stored)


@cache
def _day(stored: date | str) -> date:
    return stored if isinstance(stored, date) else date.fromisoformat(stored)


_TAKE = """
UPDATE points_drop SET state = 'BANKED', settled_at = %(at)s
WHERE state = 'RIPE' AND id IN (
    SELECT due.id FROM points_drop due JOIN campus_holder holder ON holder.id = due.holder_id
    WHERE due.state = 'RIPE' AND due.ripe_at <= %(before)s AND holder.campus_id = %(campus)s
    ORDER BY due.id LIMIT %(most)s {lock})
RETURNING id, uid, holder_id, kind, amount, effective_on
"""
