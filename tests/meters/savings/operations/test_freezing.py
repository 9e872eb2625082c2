from datetime import timedelta

import pytest

from campus.people import operations as people
from meters.savings.models import Baseline, Cohort
from meters.savings.operations import estimate_day, freeze_baselines
from meters.savings.operations.freezing import freeze_observed
from tests import factories
from tests.meters.savings import panels
from tests.meters.savings.panels import AT, Planted, day_of

pytestmark = pytest.mark.django_db


def planted(*, new: bool = False, comparison: int = 8, enrolled: int = 4) -> Planted:
    made = panels.make(comparison=comparison, enrolled=enrolled)
    return panels.plant(panels.new_people(made) if new else made)


def estimate(here: Planted, days: range) -> None:
    for n in days:
        estimate_day(campus=here.campus, day=day_of(n), at=AT)


def test_baselines_are_frozen_once_a_term() -> None:
    here = planted()
    cohort = freeze_baselines(campus=here.campus, term=here.term, at=AT)
    assert (cohort.kind, cohort.counts_from) == (Cohort.Kind.HISTORY, here.term.starts_on)
    assert (cohort.baselines.count(), cohort.comparison_rooms) == (12, 8)
    assert freeze_baselines(campus=here.campus, term=here.term, at=AT) == cohort
    assert Baseline.objects.count() == 12


def test_what_came_after_the_term_began_does_not_move_a_baseline() -> None:
    here = planted()
    cohort = freeze_baselines(campus=here.campus, term=here.term, at=AT)
    before = list(cohort.baselines.order_by("pk").values_list("inputs", flat=True))
    cohort.baselines.all().delete()
    cohort.delete()
    panels.tell(here.rooms, 9 * panels.make(comparison=8, enrolled=4).use[:, -56:],
                starts_on=here.term.starts_on, revision=2)  # fmt: skip
    again = freeze_baselines(campus=here.campus, term=here.term, at=AT)
    assert list(again.baselines.order_by("pk").values_list("inputs", flat=True)) == before


def test_too_few_comparison_rooms_leave_the_cohort_empty() -> None:
    here = planted(comparison=4)
    cohort = freeze_baselines(campus=here.campus, term=here.term, at=AT)
    assert cohort.baselines.count() == 0
    assert cohort.comparison_rooms == 0


def test_new_occupants_are_observed_for_three_weeks() -> None:
    here = planted(new=True)
    estimate(here, range(20))
    assert Baseline.objects.count() == 0
    estimate(here, range(20, 21))
    cohort = Cohort.objects.get(kind=Cohort.Kind.OBSERVED)
    assert (cohort.learns_from, cohort.counts_from) == (day_of(0), day_of(21))
    assert cohort.baselines.count() == 12


def test_closing_the_last_observation_day_again_freezes_nothing_anew() -> None:
    here = planted(new=True)
    estimate(here, range(21))
    before = list(Baseline.objects.values_list("pk", flat=True))
    estimate(here, range(20, 21))
    assert list(Baseline.objects.values_list("pk", flat=True)) == before


def test_a_newcomer_in_the_second_week_is_observed_in_whole_weeks_of_the_term() -> None:
    here = planted()
    room = here.rooms[-1]
    here.occupancies[-1].ends_on = day_of(10)
    here.occupancies[-1].save()
    stay = factories.a_student(room=room, since=day_of(10))
    estimate(here, range(36))
    cohort = Cohort.objects.get(kind=Cohort.Kind.OBSERVED)
    assert (cohort.learns_from, cohort.counts_from) == (day_of(14), day_of(35))
    enrolled = cohort.baselines.filter(part="ENROLLED")
    assert [row.occupancy.room_id for row in enrolled] == [room.pk]
    assert list(enrolled.get().occupancy.residents.all()) == [stay.holder]
    assert cohort.baselines.filter(part="COMPARISON").count() == 8


def test_weeks_with_too_few_readings_are_taken_anew() -> None:
    here = planted(new=True)
    late = here.rooms[-1]
    late.daily_uses.filter(day__gte=day_of(0), day__lt=day_of(15)).delete()
    estimate(here, range(28))
    cohorts = Cohort.objects.filter(kind=Cohort.Kind.OBSERVED).order_by("counts_from")
    enrolled = [
        [row.occupancy.room_id for row in c.baselines.filter(part="ENROLLED")] for c in cohorts
    ]
    assert [len(rooms) for rooms in enrolled] == [3, 1]
    assert enrolled[1] == [late.pk]


def test_without_comparison_rooms_new_occupants_wait() -> None:
    here = planted(new=True, comparison=4)
    estimate(here, range(28))
    assert Baseline.objects.count() == 0


def test_a_day_within_a_week_freezes_nothing() -> None:
    here = planted(new=True)
    assert freeze_observed(campus=here.campus, term=here.term, day=day_of(22), at=AT) is None


def test_the_previous_occupants_history_is_worth_nothing() -> None:
    here = planted()
    room, old = here.rooms[-1], here.occupancies[-1]
    old.ends_on = here.term.starts_on - timedelta(days=30)
    old.save()
    factories.a_student(room=room, since=old.ends_on)
    people.store_occupancies(room=room)
    cohort = freeze_baselines(campus=here.campus, term=here.term, at=AT)
    assert cohort.baselines.count() == 11
    assert not cohort.baselines.filter(occupancy__room=room).exists()
