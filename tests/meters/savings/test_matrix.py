from datetime import date

import numpy as np
import pytest

from meters.readings.facts import UseBatch
from meters.readings.models import Status
from meters.savings.matrix import lived, ordinals, use_matrix

FIRST, AFTER = date(2026, 3, 2), date(2026, 3, 5)
ROWS = [
    (4, date(2026, 3, 2), 100, Status.ACTUAL, 1),
    (4, date(2026, 3, 3), None, Status.MISSING, 1),
    (7, date(2026, 3, 1), 999, Status.ACTUAL, 1),
    (7, date(2026, 3, 4), 700, Status.EDITED, 2),
    (9, date(2026, 3, 4), 900, Status.ACTUAL, 1),
]


def matrix(*rooms: int) -> list[list[float | None]]:
    batch = UseBatch.of_rows(ROWS)
    table = use_matrix(batch, room_ids=np.array(rooms), starts_on=FIRST, ends_on=AFTER)
    return [[None if np.isnan(wh) else wh for wh in row] for row in table]


def test_each_row_is_a_room_and_each_column_a_day() -> None:
    assert matrix(7, 4) == [[None, None, 700], [100, None, None]]


def test_a_room_may_be_asked_for_twice() -> None:
    assert matrix(4, 4) == [[100, None, None]] * 2


def test_a_room_that_was_never_closed_is_all_missing() -> None:
    assert matrix(5) == [[None] * 3]


@pytest.mark.parametrize("status", [Status.ESTIMATED, Status.SUSPECT])
def test_a_figure_in_doubt_proves_no_saving(status: str) -> None:
    batch = UseBatch.of_rows([(4, FIRST, 100, status, 1)])
    table = use_matrix(batch, room_ids=np.array([4]), starts_on=FIRST, ends_on=AFTER)
    assert np.isnan(table).all()


def test_the_days_of_a_stay_are_half_open() -> None:
    found = lived(
        first=ordinals([date(2026, 3, 3), FIRST]),
        after=ordinals([date(2026, 3, 4), None]),
        starts_on=FIRST,
        ends_on=AFTER,
    )
    assert found.tolist() == [[False, True, False], [True, True, True]]
