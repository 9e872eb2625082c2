"""The bell: my own news, silent at night, and only of what I want to hear."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.notices import operations
from campus.people.models import Profile, User
from tests import factories as make

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 3, 10, 11, tzinfo=UTC)  # 20:00 in Seoul
NIGHT = datetime(2026, 3, 10, 14, tzinfo=UTC)  # 23:00
MORNING = datetime(2026, 3, 10, 23, tzinfo=UTC)  # 08:00


def client(user: User) -> APIClient:
    found = APIClient()
    found.force_login(user)
    return found


def tell(who: Profile, *, at: datetime, key: str) -> None:
    operations.tell(
        campus=who.holder.campus, kind="DAY", to=[who.user_id], key=key,
        params={"day": "2026-03-09", "used_wh": 3400}, at=at,
    )  # fmt: skip


def bell(user: User, *, at: datetime) -> int:
    with time_machine.travel(at, tick=False):
        return int(client(user).get("/api/v1/notices/bell/").json()["unread"])


def feed(user: User) -> list[dict[str, Any]]:
    with time_machine.travel(MORNING, tick=False):
        answer = client(user).get("/api/v1/notices/", headers={"accept-language": "en"})
        return list(answer.json()["results"])


def test_a_person_sees_their_own_news_newest_first() -> None:
    mine, other = make.a_student(), make.a_student()
    tell(mine, at=EVENING, key="a")
    tell(mine, at=NIGHT, key="b")
    tell(other, at=EVENING, key="a")
    told = feed(mine.user)
    assert [row["told_at"] for row in told] == ["2026-03-10T14:00:00Z", "2026-03-10T11:00:00Z"]
    assert (told[0]["title"], told[0]["text"]) == (
        "Your day, 9 March",
        "The room used 3.4\u00a0kWh.",
    )
    assert (told[0]["topic"], told[0]["link"], told[0]["is_new"]) == ("DAY", "#/energy", True)


def test_the_bell_is_silent_at_night_and_rings_in_the_morning() -> None:
    mine = make.a_student()
    tell(mine, at=NIGHT, key="a")
    assert (bell(mine.user, at=NIGHT), bell(mine.user, at=MORNING)) == (0, 1)


def test_what_was_looked_at_is_new_no_longer() -> None:
    mine = make.a_student()
    tell(mine, at=EVENING, key="a")
    with time_machine.travel(EVENING, tick=False):
        answer = client(mine.user).post("/api/v1/notices/bell/")
    assert (answer.status_code, answer.json()) == (200, {"unread": 0})
    assert [row["is_new"] for row in feed(mine.user)] == [False]


def test_each_topic_can_be_switched_off_and_on_again() -> None:
    mine, other = make.a_student(), make.a_student()
    off = client(mine.user).put(
        "/api/v1/notices/topics/", {"topic": "DAY", "wanted": False}, format="json"
    )
    assert {row["topic"]: row["wanted"] for row in off.json()}["DAY"] is False
    theirs = client(other.user).get("/api/v1/notices/topics/").json()
    assert all(row["wanted"] for row in theirs)
    on = client(mine.user).put(
        "/api/v1/notices/topics/", {"topic": "DAY", "wanted": True}, format="json"
    )
    assert all(row["wanted"] for row in on.json())


def test_a_topic_that_does_not_exist_is_refused() -> None:
    wish = {"topic": "NOISE", "wanted": False}
    answer = client(make.a_student().user).put("/api/v1/notices/topics/", wish, format="json")
    assert answer.status_code == 400


def test_strangers_hear_nothing() -> None:
    for path in ("notices/", "notices/bell/", "notices/topics/"):
        assert APIClient().get(f"/api/v1/{path}").status_code in {401, 403}
