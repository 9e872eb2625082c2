from io import StringIO

import numpy as np
import pytest
import time_machine
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from meters.savings.foresight import foresee
from meters.savings.queries.untouched import untouched
from meters.savings.rule import Rule
from tests import factories
from tests.meters.savings import panels

RULE = Rule(floor_drift=0.0)
MADE = panels.make(comparison=24, enrolled=16, history=196, days=63)


def test_of_rooms_that_drift_little_nothing_is_credited_falsely_and_most_is_paid() -> None:
    told = foresee(MADE.panel(), comparison=16, draws=2, seed=5, rule=RULE)
    assert told.false_worst < 0.5
    assert told.power10 > 40
    assert told.power20 > 70


def test_the_same_seed_foresees_the_same() -> None:
    told = [foresee(MADE.panel(), comparison=8, draws=1, seed=5, rule=RULE) for _turn in range(2)]
    assert told[0] == told[1]


@pytest.mark.django_db
def test_only_readings_from_before_the_first_term_are_tried() -> None:
    made = panels.make(comparison=12, enrolled=8, history=270, days=28)
    here = panels.plant(made)
    found = untouched(campus=here.campus, today=panels.day_of(27))
    assert found is not None
    assert found.use.shape == (20, 270)
    assert np.array_equal(found.use, made.use[:, :270])
    out = StringIO()
    with time_machine.travel("2026-04-01T03:00:00Z", tick=False):
        call_command("foresee_savings", campus=here.campus.slug, comparison=[6, 15], stdout=out)
    assert "20 rooms" in out.getvalue()
    assert "15  cannot be drawn among 20 rooms" in out.getvalue()


@pytest.mark.django_db
def test_a_manager_tries_the_lottery_on_the_campuss_own_readings_before_drawing_it() -> None:
    here = panels.plant(panels.make(comparison=12, enrolled=12, history=270, days=28))
    desk = APIClient()
    desk.force_login(factories.a_manager(residence=here.rooms[0].residence))
    asked = {"term": str(here.term.uid), "comparison": 8}
    with time_machine.travel("2026-04-01T03:00:00Z", tick=False):
        told = desk.get("/api/v1/manage/savings/foresight/", asked).json()
        beyond = desk.get("/api/v1/manage/savings/foresight/", {**asked, "comparison": 13})
    assert (told["rooms"], told["comparison"]) == (24, 8)
    assert told["false"] <= told["false_worst"] < 1
    assert told["power20"] > 50
    assert (beyond.status_code, beyond.json()["code"]) == (422, "too_few_to_try")


@pytest.mark.django_db
def test_a_campus_that_measured_too_little_is_told_so() -> None:
    here = panels.plant(panels.make(comparison=6, enrolled=4, history=100, days=28))
    with pytest.raises(CommandError, match="Too little was measured"):
        call_command("foresee_savings", campus=here.campus.slug)
