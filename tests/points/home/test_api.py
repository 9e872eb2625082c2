from datetime import date, datetime

import pytest
from rest_framework.test import APIClient

from campus.nights.models import NightRun, State
from campus.people.models import User
from meters.readings.models import DailyUse, Status
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat("2026-03-03T06:00:00+09:00")
DAY = date(2026, 3, 2)


def client(user: User) -> APIClient:
    api = APIClient()
    api.force_authenticate(user)
    return api


def closed(room: object, wh: int | None = 3000) -> None:
    status = Status.ACTUAL if wh is not None else Status.MISSING
    DailyUse.objects.create(room=room, day=DAY, wh=wh, status=status, closed_at=AT)


def night(campus: object) -> None:
    NightRun.objects.create(campus=campus, day=DAY, state=State.DONE, started_at=AT, finished_at=AT)


def test_home_is_for_students() -> None:
    assert client(make.a_manager()).get("/api/v1/home/").status_code == 404


def test_days_begin_with_the_day_somebody_moved_in() -> None:
    room = make.a_room()
    closed(room)
    newcomer = make.a_student(room=room, since=date(2026, 3, 3))
    settled = make.a_student(room=room, since=date(2026, 3, 1))
    ask = "/api/v1/energy/days/?from=2026-03-01&to=2026-03-10"
    assert client(newcomer.user).get(ask).json()["days"] == []
    assert [d["wh"] for d in client(settled.user).get(ask).json()["days"]] == [3000]


@pytest.mark.parametrize("period", ["from=2026-03-10&to=2026-03-01", "from=2020-01-01", "from=x"])
def test_days_refuse_a_period_that_is_none(period: str) -> None:
    student = make.a_student(room=make.a_room())
    answer = client(student.user).get(f"/api/v1/energy/days/?{period}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == "from"


def test_a_wallet_entry_of_somebody_else_is_not_found() -> None:
    student = make.a_student(room=make.a_room())
    for entry in ("CP-1", "nonsense", "SUN-999999999999999999999"):
        assert client(student.user).get(f"/api/v1/wallet/entries/{entry}/").status_code == 404


def test_a_manager_sees_the_rooms_of_their_residence_and_no_other() -> None:
    own, other = make.a_residence(code="alder"), make.a_residence(code="birch")
    mine, foreign = make.a_room(residence=own, number="301"), make.a_room(residence=other)
    closed(mine)
    night(own.campus)
    manager = client(make.a_manager(residence=own))
    rooms = manager.get("/api/v1/manage/rooms/").json()["rooms"]
    assert [(row["number"], row["wh"]) for row in rooms] == [("301", 3000)]
    assert manager.get(f"/api/v1/manage/rooms/{mine.uid}/").json()["number"] == "301"
    assert manager.get(f"/api/v1/manage/rooms/{foreign.uid}/").status_code == 404
    assert manager.get(f"/api/v1/manage/rooms/?residence={other.uid}").status_code == 404


def test_today_counts_missing_rooms_and_never_as_zero_kwh() -> None:
    home = make.a_residence()
    closed(make.a_room(residence=home), 4000)
    closed(make.a_room(residence=home), None)
    night(home.campus)
    today = client(make.a_manager(residence=home)).get("/api/v1/manage/today/").json()
    assert (today["rooms"], today["actual"], today["missing"]) == (2, 1, 1)
    assert (today["wh_total"], today["pv_wh"]) == (4000, None)


def test_today_of_a_campus_that_never_closed_a_night_is_empty() -> None:
    today = client(make.a_manager()).get("/api/v1/manage/today/").json()
    assert (today["day"], today["rooms"], today["nights"]) == (None, 0, [])


def test_a_student_has_no_manager_pages() -> None:
    student = make.a_student(room=make.a_room())
    for page in ("today", "rooms"):
        assert client(student.user).get(f"/api/v1/manage/{page}/").status_code == 404
