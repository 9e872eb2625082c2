"""What a manager agrees on, draws, is told to look after and rehearses."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.places.models import Enrolment, Term
from meters.savings import operations
from meters.savings.models import Lottery, SettlementSnapshot, TermRehearsal, WelfareNote
from tests import factories
from tests.meters.savings import panels
from tests.meters.savings.panels import Planted, day_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_month_later() -> Iterator[None]:
    with time_machine.travel("2026-04-01T03:00:00Z", tick=False):
        yield


@pytest.fixture
def here() -> Planted:
    return panels.plant(panels.make(comparison=12, enrolled=12, days=56))


@pytest.fixture
def desk(here: Planted) -> APIClient:
    client = APIClient()
    client.force_login(factories.a_manager(residence=here.rooms[0].residence))
    return client


def ask(desk: APIClient, path: str, body: dict[str, object], *, status: int = 201) -> Any:
    answer = desk.post(
        f"/api/v1/manage/{path}/",
        body,
        format="json",
        headers={"Idempotency-Key": str(uuid4()), "accept-language": "en"},
    )
    assert answer.status_code == status, answer.content
    return answer.json()


def a_coming_term(here: Planted) -> Term:
    return factories.a_term(campus=here.campus, starts_on=day_of(100), ends_on=day_of(200))


def test_the_desk_tells_terms_outlook_and_what_may_be_drawn(here: Planted, desk: APIClient) -> None:
    a_coming_term(here)
    told = desk.get("/api/v1/manage/savings/").json()
    assert (told["rooms"], told["recommended"], told["least"]) == (24, 8, 5)
    assert [term["may_draw"] for term in told["terms"]] == [False, True]
    assert [term["comparison"] for term in told["terms"]] == [12, 0]
    assert told["outlook"][0]["comparison"] == 5


def test_a_placebo_figure_opens_down_to_the_yardsticks_of_its_settlement(
    here: Planted, desk: APIClient
) -> None:
    panels.close(here, range(21))
    newest = desk.get("/api/v1/manage/savings/").json()["placebos"][0]
    weeks = desk.get("/api/v1/manage/savings/placebo/").json()
    assert {name: weeks[0][name] for name in newest} == newest
    yards = SettlementSnapshot.objects.latest("ends_on").facts["cohorts"].values()
    told = [(yard["rooms"], yard["drift"], yard["scale"]) for yard in weeks[0]["yards"]]
    assert told == [(12, yard["drift"], yard["scale"]) for yard in yards]


def test_a_draw_is_published_to_residents_with_its_seed(here: Planted, desk: APIClient) -> None:
    term = a_coming_term(here)
    body = {"term": str(term.uid), "comparison": 8, "seed": "17 4 33"}
    told = ask(desk, "savings/lottery", body)
    assert told["terms"][1]["lottery"]["seed"] == "17 4 33"
    assert Enrolment.objects.filter(term=term, part="COMPARISON").count() == 8
    resident = factories.a_student(room=here.rooms[3])
    client = APIClient()
    client.force_login(resident.user)
    assert client.get("/api/v1/savings/lottery/").status_code == 404  # not of this term
    with time_machine.travel(f"{day_of(110)}T03:00:00Z", tick=False):
        client.force_login(resident.user)
        drawn = client.get("/api/v1/savings/lottery/").json()
    assert drawn["order"] == Lottery.objects.get().order
    assert drawn["mine"] == str(here.rooms[3].uid)


def test_everybody_enrolled_is_refused_in_words(here: Planted, desk: APIClient) -> None:
    body = {"term": str(a_coming_term(here).uid), "comparison": 0}
    told = ask(desk, "savings/lottery", body, status=422)
    assert told["code"] == "everybody_enrolled"
    assert "told from the weather" in told["detail"]
    assert not Lottery.objects.exists()


def test_a_term_of_another_campus_is_not_there(here: Planted, desk: APIClient) -> None:
    other = factories.a_term(
        campus=factories.a_campus(slug="south"), starts_on=day_of(100), ends_on=day_of(200)
    )
    ask(desk, "savings/lottery", {"term": str(other.uid), "comparison": 8}, status=404)


def test_terms_and_warnings_are_kept_and_a_warning_can_be_taken_back(
    here: Planted, desk: APIClient
) -> None:
    a_coming_term(here)
    terms = {"valid_from": str(day_of(60)), "ramp": "strict", "comfort_wh": 500}
    told = ask(desk, "savings/terms", terms)
    assert [(term["ramp"], term["comfort_wh"]) for term in told["terms"]] == [
        ("default", 300),
        ("strict", 500),
    ]
    days = {"kind": "HEAT", "starts_on": str(day_of(31)), "ends_on": str(day_of(33))}
    uid = ask(desk, "savings/warnings", days)["uid"]
    audit = desk.get("/api/v1/manage/audit/", headers={"accept-language": "en"}).json()["results"]
    assert {act["text"] for act in audit} == {
        "Announced saving terms from 1 May 2026",
        "Entered a weather warning from 2 April 2026",
    }
    assert len(desk.get("/api/v1/manage/savings/warnings/").json()) == 1
    assert desk.delete(f"/api/v1/manage/savings/warnings/{uid}/").status_code == 204
    assert desk.get("/api/v1/manage/savings/warnings/").json() == []


def test_a_welfare_note_names_a_room_and_a_day_and_nothing_else(
    here: Planted, desk: APIClient
) -> None:
    note = WelfareNote.objects.create(
        occupancy=here.occupancies[14], since=day_of(10), noted_on=day_of(14)
    )
    [told] = desk.get("/api/v1/manage/welfare/").json()
    assert set(told) == {"uid", "room", "since", "noted_on", "seen_at"}
    assert told["room"] == here.rooms[14].number
    answer = desk.post(f"/api/v1/manage/welfare/{note.uid}/seen/")
    assert answer.json()["seen_at"].startswith("2026-04-01")


def test_a_rehearsal_is_accepted_and_told_when_it_is_done(here: Planted, desk: APIClient) -> None:
    panels.close(here, range(21))
    body = {
        "term": str(here.term.uid),
        "ramp": "generous",
        "comfort_wh": 300,
        "cp_per_kg": 120,
        "paid_cp_per_kg": 100,
    }
    row = ask(desk, "rehearsals", body, status=202)
    assert (row["state"], row["result"]) == ("WAITING", None)
    assert ask(desk, "rehearsals", body, status=409)["code"] == "rehearsal_running"
    told = desk.get("/api/v1/manage/rehearsals/").json()
    assert [each["uid"] for each in told["rehearsals"]] == [row["uid"]]
    assert [each["uid"] for each in told["terms"]] == [str(here.term.uid)]
    operations.work_out(rehearsal=TermRehearsal.objects.get(), at=panels.AT)
    english = {"accept-language": "en"}
    [done] = desk.get("/api/v1/manage/rehearsals/", headers=english).json()["rehearsals"]
    [home] = done["result"]["homes"]
    assert (home["name"], home["rooms"]) == ("Alder", 12)
