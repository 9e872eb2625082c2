"""How a month is going, what it will come to, its statement, and saying that it is wrong."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.notices.models import Notice
from campus.people.models import Profile, Residency
from campus.places.models import BillMode
from meters.billing import operations
from meters.billing.models import BillObjection
from meters.billing.queries.outlook import outlooks
from tests import factories
from tests.meters.billing.rows import APRIL, a_big_room, a_priced_residence, charged, used
from tests.meters.billing.samples import KOREAN, QUOTA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_april() -> Any:
    with time_machine.travel("2026-04-21T03:00:00Z", tick=False):
        yield


def client_of(who: Profile) -> APIClient:
    client = APIClient()
    client.force_login(who.user)
    client.credentials(HTTP_ACCEPT_LANGUAGE="en", HTTP_IDEMPOTENCY_KEY=str(uuid4()))
    return client


def get(who: Profile, path: str, *, status: int = 200) -> dict[str, Any]:
    answer = client_of(who).get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def twenty_days(
    *, name: str = KOREAN, mode: str = BillMode.CHARGED, wh: int = 9000
) -> list[Profile]:
    residence = a_priced_residence(name=name)
    residence.bill_mode = mode
    residence.save()
    room = a_big_room(residence)
    students = [factories.a_student(room=room, nickname=f"Leaf {n}") for n in range(2)]
    used(room, [wh] * 20)
    charged(room, 20)
    return students


def test_the_end_of_a_month_is_expected_with_its_band() -> None:
    me, _mate = twenty_days()
    now = get(me, "bills/now/")
    assert (now["day"], now["day_number"], now["days"]) == ("2026-04-20", 20, 30)
    assert (now["wh"], now["per_day_wh"]) == (180_000, 9000)
    assert now["expected_wh"]["expected"] == 270_000
    # 270 kWh at the end: 1,600 + 24,000 + 15,022 + 2,430 + 1,350, VAT and fund on it.
    assert now["expected"]["expected"] == 50_030
    assert now["expected"]["low"] < 50_030 < now["expected"]["high"]
    assert now["my_expected"]["expected"] == 25_015
    assert now["tier"] == {"now": 1, "of": 3, "kwh_left": "20"}
    assert now["tier_lasts"] == {"days": 2, "until": "2026-04-22"}
    assert (now["free"], now["balance"]) == (None, None)


def test_a_free_quota_says_how_many_days_it_lasts_and_is_told_before_it_ends() -> None:
    me, _mate = twenty_days(name=QUOTA, wh=700)
    now = get(me, "bills/now/")
    assert now["free"] == {
        "kwh": "16", "kwh_left": "2", "lasts": {"days": 2, "until": "2026-04-22"},
    }  # fmt: skip
    campus, at = me.holder.campus, datetime(2026, 4, 21, tzinfo=UTC)
    for _ in range(2):
        operations.tell_running_out(campus=campus, day=date(2026, 4, 20), at=at)
    assert [notice.kind for notice in Notice.objects.filter(user=me.user)] == ["QUOTA_LOW"]


def test_rooms_that_run_out_are_found_in_so_many_statements_for_one_or_for_many(
    django_assert_num_queries: Any,
) -> None:
    residence = a_priced_residence(name=QUOTA)
    rooms = [factories.a_room(residence=residence, number=str(n)) for n in range(4)]
    for room in rooms:
        factories.a_student(room=room)
        used(room, [100] * 3)
    charged(rooms[0], 3)
    for few in (rooms[:1], rooms):
        with django_assert_num_queries(8):
            ids = [room.pk for room in few]
            assert len(outlooks(room_ids=ids, today=date(2026, 4, 4))) == len(few)
    with django_assert_num_queries(15):
        operations.tell_running_out(
            campus=residence.campus, day=date(2026, 4, 3), at=datetime(2026, 4, 4, tzinfo=UTC)
        )


def test_a_prepaid_balance_is_shown_as_it_was_told_with_its_time() -> None:
    me, _mate = twenty_days(name=QUOTA, mode=BillMode.PREPAID, wh=3000)
    assert get(me, "bills/now/")["balance"] is None
    room = Residency.objects.get(holder=me.holder).room
    read_at = datetime(2026, 4, 20, 9, tzinfo=UTC)
    told = {"room": room, "read_at": read_at, "at": datetime(2026, 4, 21, tzinfo=UTC)}
    first = operations.record_balance(**told, amount=850, delivery_id=5, line=3)  # type: ignore[arg-type]
    again = operations.record_balance(**told, amount=850, delivery_id=5, line=3)  # type: ignore[arg-type]
    assert first == again
    balance = get(me, "bills/now/")["balance"]
    assert (balance["amount"], balance["told_by"]) == (850, "DELIVERY")
    assert balance["advice"] == "LOW"
    # 3 kWh a day at 0.558 are 1.67 a day: 8.50 last five days after the reading.
    assert balance["lasts"] == {"days": 4, "until": "2026-04-25"}
    operations.record_balance(**told, amount=-1, delivery_id=6, line=3)  # type: ignore[arg-type]
    assert get(me, "bills/now/")["balance"]["advice"] == "CUT_OFF"
    operations.tell_running_out(
        campus=me.holder.campus, day=date(2026, 4, 20), at=datetime(2026, 4, 21, tzinfo=UTC)
    )
    assert Notice.objects.get(user=me.user).kind == "BALANCE_LOW"


@pytest.mark.parametrize("language", ["ko", "en", "zh-Hans"])
def test_a_month_is_a_statement_on_paper_and_in_a_table(language: str) -> None:
    me, _mate = twenty_days()
    client = client_of(me)
    headers = {"accept-language": language}
    paper = client.get("/api/v1/bills/months/2026-04/bill.pdf", headers=headers)
    assert (paper.status_code, paper["content-type"]) == (200, "application/pdf")
    assert paper.content.startswith(b"%PDF")
    assert b"%%EOF" in paper.content[-10:]
    table = client.get("/api/v1/bills/months/2026-04/bill.csv", headers=headers)
    rows = table.content.decode("utf-8-sig").splitlines()
    month = get(me, "bills/months/2026-04/")
    assert len(rows) == 1 + 20 + 1
    assert rows[-1].endswith(f",180.000,{month['amount']},{month['my_total']},KRW")


def test_what_a_closed_cycle_gives_back_is_a_line_of_this_bill() -> None:
    room = a_big_room(a_priced_residence())
    me = factories.a_student(room=room)
    used(room, [10_000] * 70, first=date(2026, 2, 1))
    charged(room, 70, first=date(2026, 2, 1))
    used(room, [8000], first=date(2026, 2, 10))
    at = datetime(2026, 6, 20, tzinfo=UTC)
    manager = factories.a_manager(residence=room.residence)
    (posted,) = operations.rebill(room=room, days=[date(2026, 2, 10)], by=manager, at=at)
    with time_machine.travel("2026-06-21T03:00:00Z", tick=False):
        used(room, [10_000] * 20, first=date(2026, 6, 1))
        charged(room, 20, first=date(2026, 6, 1))
        month = get(me, "bills/months/2026-06/")
    (line,) = month["adjustments"]
    assert line["my_part"] == posted.amount < 0
    assert line["days"] == [{"day": "2026-02-10", "billed_wh": 10_000, "known_wh": 8000}]
    assert month["my_total"] == month["my_share"] + posted.amount
    assert Notice.objects.get(user=me.user).params == {"back_minor": -posted.amount}


def test_a_wrong_line_reaches_the_manager_once() -> None:
    me, mate = twenty_days()
    body = {"line": "energy", "text": "We were away"}
    client = client_of(me)
    said = client.post("/api/v1/bills/days/2026-04-10/objection/", body, format="json")
    again = client.post("/api/v1/bills/days/2026-04-10/objection/", body, format="json")
    assert (said.status_code, again.json()) == (201, said.json())
    other = client_of(me).post("/api/v1/bills/days/2026-04-10/objection/", body, format="json")
    assert (other.status_code, other.json()["code"]) == (409, "already_objected")
    assert get(me, "bills/days/2026-04-10/")["objection"]["text"] == "We were away"
    assert get(mate, "bills/days/2026-04-10/")["objection"] is None
    assert BillObjection.objects.get().charge.day == date(2026, 4, 10)


def test_a_day_that_is_not_charged_has_nothing_to_object_to() -> None:
    me, _mate = twenty_days()
    client = client_of(me)
    answer = client.post("/api/v1/bills/days/2026-04-25/objection/", {"text": "no"}, format="json")
    assert answer.status_code == 404
    assert not BillObjection.objects.exists()
    assert get(me, f"bills/days/{APRIL}/")["objection"] is None
