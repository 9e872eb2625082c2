import numpy as np
import pytest

from meters.savings import queries
from meters.savings.models import SavingSettlement
from tests import factories
from tests.meters.savings import panels
from tests.meters.savings.panels import Planted, close, correct, day_of

pytestmark = pytest.mark.django_db
COMPARISON, SAVER = 8, 9


@pytest.fixture
def here() -> Planted:
    made = panels.make(comparison=COMPARISON, enrolled=4)
    made.use[SAVER, made.history :] = np.round(0.67 * made.use[SAVER, made.history :])
    found = panels.plant(made)
    close(found, range(28))
    return found


def test_settlements_are_told_with_the_day_that_ends_them(here: Planted) -> None:
    assert queries.settlements_ended(campus=here.campus, day=day_of(19)) == []
    facts = queries.settlements_ended(campus=here.campus, day=day_of(20))
    assert [fact.occupancy_id for fact in facts] == [stay.pk for stay in here.occupancies]
    own = facts[SAVER]
    assert (own.part, own.starts_on, own.ends_on) == ("ENROLLED", day_of(0), day_of(21))
    assert own.settled_wh > 0
    assert own.co2_g == SavingSettlement.objects.get(pk=own.settlement_id).settled_co2_g
    assert [fact.settled_wh for fact in facts if fact.part == "COMPARISON"] == [0] * COMPARISON


def test_each_resident_lived_there_for_so_many_nights(here: Planted) -> None:
    mates = [factories.a_student(campus=here.campus) for _ in range(2)]
    stay = here.occupancies[SAVER]
    stay.residents.add(*[mate.holder for mate in mates])
    stay.ends_on = day_of(25)
    stay.save()
    own = queries.settlements_ended(campus=here.campus, day=day_of(27))[SAVER]
    assert own.nights == {mate.holder.pk: 4 for mate in mates}


def test_a_corrected_settlement_keeps_its_id_and_is_told_with_the_corrected_day(
    here: Planted,
) -> None:
    before = {
        fact.starts_on: fact
        for day in (20, 27)
        for fact in queries.settlements_ended(campus=here.campus, day=day_of(day))
        if fact.occupancy_id == here.occupancies[SAVER].pk
    }
    for n in range(5, 15):
        correct(here, place=SAVER, n=n, wh=6000)
    close(here, range(5, 6))
    told = queries.settlements_ended(campus=here.campus, day=day_of(5))
    assert [fact.revision for fact in told] == [2, 2]
    for fact in told:
        assert fact.settlement_id == before[fact.starts_on].settlement_id
    assert sum(f.settled_wh for f in told) < sum(f.settled_wh for f in before.values())


def test_the_baseline_of_a_room_is_that_of_its_people(here: Planted) -> None:
    told = queries.baseline_of(room=here.rooms[SAVER], term=here.term, day=day_of(3))
    assert told is not None
    assert (told.kind, told.counts_from) == ("HISTORY", day_of(0))
    here.occupancies[SAVER].ends_on = day_of(3)
    here.occupancies[SAVER].save()
    assert queries.baseline_of(room=here.rooms[SAVER], term=here.term, day=day_of(3)) is None


def test_the_placebo_figure_is_that_of_the_newest_settlement(here: Planted) -> None:
    assert queries.placebo(campus=here.campus, day=day_of(19)) is None
    first = queries.placebo(campus=here.campus, day=day_of(21))
    second = queries.placebo(campus=here.campus, day=day_of(28))
    assert first is not None
    assert second is not None
    assert (first.ends_on, second.ends_on) == (day_of(21), day_of(28))
    assert second.comparison_wh > first.comparison_wh
    assert 0 <= second.percent < 2


def test_projections_begin_with_the_first_counted_day_and_end_with_the_term(here: Planted) -> None:
    room = here.rooms[SAVER]
    early = queries.projection_of(room=room, term=here.term, day=day_of(2))
    assert early is not None
    assert early.ends_on == day_of(21)
    assert early.high_wh > early.low_wh
    late = queries.projection_of(room=room, term=here.term, day=day_of(27))
    assert late is not None
    assert late.ends_on == day_of(35)
    last = here.term.ends_on.toordinal() - day_of(0).toordinal() - 1
    assert queries.projection_of(room=room, term=here.term, day=day_of(last)) is None
    assert queries.projection_of(room=here.rooms[0], term=here.term, day=day_of(2)) is None


def test_a_projection_comes_near_what_the_settlement_books(here: Planted) -> None:
    close(here, range(28, 34))
    told = queries.projection_of(room=here.rooms[SAVER], term=here.term, day=day_of(33))
    close(here, range(34, 35))
    row = SavingSettlement.objects.get(occupancy=here.occupancies[SAVER], ends_on=day_of(35))
    assert told is not None
    assert told.low_wh <= row.settled_wh <= told.high_wh
