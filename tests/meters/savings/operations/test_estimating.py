from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meters.readings.models import DailyUse
from meters.savings.models import CampusIndex, SavingEstimate
from meters.savings.operations import estimate_day
from tests.meters.savings import panels
from tests.meters.savings.panels import AT, Planted, correct, day_of

pytestmark = pytest.mark.django_db
COMPARISON, ROOM = 8, 9  # the place of an enrolled room


def planted(**changed: float) -> Planted:
    """Twelve rooms; `n12=400` makes the room use 400 Wh on the programme day 12."""
    made = panels.make(comparison=COMPARISON, enrolled=4)
    for name, wh in changed.items():
        made.use[ROOM, made.history + int(name[1:])] = wh
    return panels.plant(made)


def estimate(here: Planted, n: int) -> int:
    return estimate_day(campus=here.campus, day=day_of(n), at=AT)


def told(here: Planted, n: int, *, place: int = ROOM) -> list[tuple[int, str]]:
    rows = SavingEstimate.objects.filter(occupancy=here.occupancies[place], day=day_of(n))
    return list(rows.order_by("revision").values_list("revision", "verdict"))


def test_every_occupancy_gets_an_estimate() -> None:
    here = planted()
    assert estimate(here, 0) == 12
    row = SavingEstimate.objects.get(occupancy=here.occupancies[ROOM])
    use = DailyUse.objects.get(room=here.rooms[ROOM], day=day_of(0))
    assert (row.actual_wh, row.use_revision, row.verdict) == (use.wh, 1, "COUNTED")
    assert row.expected_wh == pytest.approx(use.wh, rel=0.3)


def test_a_night_again_writes_nothing() -> None:
    here = planted()
    estimate(here, 0)
    assert estimate(here, 0) == 0
    assert CampusIndex.objects.count() == 1


def test_a_missing_reading_is_no_saving() -> None:
    here = planted(n0=np.nan)
    estimate(here, 0)
    row = SavingEstimate.objects.get(occupancy=here.occupancies[ROOM])
    assert (row.actual_wh, row.verdict) == (None, "NO_DATA")


def test_a_single_low_day_is_topped_up_when_the_next_day_disproves_it() -> None:
    here = planted(n1=200)
    estimate(here, 0)
    estimate(here, 1)
    assert told(here, 1) == [(1, "POSSIBLY")]
    assert estimate(here, 2) == 12 + 1
    assert told(here, 1) == [(1, "POSSIBLY"), (2, "COUNTED")]


def test_a_second_low_day_makes_both_away() -> None:
    here = planted(n1=200, n2=200)
    for n in range(4):
        estimate(here, n)
    assert told(here, 1) == [(1, "POSSIBLY"), (2, "AWAY")]
    assert told(here, 2) == [(1, "AWAY")]
    assert told(here, 3) == [(1, "COUNTED")]


def test_late_data_of_a_day_between_revises_the_days_around() -> None:
    here = planted(n1=200, n2=np.nan, n3=200)
    for n in range(5):
        estimate(here, n)
    assert [told(here, n)[-1][1] for n in (1, 2, 3)] == ["AWAY", "NO_DATA", "AWAY"]
    correct(here, place=ROOM, n=2, wh=4000)
    estimate(here, 2)
    assert [told(here, n)[-1][1] for n in (1, 2, 3)] == ["COUNTED"] * 3


def test_late_data_makes_a_new_revision_of_that_room_alone() -> None:
    here = planted()
    estimate(here, 0)
    estimate(here, 1)
    correct(here, place=ROOM, n=0, wh=1234)
    assert estimate(here, 0) <= 2  # the day, and perhaps the verdict of the next
    newest = SavingEstimate.objects.filter(day=day_of(0)).order_by("-revision").first()
    assert newest is not None
    assert (newest.occupancy, newest.revision) == (here.occupancies[ROOM], 2)
    assert (newest.actual_wh, newest.use_revision) == (1234, 2)


def test_late_data_of_a_comparison_room_does_not_move_the_index() -> None:
    here = planted()
    estimate(here, 0)
    index = CampusIndex.objects.get()
    correct(here, place=0, n=0, wh=50_000)
    assert estimate(here, 0) == 1
    assert CampusIndex.objects.get().ppm == index.ppm


def test_a_night_with_half_the_comparison_rooms_missing_waits_for_them() -> None:
    here = planted()
    missing = [here.rooms[place].pk for place in range(COMPARISON // 2 + 1)]
    DailyUse.objects.filter(room__in=missing, day=day_of(0)).update(wh=None, status="MISSING")
    assert estimate(here, 0) == 0
    assert not CampusIndex.objects.exists()
    for place in range(COMPARISON // 2 + 1):
        correct(here, place=place, n=0, wh=4000)
    assert estimate(here, 0) == 12


def test_an_estimate_in_doubt_is_no_data() -> None:
    here = planted()
    DailyUse.objects.filter(room=here.rooms[ROOM], day=day_of(0)).update(status="ESTIMATED")
    estimate(here, 0)
    assert told(here, 0) == [(1, "NO_DATA")]


def test_who_moved_out_has_no_estimate() -> None:
    here = planted()
    here.occupancies[ROOM].ends_on = day_of(1)
    here.occupancies[ROOM].save()
    estimate(here, 0)
    estimate(here, 1)
    assert told(here, 0)
    assert told(here, 1) == []


def test_outside_a_term_nothing_is_estimated() -> None:
    here = planted()
    day = here.term.starts_on - timedelta(days=1)
    assert estimate_day(campus=here.campus, day=day, at=AT) == 0


def test_a_night_takes_few_statements_whatever_the_number_of_rooms() -> None:
    counts = []
    for slug, enrolled in (("small", 4), ("large", 30)):
        made = panels.make(comparison=COMPARISON, enrolled=enrolled)
        here = panels.plant(made, slug=slug)
        for n in range(3):
            estimate(here, n)
        with CaptureQueriesContext(connection) as told_now:
            estimate(here, 3)
        counts.append(len(told_now))
    assert counts[0] == counts[1] <= 20
