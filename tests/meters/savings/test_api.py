"""What a student may know of their room's savings, and what comparison rooms are not told."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from campus.nights.models import NightRun, State
from campus.people.models import Profile
from meters.savings.models import SavingSettlement
from tests import factories
from tests.meters.savings import panels
from tests.meters.savings.panels import AT, Planted, close, correct, day_of

pytestmark = pytest.mark.django_db
COMPARISON, SAVER = 8, 9
NIGHTS = 30


@pytest.fixture(autouse=True)
def _morning_after() -> Iterator[None]:
    with time_machine.travel("2026-04-01T03:00:00Z", tick=False):
        yield


def planted(*, new: bool = False, nights: int = NIGHTS) -> Planted:
    made = panels.make(comparison=COMPARISON, enrolled=6, days=70)
    made.use[SAVER, made.history :] = np.round(0.67 * made.use[SAVER, made.history :])
    here = panels.plant(panels.new_people(made) if new else made)
    close(here, range(nights))
    NightRun.objects.create(
        campus=here.campus,
        day=day_of(nights - 1),
        state=State.DONE,
        started_at=AT,
        finished_at=AT,
    )
    return here


def resident(here: Planted, place: int) -> Profile:
    """Somebody of the occupancy that stands in a room."""
    profile = factories.a_student(campus=here.campus)
    stay = here.occupancies[place]
    here.rooms[place].residencies.create(holder=profile.holder, starts_on=stay.starts_on)
    stay.residents.add(profile.holder)
    return profile


def get(who: Profile, *, language: str = "en") -> dict[str, Any]:
    client = APIClient()
    client.force_login(who.user)
    answer = client.get("/api/v1/savings/", headers={"accept-language": language})
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_a_saver_sees_yesterday_the_settlements_and_what_may_come() -> None:
    here = planted()
    told = get(resident(here, SAVER))
    assert told["part"] == "ENROLLED"
    latest = told["latest"]
    assert latest["day"] == day_of(NIGHTS - 1).isoformat()
    assert latest["saved_wh"] == latest["expected_wh"] - latest["actual_wh"] > 0
    assert latest["percent"] == round(100 * latest["saved_wh"] / latest["expected_wh"])
    newest, first = told["settlements"]
    assert (first["starts_on"], first["ends_on"]) == ("2026-03-02", "2026-03-23")
    assert first["last_day"] == "2026-03-22"
    assert newest["booked_wh"] == newest["settled_wh"] + first["settled_wh"] > 0
    ahead = told["projection"]
    assert ahead["ends_on"] == "2026-04-06"
    assert 0 < ahead["low_wh"] <= ahead["saved_wh"] <= ahead["high_wh"]


def test_every_figure_can_be_traced() -> None:
    here = planted()
    told = get(resident(here, SAVER))
    baseline = told["baseline"]
    assert (baseline["kind"], baseline["version"]) == ("HISTORY", 3)
    assert (baseline["history_days"], baseline["comparison_rooms"]) == (196, COMPARISON)
    assert told["factor"]["kg_per_kwh"] == "0.41730"
    assert told["placebo"]["ends_on"] == "2026-03-30"
    assert float(told["placebo"]["percent"]) < 1


def test_the_method_is_told_in_three_sentences() -> None:
    here = planted(nights=1)
    told = get(resident(here, SAVER))["method"]
    assert len(told) == 3
    assert f"{COMPARISON} comparison rooms" in told[0]


def test_a_resident_of_a_comparison_room_sees_no_figure_of_their_room() -> None:
    here = planted()
    told = get(resident(here, 0))
    assert told["part"] == "COMPARISON"
    assert [told[name] for name in ("latest", "projection", "baseline")] == [None] * 3
    assert told["settlements"] == []
    assert "lot" in told["method"][0]


def test_new_people_are_told_until_when_they_are_observed() -> None:
    here = planted(new=True, nights=10)
    told = get(resident(here, SAVER))
    assert told["observed_until"] == day_of(21).isoformat()
    assert (told["latest"], told["baseline"], told["settlements"]) == (None, None, [])
    assert "three weeks" in told["method"][0]


def test_a_later_room_mate_does_not_see_the_settlements_of_those_before() -> None:
    here = planted()
    before = resident(here, SAVER)
    stranger = factories.a_student(campus=here.campus)
    here.rooms[SAVER].residencies.create(holder=stranger.holder, starts_on=day_of(NIGHTS - 1))
    assert len(get(before)["settlements"]) == 2
    assert get(stranger)["settlements"] == []


def test_a_corrected_settlement_shows_its_newest_revision() -> None:
    here = planted()
    who = resident(here, SAVER)
    before = get(who)["settlements"]
    for n in range(5, 15):
        correct(here, place=SAVER, n=n, wh=6000)
    close(here, range(5, 6))
    after = get(who)["settlements"]
    assert [row["revision"] for row in after] == [2, 2]
    assert after[0]["booked_wh"] < before[0]["booked_wh"]


def test_before_the_first_night_nothing_is_known() -> None:
    room = factories.a_room()
    told = get(factories.a_student(room=room))
    assert (told["part"], told["latest"], told["settlements"]) == (None, None, [])


def test_who_lives_nowhere_is_told_so_and_staff_find_nothing() -> None:
    client = APIClient()
    client.force_login(factories.a_student().user)
    answer = client.get("/api/v1/savings/")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_room")
    client.force_login(factories.a_manager())
    assert client.get("/api/v1/savings/").status_code == 404


def test_the_screen_is_read_with_a_fixed_number_of_statements() -> None:
    here = planted(nights=22)
    who = resident(here, SAVER)
    get(who)  # what a process learns once
    counts = []
    for nights in (22, NIGHTS):
        close(here, range(22, nights))
        NightRun.objects.update(day=day_of(nights - 1))
        with CaptureQueriesContext(connection) as told:
            get(who)
        counts.append(len(told))
    assert counts[0] == counts[1] <= 32


def test_a_credit_opens_into_its_baseline_its_days_and_the_figures_of_the_rule() -> None:
    here = planted()
    who = resident(here, SAVER)
    settled = get(who)["settlements"][0]
    client = APIClient()
    client.force_login(who.user)
    told = client.get(f"/api/v1/savings/settlements/{settled['starts_on']}/").json()
    assert (told["settled_wh"], told["booked_wh"]) == (settled["settled_wh"], settled["booked_wh"])
    # What is shown can be computed again by whoever doubts it.
    counted = [day for day in told["days"] if day["verdict"] == "COUNTED"]
    assert len(counted) == told["counted_days"]
    assert abs(sum(day["baseline_wh"] for day in counted) - told["baseline_wh"]) <= len(counted)
    saving = 1 - told["used_wh"] / told["baseline_wh"] - told["drift"]
    assert abs(saving - told["saving"]) < 1e-4
    assert told["own_wh"] == pytest.approx(
        max(0, told["saving"]) * told["sure"] * told["baseline_wh"], abs=2
    )
    assert told["booked_wh"] <= max(told["own_wh"], told["shared_wh"]) + 1


def test_the_placebo_figure_opens_into_sums_of_all_comparison_rooms_and_never_one_of_them() -> None:
    here = planted()
    who = resident(here, SAVER)
    client = APIClient()
    client.force_login(who.user)
    weeks = client.get("/api/v1/savings/placebo/").json()
    newest = get(who)["placebo"]
    assert {name: weeks[0][name] for name in newest} == newest
    assert [week["rooms"] for week in weeks] == [COMPARISON] * 2
    assert sum(week["added_wh"] for week in weeks) == newest["placebo_wh"]
    rows = SavingSettlement.objects.filter(baseline__part="COMPARISON", ends_on=day_of(28))
    assert weeks[0]["used_wh"] == pytest.approx(sum(row.actual_wh for row in rows), abs=12)
    assert not set(weeks[0]) & {"room", "occupancy", "holder"}


def test_the_saving_to_date_is_told_with_its_range() -> None:
    here = planted()
    so_far = get(resident(here, SAVER))["so_far"]
    assert so_far["low_wh"] < so_far["saved_wh"] < so_far["high_wh"]
    assert so_far["percent"] > 20
    assert so_far["booked_wh"] <= so_far["saved_wh"]


def test_nobody_opens_the_credit_of_others_and_comparison_rooms_open_none() -> None:
    here = planted()
    starts_on = get(resident(here, SAVER))["settlements"][0]["starts_on"]
    for stranger in (factories.a_student(campus=here.campus), resident(here, 0)):
        client = APIClient()
        client.force_login(stranger.user)
        assert client.get(f"/api/v1/savings/settlements/{starts_on}/").status_code == 404
        assert client.get("/api/v1/savings/settlements/yesterday/").status_code == 404
