"""What a manager announces reaches those who live in the house, once, until it is taken back."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import translation
from rest_framework.test import APIClient

from campus.notices import operations, words
from campus.notices.kinds import kind_of
from campus.notices.models import Announcement, Notice, Topic
from campus.people.models import User
from campus.places.models import Residence
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 10, 3, tzinfo=UTC)
TITLE = {"ko": "점검", "en": "Check", "zh-Hans": "检查"}
TEXT = {"en": "At ten.\nNo power for 5 % of an hour."}
ROUTE = "/api/v1/manage/announcements/"


def announced(house: Residence, by: User) -> Announcement:
    return operations.announce(residence=house, title=TITLE, text=TEXT, by=by, at=AT)


def ask(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def wish(house: Residence, **more: object) -> dict[str, object]:
    return {"residence": str(house.uid), "title": TITLE, "text": TEXT, **more}


def test_all_who_live_in_the_house_are_told_and_nobody_else() -> None:
    house, other = make.a_residence(), make.a_residence(code="other")
    here = make.a_student(room=make.a_room(residence=house))
    make.a_student(room=make.a_room(residence=other))
    gone = make.a_student(room=make.a_room(residence=house, number="302"))
    gone.holder.residencies.update(ends_on=date(2026, 3, 10))
    deaf = make.a_student(room=make.a_room(residence=house, number="303"))
    operations.choose(user=deaf.user, topic=Topic.GENERAL, wanted=False)
    said = announced(house, make.a_manager(residence=house))
    [notice] = Notice.objects.all()
    assert (notice.user, said.people) == (here.user, 1)


@pytest.mark.parametrize(
    ("language", "title"), [("ko", "점검"), ("en", "Check"), ("zh-hans", "检查")]
)
def test_each_reads_it_in_a_language_that_is_there(language: str, title: str) -> None:
    house = make.a_residence()
    make.a_student(room=make.a_room(residence=house))
    announced(house, make.a_manager(residence=house))
    [notice] = Notice.objects.all()
    with translation.override(language):
        assert words.title(notice, kind=kind_of(notice.kind)) == title
        assert words.text(notice, kind=kind_of(notice.kind)) == TEXT["en"]


def test_what_is_taken_back_stands_with_nobody_and_stays_on_record() -> None:
    house = make.a_residence()
    student = make.a_student(room=make.a_room(residence=house))
    keeper = make.a_manager(residence=house)
    first, second = (announced(house, keeper) for _twice in range(2))
    for later in (1, 2):
        said = operations.withdraw(announcement=first, by=keeper, at=AT + timedelta(hours=later))
        assert said.withdrawn_at == AT + timedelta(hours=1)
    assert [row.key for row in student.user.notices.all()] == [f"announcement {second.uid}"]


def test_a_manager_announces_once_sees_it_and_takes_it_back() -> None:
    house = make.a_residence()
    student = make.a_student(room=make.a_room(residence=house))
    manager = ask(make.a_manager(residence=house, username="keeper"))
    key = {"Idempotency-Key": str(uuid4())}
    answers = [manager.post(ROUTE, wish(house), format="json", headers=key) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    [seen] = manager.get(ROUTE).json()["results"]
    assert seen == answers[0].json() == answers[1].json()
    assert (seen["people"], seen["by"], seen["languages"]) == (1, "keeper", ["ko", "en", "zh-Hans"])
    assert student.user.notices.count() == 1

    back = manager.post(f"{ROUTE}{seen['uid']}/withdraw/", headers={"Idempotency-Key": "take-back"})
    assert (back.status_code, student.user.notices.count()) == (200, 0)
    assert back.json()["withdrawn_at"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": {}}, "title"),
        ({"title": {"en": "x" * 301}}, "title"),
        ({"text": {"ko": "x" * 2001}}, "text"),
        ({"residence": "nowhere"}, "residence"),
    ],
)
def test_what_cannot_be_announced_is_told_at_its_field(
    wrong: dict[str, object], field: str
) -> None:
    house = make.a_residence()
    manager = ask(make.a_manager(residence=house))
    key = {"Idempotency-Key": str(uuid4())}
    answer = manager.post(ROUTE, wish(house, **wrong), format="json", headers=key)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"].startswith(field)
    assert not Announcement.objects.exists()


def test_the_house_of_another_manager_is_not_there() -> None:
    house, other = make.a_residence(), make.a_residence(code="other")
    said = announced(house, make.a_manager(residence=house))
    stranger = ask(make.a_manager(residence=other))
    asked = [
        stranger.post(ROUTE, wish(house), format="json", headers={"Idempotency-Key": "not-mine-1"}),
        stranger.get(f"{ROUTE}?residence={house.uid}"),
        stranger.post(f"{ROUTE}{said.uid}/withdraw/", headers={"Idempotency-Key": "not-mine-2"}),
    ]
    assert [answer.status_code for answer in asked] == [404, 404, 404]
    assert Announcement.objects.get().withdrawn_at is None
