"""The nights of a term in the database, against the rehearsal of the same readings."""

import numpy as np
import pytest

from meters.savings.models import SavingSettlement
from meters.savings.rehearsal import rehearse
from meters.savings.rule import Rule
from tests.meters.savings import panels

pytestmark = pytest.mark.django_db


def booked(planted: panels.Planted) -> list[int]:
    newest = {
        row.occupancy_id: row.booked_wh
        for row in SavingSettlement.objects.order_by("ends_on", "revision")
    }
    return [newest.get(stay.pk, 0) for stay in planted.occupancies]


@pytest.mark.parametrize("moved_in", [False, True])
def test_the_nights_book_what_the_rehearsal_says(moved_in: bool) -> None:
    made = panels.make()
    saved = made.use[30:, made.history + 21 :]
    saved[:] = np.round(0.7 * saved)
    saved[3, 5] = np.nan
    made = panels.new_people(made) if moved_in else made
    planted = panels.plant(made)
    panels.close(planted, range(56))
    expected = rehearse(made.panel(), rule=Rule()).credited.sum(axis=1)
    expected[: made.comparison] = 0
    assert sum(booked(planted)) > 0
    np.testing.assert_allclose(booked(planted), expected, atol=2)
