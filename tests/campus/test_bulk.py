"""Many rows at once: what is stored already is passed over, and nothing else is."""

from datetime import UTC, datetime

import pytest
from uuid6 import uuid7

from campus import bulk
from campus.notices.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 6, tzinfo=UTC)
COLUMNS = ("uid", "user", "campus", "kind", "key", "params", "told_at", "rings_at")


@pytest.mark.parametrize("many", [3, bulk.FEW + 1])
def test_rows_that_are_known_stay_as_they_are_and_the_new_are_added(many: int) -> None:
    student = factories.a_student()
    user, campus = student.user_id, student.holder.campus_id

    def told(word: str, *, keys: int) -> None:
        shared = {"word": word}
        rows = [(uuid7(), user, campus, "DAY", str(n), shared, AT, AT) for n in range(keys)]
        bulk.insert_new(model=Notice, columns=COLUMNS, rows=rows)

    told("first", keys=many - 1)
    told("again", keys=many)
    stored = Notice.objects.order_by("id").values_list("key", "params", "told_at", "read_at")
    expected = [(str(n), {"word": "first"}, AT, None) for n in range(many - 1)]
    assert list(stored) == [*expected, (str(many - 1), {"word": "again"}, AT, None)]
