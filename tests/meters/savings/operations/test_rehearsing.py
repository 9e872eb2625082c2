"""A settled term under other terms: budget, winners and losers."""

import pytest

from campus.nights.models import Outbox
from meters.savings.models import SavingSettlement, TermRehearsal
from meters.savings.operations import ask_rehearsal, work_out
from meters.savings.refusals import NothingSettled, RehearsalRunning
from tests.meters.savings import panels
from tests.meters.savings.panels import AT, Planted, close

pytestmark = pytest.mark.django_db
SAME = {"ramp": "default", "comfort_wh": 300, "cp_per_kg": 100, "paid_cp_per_kg": 100}


def settled() -> Planted:
    """One room saves much, and one so little that the ramp decides."""
    made = panels.make(comparison=12, enrolled=12, days=35)
    made.use[13, made.history :] *= 0.7
    made.use[14, made.history :] *= 0.87
    here = panels.plant(made)
    close(here, range(35))
    return here


def tried(here: Planted, **other: object) -> dict[str, object]:
    asked = {**SAME, "weekly_cap_cp": 0, "cp_minor": 10, **other}
    row = ask_rehearsal(term=here.term, asked=asked, by=None, at=AT)
    result: dict[str, object] = work_out(rehearsal=row, at=AT).result
    return result


def test_the_same_terms_change_nothing() -> None:
    result = tried(settled())
    assert result["points_before"] == result["points_after"]
    assert result["quantiles"] == [0, 0, 0, 0, 0]
    assert (result["rooms"], result["same"]) == (12, 12)


def test_other_terms_tell_their_budget_winners_and_losers() -> None:
    here = settled()
    generous, half = tried(here, ramp="generous"), tried(here, cp_per_kg=50)
    assert generous["points_after"] > generous["points_before"] > 0
    assert half["points_after"] == pytest.approx(half["points_before"] / 2, abs=40)
    assert half["lose"]["rooms"] > 0 == half["gain"]["rooms"]
    assert half["money_after"] == 10 * half["points_after"]


@pytest.mark.long
def test_a_cap_holds_each_week_and_person() -> None:
    result = tried(settled(), weekly_cap_cp=5)
    assert result["points_after"] <= 5 * 3 * result["people"]  # three settlements


@pytest.mark.long
def test_few_rooms_of_a_home_are_not_told_apart() -> None:
    here = settled()
    assert set(tried(here)["homes"]) == {here.rooms[0].residence.code}
    # four enrolled rooms are fewer than five
    SavingSettlement.objects.exclude(occupancy__in=here.occupancies[:16]).delete()
    assert tried(here)["homes"] == {}


def test_nothing_of_the_campus_is_changed_by_a_rehearsal() -> None:
    here = settled()
    before = list(SavingSettlement.objects.order_by("pk").values())
    tried(here, ramp="strict")
    assert list(SavingSettlement.objects.order_by("pk").values()) == before


def test_it_is_worked_out_in_the_background_one_at_a_time() -> None:
    here = settled()
    row = ask_rehearsal(term=here.term, asked=SAME, by=None, at=AT)
    message = Outbox.objects.get(task="meters.rehearse_term")
    assert message.arguments["rehearsal_id"] == row.pk
    with pytest.raises(RehearsalRunning):
        ask_rehearsal(term=here.term, asked=SAME, by=None, at=AT)
    work_out(rehearsal=row, at=AT)
    assert TermRehearsal.objects.get().state == "DONE"


def test_a_term_without_settlements_cannot_be_rehearsed() -> None:
    here = panels.plant(panels.make(comparison=12, enrolled=4, days=35))
    with pytest.raises(NothingSettled):
        ask_rehearsal(term=here.term, asked=SAME, by=None, at=AT)
