from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meters.savings import queries
from meters.savings.facts import AWAY, COUNTED, NO_DATA, POSSIBLY_AWAY, WARNED
from meters.savings.models import SavingEstimate
from tests import factories
from tests.meters.savings import panels
from tests.meters.savings.panels import Planted, close, correct, day_of

pytestmark = pytest.mark.django_db
COMPARISON, ROOM = 6, 7


@pytest.fixture
def here() -> Planted:
    made = panels.make(comparison=COMPARISON, enrolled=3)
    made.use[ROOM, made.history + 2] = np.nan
    found = panels.plant(made)
    close(found, range(4))
    return found


def test_estimates_of_a_day_hold_every_occupancy_with_its_people(here: Planted) -> None:
    mate = factories.a_student(campus=here.campus)
    here.occupancies[ROOM].residents.add(mate.holder)
    facts = queries.estimates_of_day(campus=here.campus, day=day_of(1))
    assert [fact.occupancy_id for fact in facts] == [stay.pk for stay in here.occupancies]
    assert [fact.part for fact in facts].count("COMPARISON") == COMPARISON
    own = facts[ROOM]
    assert (own.holders, own.people, own.verdict) == ((mate.holder.pk,), 2, COUNTED)
    assert own.actual_wh is not None
    assert own.saved_wh == own.expected_wh - own.actual_wh


def test_a_missing_day_has_no_saving(here: Planted) -> None:
    own = queries.estimates_of_day(campus=here.campus, day=day_of(2))[ROOM]
    assert (own.actual_wh, own.saved_wh, own.verdict, own.counts) == (None, None, NO_DATA, False)


def test_only_the_newest_revision_is_told(here: Planted) -> None:
    correct(here, place=ROOM, n=1, wh=1111)
    close(here, range(1, 2))
    own = queries.estimates_of_day(campus=here.campus, day=day_of(1))[ROOM]
    assert (own.actual_wh, own.revision) == (1111, 2)


def test_days_of_a_room_are_half_open_and_in_order(here: Planted) -> None:
    days = queries.days_of_room(room=here.rooms[ROOM], starts_on=day_of(1), ends_on=day_of(3))
    assert [one.day for one in days] == [day_of(1), day_of(2)]
    assert [one.verdict for one in days] == [COUNTED, NO_DATA]


def test_a_comparison_room_has_no_days_to_show(here: Planted) -> None:
    first, after = day_of(0), day_of(0) + timedelta(days=9)
    assert queries.days_of_room(room=here.rooms[0], starts_on=first, ends_on=after) == []


def test_another_campus_has_none_of_them(here: Planted) -> None:
    south = factories.a_campus(slug="south")
    assert queries.estimates_of_day(campus=south, day=day_of(1)) == []


def test_a_week_is_read_with_two_statements(here: Planted) -> None:
    with CaptureQueriesContext(connection) as told:
        queries.estimates_between(campus=here.campus, starts_on=day_of(0), ends_on=day_of(7))
    assert len(told) == 2


def test_the_words_of_facts_are_those_of_the_table() -> None:
    assert {COUNTED, POSSIBLY_AWAY, AWAY, NO_DATA, WARNED} == set(SavingEstimate.Verdict.values)
