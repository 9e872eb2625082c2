"""Telling once, only to those who want to hear, and each person their own."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import LazySettings

from campus.notices import operations, queries, words
from campus.notices.kinds import UnknownKind, kind_of
from campus.notices.models import Muted, Notice, Topic
from campus.notices.operations.telling import KEPT
from campus.people import operations as people
from campus.people.models import Profile
from campus.places.models import Campus
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 10, 3, tzinfo=UTC)
DAY = date(2026, 3, 9)
HERE = "tests.campus.notices.test_operations"


def tell(*who: Profile, key: str = "a", **params: object) -> int:
    campus = who[0].holder.campus
    to = [profile.user_id for profile in who]
    told = {"day": "2026-03-09", **params}
    return operations.tell(campus=campus, kind="DAY", to=to, key=key, params=told, at=AT)


def test_the_same_thing_is_told_once() -> None:
    student = make.a_student()
    tell(student, used_wh=3000)
    tell(student, used_wh=9000)
    [notice] = Notice.objects.all()
    assert notice.params["used_wh"] == 3000


def test_who_muted_a_topic_is_not_told_and_others_are() -> None:
    deaf, hears = make.a_student(), make.a_student()
    operations.choose(user=deaf.user, topic=Topic.DAY, wanted=False)
    tell(deaf, hears)
    assert [notice.user for notice in Notice.objects.all()] == [hears.user]
    operations.choose(user=deaf.user, topic=Topic.DAY, wanted=True)
    tell(deaf, key="b")
    assert deaf.user.notices.count() == 1


def test_a_kind_that_nobody_declares_is_refused_and_leaves_nothing() -> None:
    campus, student = make.a_campus(), make.a_student()
    with pytest.raises(UnknownKind):
        operations.tell(
            campus=campus, kind="NO_SUCH", to=[student.user_id], key="a", params={}, at=AT
        )
    assert not Notice.objects.exists()


def use_of(*, campus: Campus, day: date) -> Mapping[int, Mapping[str, object]]:
    return {holder: {"used_wh": 3400} for holder in sorted(everybody(campus))}


def share_of(*, campus: Campus, day: date) -> Mapping[int, Mapping[str, object]]:
    return {min(everybody(campus)): {"share_minor": 412}}


def everybody(campus: Campus) -> set[int]:
    return set(campus.holders.filter(kind="PERSON").values_list("pk", flat=True))


def test_the_parts_of_a_persons_day_make_one_notice(settings: LazySettings) -> None:
    settings.NEWS_PLAN = [f"{HERE}.use_of", f"{HERE}.share_of"]
    first, second = make.a_student(), make.a_student()
    for _again in range(2):
        operations.tell_day(campus=first.holder.campus, day=DAY, at=AT)
    told = {notice.user: notice.params for notice in Notice.objects.all()}
    assert told == {
        first.user: {"day": "2026-03-09", "used_wh": 3400, "share_minor": 412},
        second.user: {"day": "2026-03-09", "used_wh": 3400},
    }


def test_the_erased_are_told_nothing_and_leave_nothing(settings: LazySettings) -> None:
    settings.NEWS_PLAN = [f"{HERE}.use_of"]
    gone, stays = make.a_student(), make.a_student()
    tell(gone, stays)
    operations.choose(user=gone.user, topic=Topic.BILL, wanted=False)
    people.erase(user=gone.user, at=AT)
    operations.tell_day(campus=stays.holder.campus, day=DAY, at=AT)
    assert {notice.user_id for notice in Notice.objects.all()} == {stays.user_id}
    assert not Muted.objects.exists()


def test_news_of_a_season_ago_are_forgotten(settings: LazySettings) -> None:
    settings.NEWS_PLAN = []
    student = make.a_student()
    tell(student)
    after = AT + KEPT
    operations.tell_day(campus=student.holder.campus, day=DAY, at=after)
    assert Notice.objects.count() == 1
    operations.tell_day(campus=student.holder.campus, day=DAY, at=after + timedelta(seconds=1))
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        (
            "en",
            "Your day, 9 March",
            "The room used 3.4\u00a0kWh. Your share of the bill is ₩1,412.",
        ),
        ("ko", "3월 9일의 기록", "방에서 3.4\u00a0kWh를 썼어요. 내 몫의 요금: ₩1,412."),
        ("zh-hans", "3 月 9 日的记录", "房间用电 3.4\u00a0kWh。您分摊的电费是 ₩1,412。"),
    ],
)
def test_a_notice_is_written_in_the_language_of_who_reads_it(
    language: str, title: str, text: str
) -> None:
    from django.utils import translation

    student = make.a_student()
    tell(student, used_wh=3400, share_minor=1412, place=None, rooms=30)
    [notice] = queries.notices_of(user=student.user)
    with translation.override(language):
        assert words.title(notice, kind=kind_of("DAY")) == title
        assert words.text(notice, kind=kind_of("DAY")) == text
