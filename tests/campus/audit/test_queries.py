"""Acts of staff: gathered from the rooms, in order, page by page, and of no other house."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from campus.audit.queries import acts
from campus.audit.sources import Mark, sources
from campus.notices.models import Announcement
from campus.people import operations as people
from campus.people.models import User
from campus.places.models import Residence
from meters.billing.models import Balance
from meters.readings.models import Delivery
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 1, 3, tzinfo=UTC)


def told(home: Residence, by: User | None, *, at: datetime = AT) -> Announcement:
    return Announcement.objects.create(
        residence=home, title={"en": f"News of {at:%H:%M}"}, by=by, told_at=at
    )


def handed_in(home: Residence, by: User, *, name: str, at: datetime = AT) -> Delivery:
    return Delivery.objects.create(
        campus=home.campus, name=name, digest=name, size=1, way="UPLOAD", state="TAKEN",
        received_at=at, received_by=by,
    )  # fmt: skip


def test_acts_of_all_rooms_stand_in_one_order_with_who_and_when() -> None:
    home = make.a_residence()
    keeper = make.a_manager(residence=home, username="keeper")
    room = make.a_room(residence=home)
    told(home, keeper)
    handed_in(home, keeper, name="april.csv", at=AT + timedelta(hours=2))
    Balance.objects.create(
        room=room, read_at=AT, amount=100, source="MANUAL", entered_by=keeper,
        kept_at=AT + timedelta(hours=1),
    )  # fmt: skip
    told(home, None, at=AT + timedelta(hours=3))  # by nobody: no act of staff
    page, rest = acts(residence=home)
    assert [(act.code, act.who, act.at.hour) for act in page] == [
        ("meters.delivery", "keeper", 5),
        ("billing.balance", "keeper", 4),
        ("people.announcement", "keeper", 3),
    ]
    assert rest is None
    assert [act.code for act in acts(residence=home, area="billing")[0]] == ["billing.balance"]


def test_pages_hold_every_act_once_even_at_the_same_instant() -> None:
    home = make.a_residence()
    keeper = make.a_manager(residence=home)
    for n in range(4):
        told(home, keeper)
        handed_in(home, keeper, name=f"{n}.csv")
    whole, _rest = acts(residence=home)
    paged, mark = [], None
    while True:
        page, mark = acts(residence=home, before=mark, limit=3)
        paged += page
        if mark is None:
            break
    assert paged == whole
    assert len(paged) == 8


def test_a_deep_page_asks_no_more_than_the_first() -> None:
    home = make.a_residence()
    counts = []
    for mark in (None, Mark(AT, "meters.delivery", 10**6)):
        with CaptureQueriesContext(connection) as asked:
            acts(residence=home, before=mark)
        counts.append(len(asked))
        assert not any("OFFSET" in query["sql"] for query in asked)
    assert counts == [len(sources())] * 2


def test_acts_in_another_house_are_not_told() -> None:
    home, other = make.a_residence(), make.a_residence(code="birch")
    keeper = make.a_manager(residence=home)
    told(other, keeper)
    assert acts(residence=home) == ([], None)
    client = APIClient()
    client.force_login(keeper)
    answer = client.get("/api/v1/manage/audit/", {"residence": str(other.uid)})
    assert answer.status_code == 404
    for cursor in ("x", "eCB5IHo=", "MjAyNi0wNC0wMSBhIDE="):
        assert client.get("/api/v1/manage/audit/", {"cursor": cursor}).status_code == 404


def test_a_manager_reads_on_where_the_page_ended() -> None:
    home = make.a_residence()
    keeper = make.a_manager(residence=home, username="keeper")
    for n in range(51):
        told(home, keeper, at=AT + timedelta(minutes=n))
    client = APIClient()
    client.force_login(keeper)
    english = {"accept-language": "en"}
    first = client.get("/api/v1/manage/audit/", headers=english).json()
    assert first["results"][0]["text"] == "Announced to the house: News of 03:50"
    assert len(first["results"]) == 50
    last = client.get("/api/v1/manage/audit/", {"cursor": first["next"]}, headers=english).json()
    assert ([act["text"][-5:] for act in last["results"]], last["next"]) == (["03:00"], None)
    assert first["areas"] == ["billing", "meters", "people", "points", "savings"]


def test_an_erased_keeper_is_named_no_more() -> None:
    home = make.a_residence()
    keeper = make.a_manager(residence=home, username="keeper")
    told(home, keeper)
    people.erase(user=keeper, at=AT)
    assert not any("keeper" in act.who for act in acts(residence=home)[0])


def test_every_kind_of_act_has_a_code_of_its_own() -> None:
    codes = [source.code for source in sources()]
    assert len(set(codes)) == len(codes)
