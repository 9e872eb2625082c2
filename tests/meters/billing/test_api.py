"""What a student sees of a bill, and what nobody else does."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.people import operations as people
from campus.people.models import Profile, Residency
from meters.billing import operations
from meters.billing.models import TariffPlan
from tests import factories
from tests.meters.billing.rows import APRIL, AT, a_big_room, a_priced_residence, charged, used
from tests.meters.billing.samples import QUOTA, document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_may() -> Any:
    with time_machine.travel("2026-05-02T03:00:00Z", tick=False):
        yield


def get(who: Profile, path: str, *, status: int = 200, language: str = "en") -> dict[str, Any]:
    client = APIClient()
    client.force_login(who.user)
    answer = client.get(f"/api/v1/{path}", headers={"accept-language": language})
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def a_month(*, name: str = "kr-kepco-res-lv-2025-07", people: int = 2) -> list[Profile]:
    room = a_big_room(a_priced_residence(name=name))
    students = [factories.a_student(room=room, nickname=f"Leaf {n}") for n in range(people)]
    used(room, [9000] * 30)
    charged(room, 30)
    return students


def test_a_bill_of_a_day_adds_up_by_hand() -> None:
    me, mate = a_month()
    bill = get(me, "bills/days/2026-04-23/")
    assert (bill["wh"], bill["currency"], bill["minor_digits"]) == (9000, "KRW", 0)
    assert sum(Decimal(line["amount"]) for line in bill["lines"]) == bill["amount"]
    cycle = bill["cycle"]
    assert sum(Decimal(line["cycle_amount"]) for line in bill["lines"]) == cycle["amount"]
    assert (cycle["wh"], cycle["day_number"], cycle["days"]) == (207_000, 23, 30)
    assert sum(share["amount"] for share in bill["shares"]) == bill["amount"]
    assert [(share["me"], share["name"]) for share in bill["shares"]] == [
        (True, "Leaf 0"), (False, mate.nickname),
    ]  # fmt: skip
    assert bill["my_share"] == bill["shares"][0]["amount"]
    assert bill["tier"] == {"now": 2, "of": 3, "kwh_left": "193"}


def test_every_line_opens_into_its_arithmetic() -> None:
    me, _ = a_month()
    bill = get(me, "bills/days/2026-04-23/")
    energy = next(line for line in bill["lines"] if line["id"] == "energy")
    assert energy["label"] == "Energy charge"
    assert [step["text"] for step in energy["how"]] == [
        "Tier 1: 200 kWh × 120 = 24,000",
        "Tier 2: 7 kWh × 214.6 = 1,502.2",
        "25,502.2, rounded to 25,502",
    ]
    base = next(line for line in bill["lines"] if line["id"] == "base")
    assert base["how"][0]["text"] == "Tier 2: 1,600 × 23 of 30 days = 1,226.67"
    assert bill["reads_from"] == "energy/days/2026-04-23/source/"
    assert bill["tariff"]["valid_from"] == "2025-07-01"
    assert energy["how"][0]["span"] is None


def test_a_line_of_a_cut_cycle_says_which_days_went_by_which_tariff() -> None:
    me, _ = a_month()
    plan = TariffPlan.objects.get()
    dearer = document(id="dearer", valid_from="2026-04-11")
    dearer["lines"][2]["rate"] = "12"
    operations.publish_tariff(plan=plan, document=dearer)
    operations.charge_day(campus=plan.campus, day=date(2026, 4, 23), at=AT)
    bill = get(me, "bills/days/2026-04-23/")
    climate = next(line for line in bill["lines"] if line["id"] == "climate")
    assert [(step["text"], step["span"]) for step in climate["how"]] == [
        ("69 kWh × 9 = 621", {"starts_on": "2026-04-01", "ends_on": "2026-04-11",
                              "tariff_from": "2025-07-01"}),
        ("138 kWh × 12 = 1,656", {"starts_on": "2026-04-11", "ends_on": "2026-05-01",
                                 "tariff_from": "2026-04-11"}),
    ]  # fmt: skip
    month = get(me, "bills/months/2026-04/")
    (energy,) = (line for line in month["lines"] if line["id"] == "energy")
    assert energy["how"][0]["text"].startswith("Tier 1: ")


def test_a_quota_says_what_is_left_of_it() -> None:
    (me,) = a_month(name=QUOTA, people=1)
    assert get(me, "bills/days/2026-04-01/")["free_kwh_left"] == "0"
    assert get(me, "bills/days/2026-04-01/")["tier"] is None


def test_a_month_lists_its_days_and_my_part_of_each() -> None:
    me, mate = a_month()
    mine, theirs = (get(who, "bills/months/2026-04/") for who in (me, mate))
    assert (mine["starts_on"], mine["ends_on"]) == ("2026-04-01", "2026-05-01")
    assert len(mine["days"]) == 30
    assert mine["complete"] is True
    assert mine["my_share"] + theirs["my_share"] == mine["amount"]
    assert mine["wh"] == 270_000
    assert sum(Decimal(line["cycle_amount"]) for line in mine["lines"]) == mine["amount"]


def test_a_corrected_day_tells_its_revisions() -> None:
    me, _ = a_month()
    room = Residency.objects.get(holder=me.holder).room
    used(room, [8000], first=APRIL + timedelta(days=9))
    charged(room, 1, first=APRIL + timedelta(days=9))
    bill = get(me, "bills/days/2026-04-10/")
    assert bill["revision"] == 2
    assert [(r["revision"], r["use_revision"]) for r in bill["revisions"]] == [(2, 2), (1, 1)]


def test_the_days_before_moving_in_are_not_mine_to_see() -> None:
    a_month()
    room = Residency.objects.first()
    assert room is not None
    comer = factories.a_student(room=room.room, since=date(2026, 4, 20))
    assert get(comer, "bills/days/2026-04-19/", status=404)["code"] == "not_found"


def test_a_day_of_a_room_i_have_left_stays_mine_to_see() -> None:
    me, _ = a_month()
    stay = Residency.objects.get(holder=me.holder)
    people.move_out(residency=stay, on=date(2026, 5, 1))
    people.move_in(holder=me.holder, room=factories.a_room(), on=date(2026, 5, 1))
    assert get(me, "bills/days/2026-04-23/")["my_share"] is not None
    assert len(get(me, "bills/months/2026-04/")["days"]) == 30


@pytest.mark.parametrize(
    "path",
    ["bills/days/2026-05-01/", "bills/days/2026-04-31/", "bills/days/today/",
     "bills/months/2026-13/", "bills/months/2026-06/", "bills/months/x/"],
)  # fmt: skip
def test_a_bill_that_does_not_exist_is_not_found(path: str) -> None:
    me, _ = a_month()
    assert get(me, path, status=404)["code"] == "not_found"


def test_a_bill_needs_a_sign_in_and_a_student() -> None:
    assert APIClient().get("/api/v1/bills/days/2026-04-23/").status_code in {401, 403}
    client = APIClient()
    client.force_login(factories.a_manager())
    assert client.get("/api/v1/bills/days/2026-04-23/").status_code == 404
