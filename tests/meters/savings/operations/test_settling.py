from dataclasses import asdict
from datetime import timedelta

import numpy as np
import pytest

from campus.people.models import Occupancy
from meters.savings.models import SavingEstimate, SavingSettlement, SettlementSnapshot
from meters.savings.operations import settle_due
from meters.savings.rule import RAMPS
from tests import factories
from tests.meters.savings import panels
from tests.meters.savings.panels import AT, Planted, close, correct, day_of

pytestmark = pytest.mark.django_db
COMPARISON, SAVER, NEIGHBOUR = 12, 13, 15  # places; both enrolled rooms stand on one floor


def planted(*, days: int = 42) -> Planted:
    """One room uses two thirds of its usual; nobody else changes anything."""
    made = panels.make(comparison=COMPARISON, enrolled=8, days=days)
    made.use[SAVER, made.history :] = np.round(0.67 * made.use[SAVER, made.history :])
    return panels.plant(made)


def settle(here: Planted, n: int) -> int:
    return settle_due(campus=here.campus, day=day_of(n), at=AT)


def settlements(here: Planted, place: int = SAVER) -> list[SavingSettlement]:
    rows = SavingSettlement.objects.filter(occupancy=here.occupancies[place])
    return list(rows.order_by("starts_on", "revision"))


def test_the_first_settlement_covers_three_weeks_and_then_each_week_one() -> None:
    here = planted()
    close(here, range(42))
    periods = [(row.starts_on, row.ends_on) for row in settlements(here)]
    assert periods == [
        (day_of(0), day_of(21)),
        (day_of(21), day_of(28)),
        (day_of(28), day_of(35)),
        (day_of(35), day_of(42)),
    ]


def test_the_closing_day_of_a_term_settles_the_rest() -> None:
    here = planted(days=31)
    close(here, range(31))
    assert settlements(here)[-1].ends_on == here.term.ends_on == day_of(31)


def test_periods_add_up_to_what_is_booked() -> None:
    here = planted()
    close(here, range(42))
    rows = settlements(here)
    assert sum(row.settled_wh for row in rows) == rows[-1].booked_wh > 0
    true = 0.33 / 0.67 * rows[-1].actual_wh
    assert 0.5 * true < rows[-1].booked_wh < 1.1 * true


def test_who_saved_nothing_is_settled_with_next_to_nothing() -> None:
    here = planted()
    close(here, range(42))
    others = SavingSettlement.objects.exclude(occupancy=here.occupancies[SAVER])
    assert sum(row.settled_wh for row in others) < 0.01 * sum(row.actual_wh for row in others)


def test_emissions_follow_the_factor_of_the_last_day() -> None:
    here = planted()
    close(here, range(21))
    [row] = settlements(here)
    assert row.settled_co2_g == round(row.settled_wh * float(row.factor.kg_per_kwh))
    assert row.factor.region == here.campus.factor_region


def test_comparison_rooms_are_settled_with_nothing_and_a_placebo_figure() -> None:
    here = planted()
    close(here, range(21))
    [row] = settlements(here, 0)
    assert (row.settled_wh, row.booked_wh, row.baseline.part) == (0, 0, "COMPARISON")
    snapshot = SettlementSnapshot.objects.get()
    told = SavingSettlement.objects.filter(baseline__part="COMPARISON")
    assert snapshot.placebo_wh == sum(one.facts["placebo_wh"] for one in told)
    assert snapshot.comparison_wh == pytest.approx(sum(one.actual_wh for one in told), abs=12)


def test_a_night_again_settles_nothing_anew() -> None:
    here = planted()
    close(here, range(28))
    before = list(SavingSettlement.objects.order_by("pk").values())
    assert [settle(here, n) for n in (27, 20, 3)] == [0, 0, 0]
    assert list(SavingSettlement.objects.order_by("pk").values()) == before


def test_late_data_of_a_settled_day_revises_that_room_alone() -> None:
    here = planted()
    close(here, range(28))
    first, second = settlements(here)
    for n in range(5, 15):
        correct(here, place=SAVER, n=n, wh=6000)
    assert settle(here, 5) == 2
    again = settlements(here)
    assert [row.revision for row in again] == [1, 2, 1, 2]
    assert again[1].booked_wh < first.booked_wh
    assert again[3].booked_wh < second.booked_wh
    assert again[3].booked_wh == again[1].settled_wh + again[3].settled_wh
    assert SavingSettlement.objects.filter(revision=2).count() == 2
    assert settle(here, 5) == 0


def test_a_correction_leaves_medians_scales_and_pools_as_they_were_taken() -> None:
    here = planted()
    close(here, range(28))
    before = list(SettlementSnapshot.objects.order_by("ends_on").values())
    correct(here, place=0, n=4, wh=90_000)
    correct(here, place=SAVER, n=4, wh=90_000)
    settle(here, 4)
    assert list(SettlementSnapshot.objects.order_by("ends_on").values()) == before
    assert len(settlements(here, NEIGHBOUR)) == 2


def test_the_next_settlement_goes_on_from_the_corrected_one() -> None:
    here = planted()
    close(here, range(28))
    for n in range(5, 15):
        correct(here, place=SAVER, n=n, wh=6000)
    settle(here, 5)
    close(here, range(28, 35))
    newest = settlements(here)[-1]
    assert newest.ends_on == day_of(35)
    before = settlements(here)[-2]
    assert newest.settled_wh == newest.booked_wh - before.booked_wh
    assert before.revision == 2


def test_a_correction_before_the_settled_days_changes_no_settlement() -> None:
    here = planted()
    close(here, range(21))
    panels.tell([here.rooms[SAVER]], np.full((1, 30), 9.0),
                starts_on=here.term.starts_on - timedelta(days=30), revision=2)  # fmt: skip
    assert settle(here, 0) == 0


def test_a_room_with_too_many_gaps_waits_and_loses_nothing() -> None:
    here = planted()
    gap = here.rooms[SAVER].daily_uses.filter(day__gte=day_of(10), day__lt=day_of(21))
    kept = list(gap.values_list("day", "wh"))
    gap.update(wh=None, status="MISSING")
    close(here, range(28))
    assert settlements(here) == []
    for day, wh in kept:
        correct(here, place=SAVER, n=(day - day_of(0)).days, wh=wh or 0)
    close(here, range(28, 35))
    [row] = settlements(here)
    assert (row.starts_on, row.ends_on) == (day_of(0), day_of(35))
    assert row.settled_wh == row.booked_wh > 0


def test_who_moves_out_is_settled_a_last_time() -> None:
    here = planted()
    stay = here.occupancies[SAVER]
    stay.ends_on = day_of(25)
    stay.save()
    close(here, range(42))
    assert [row.ends_on for row in settlements(here)] == [day_of(21), day_of(28)]


def test_a_changed_set_of_people_begins_anew() -> None:
    here = planted(days=84)
    stay = here.occupancies[SAVER]
    stay.ends_on = day_of(14)
    stay.save()
    factories.a_student(room=here.rooms[SAVER], since=day_of(14))
    close(here, range(84))
    assert settlements(here) == []  # fourteen days were too few
    new = Occupancy.objects.get(room=here.rooms[SAVER], starts_on=day_of(14))
    rows = SavingSettlement.objects.filter(occupancy=new).order_by("ends_on")
    assert rows[0].starts_on == day_of(35)
    assert rows[0].ends_on == day_of(56)
    # They have always used this little: it is their usual, not a saving.
    assert sum(row.settled_wh for row in rows) < 0.02 * rows.reverse()[0].actual_wh


def test_every_figure_of_a_credit_is_kept() -> None:
    here = planted()
    close(here, range(21))
    [row] = settlements(here)
    facts, snapshot = row.facts, row.snapshot.facts
    yard = snapshot["cohorts"][str(facts["cohort"])]
    assert facts["saving"] == pytest.approx(
        1 - facts["used_wh"] / facts["baseline_wh"] - yard["drift"]
    )
    assert facts["sigma"] == pytest.approx(row.baseline.inputs["shape"] * yard["scale"])
    assert row.booked_wh == round(max(facts["own_wh"], facts["shared_wh"]))
    told = snapshot["inputs"][str(facts["cohort"])]
    shortfall = 1 - np.array(told["used_wh"]) / np.array(told["expected_wh"])
    low, high = np.quantile(shortfall, (0.25, 0.75))
    assert low < yard["drift"] - yard["luck"] < high
    assert snapshot["rule"]["own"] == asdict(RAMPS["default"])


def test_a_settlement_kept_by_the_rule_of_its_time_is_judged_by_it() -> None:
    here = planted()
    close(here, range(21))
    [before] = settlements(here)
    snapshot, cohort = before.snapshot, str(before.facts["cohort"])
    yard = snapshot.facts["cohorts"][cohort]
    yard["median"], yard["lift"] = yard.pop("drift") + 0.05, 0.0
    for name in ("campus", "floors_differ"):
        del snapshot.facts["rule"][name]
    snapshot.facts["rule"]["share_from"] = 0.1
    for pool in snapshot.facts["pools"].values():
        del pool["whole_from"]
    snapshot.save()
    first = SavingEstimate.objects.get(occupancy=here.occupancies[SAVER], day=day_of(0))
    correct(here, place=SAVER, n=0, wh=first.actual_wh + 1)
    close(here, range(1))
    again = settlements(here)[-1]
    assert again.facts["saving"] == pytest.approx(before.facts["saving"] - 0.05, abs=0.001)


def test_a_day_within_a_week_settles_nothing() -> None:
    here = planted()
    close(here, range(20))
    assert settle(here, 19) == 0
    assert not SettlementSnapshot.objects.exists()


def test_a_campus_without_baselines_settles_nothing() -> None:
    made = panels.make(comparison=3, enrolled=4)
    here = panels.plant(made)
    close(here, range(28))
    assert not SettlementSnapshot.objects.exists()
