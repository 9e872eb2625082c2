"""Late data of a final day: it waits, it is looked at, it is decided, and the books follow."""

from datetime import datetime, timedelta
from uuid import uuid4

import time_machine
from rest_framework.test import APIClient

from campus.nights import operations as nights
from meters.billing.models import Adjustment, DailyCharge
from meters.readings.models import Correction, DailyUse
from meters.savings.models import CampusIndex, SavingSettlement
from tests.journeys.living import FOUR_WEEKS, morning_after, quietly, upload
from tests.journeys.small_campus import SmallCampus, csrf, signed_in

LAST = FOUR_WEEKS - timedelta(days=1)
WRONG = [LAST - timedelta(days=n) for n in range(3)]
BASE = "/api/v1/manage/corrections/"


def nine_days_on(small: SmallCampus, clock: time_machine.Traveller) -> APIClient:
    """The manager, signed in again when the nights are final."""
    clock.move_to(morning_after(FOUR_WEEKS + timedelta(days=9)))
    return signed_in(small.manager)


def told_late(manager: APIClient, name: str, kwh: str) -> None:
    rows = [f"E00,{day},{kwh}" for day in WRONG]
    upload(manager, name, "\n".join(["meter_id,date,kwh", *rows]).encode())


def decided(manager: APIClient, way: str, uids: list[str]) -> dict[str, object]:
    answer = manager.post(
        f"{BASE}{way}/",
        {"uids": uids, "note": "checked on the spot"},
        format="json",
        headers={**csrf(manager), "Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 200, answer.content
    return answer.json()


def previewed(manager: APIClient, uids: list[str]) -> dict[str, list[dict[str, int]]]:
    answer = manager.post(f"{BASE}preview/", {"uids": uids}, format="json", headers=csrf(manager))
    assert answer.status_code == 200, answer.content
    return answer.json()


def told_of_the_meter(client: APIClient) -> list[dict[str, str]]:
    news = client.get("/api/v1/notices/", headers={"accept-language": "en"}).json()["results"]
    return [row for row in news if row["topic"] == "METER"]


def week_of(client: APIClient) -> dict[str, object]:
    answer = client.get("/api/v1/rankings/?period=WEEK", headers={"accept-language": "en"})
    return answer.json()


def everything() -> tuple[object, ...]:
    return tuple(
        list(table.objects.order_by("pk").values())
        for table in (DailyUse, DailyCharge, SavingSettlement, CampusIndex, Correction)
    )


def test_late_data_of_final_days_waits_is_previewed_and_accepted(
    four_weeks_on: SmallCampus, clock: time_machine.Traveller
) -> None:
    student = signed_in(four_weeks_on.student.user)
    points = student.get("/api/v1/wallet/").json()["CP"]
    manager = nine_days_on(four_weeks_on, clock)
    student = signed_in(four_weeks_on.student.user)
    before = everything()
    ranked = week_of(student)
    assert (ranked["revision"], ranked["note"]) == (1, "")

    told_late(manager, "late.csv", "12.000")
    assert everything()[:4] == before[:4]
    waiting = manager.get(BASE).json()["waiting"]
    assert [row["day"] for row in waiting] == [str(day) for day in sorted(WRONG)]
    assert {(row["room"], row["cause"], row["new_wh"]) for row in waiting} == {
        ("E00", "late_data", 12_000)
    }

    uids = [row["uid"] for row in waiting]
    untouched = everything()
    seen = previewed(manager, uids)
    assert everything() == untouched
    [room] = seen["rooms"]
    assert (room["room"], room["used_after"]) == ("E00", 36_000)
    assert room["saved_after"] < room["saved_before"]
    assert {person["room"] for person in seen["people"]} == {"E00"}
    assert sum(person["amount"] for person in seen["people"]) > 0
    mine = min(person["cp"] for person in seen["people"])
    assert mine < 0

    index = list(CampusIndex.objects.order_by("pk").values())
    others = list(DailyUse.objects.exclude(room__number="E00").order_by("pk").values())
    answer = decided(manager, "accept", uids)
    assert answer["days"] == [str(day) for day in sorted(WRONG)]
    [news] = told_of_the_meter(student)
    assert news["title"] == "Past readings of your room were corrected"
    assert "and is now 36.0\u00a0kWh" in news["text"]
    nights.close_through(campus=four_weeks_on.campus, day=LAST, at=datetime.now().astimezone())
    assert manager.get(BASE).json()["waiting"] == []
    assert list(CampusIndex.objects.order_by("pk").values()) == index
    assert list(DailyUse.objects.exclude(room__number="E00").order_by("pk").values()) == others
    assert student.get("/api/v1/wallet/").json()["CP"] == points + mine
    ranked = week_of(student)
    assert ranked["revision"] == 2
    assert ranked["note"] == "Readings were corrected after it was published."
    posted = Adjustment.objects.get(room__number="E00")
    assert posted.state == Adjustment.State.POSTED
    assert posted.amount == sum(person["amount"] for person in seen["people"])
    use = DailyUse.objects.filter(room__number="E00", day=LAST).order_by("revision").last()
    assert use is not None
    assert (use.revision, use.wh, use.status) == (2, 12_000, "ACTUAL")
    quietly("verify_ledger")

    settled = everything()
    told_late(manager, "late-again.csv", "12.000")
    assert everything() == settled


def test_a_correction_and_its_opposite_cancel(
    four_weeks_on: SmallCampus, clock: time_machine.Traveller
) -> None:
    student = signed_in(four_weeks_on.student.user)
    points = student.get("/api/v1/wallet/").json()["CP"]
    days = f"/api/v1/energy/days/?from={WRONG[-1]}&to={LAST}"
    was = {row["day"]: row["wh"] for row in student.get(days).json()["days"]}
    manager = nine_days_on(four_weeks_on, clock)
    student = signed_in(four_weeks_on.student.user)
    told_late(manager, "wrong.csv", "12.000")
    decided(manager, "accept", [row["uid"] for row in manager.get(BASE).json()["waiting"]])
    nights.close_through(campus=four_weeks_on.campus, day=LAST, at=datetime.now().astimezone())
    rows = [f"E00,{day},{was[str(day)] / 1000:.3f}" for day in WRONG]
    upload(manager, "right.csv", "\n".join(["meter_id,date,kwh", *rows]).encode())
    decided(manager, "accept", [row["uid"] for row in manager.get(BASE).json()["waiting"]])
    nights.close_through(campus=four_weeks_on.campus, day=LAST, at=datetime.now().astimezone())

    assert {row["day"]: row["wh"] for row in student.get(days).json()["days"]} == was
    assert student.get("/api/v1/wallet/").json()["CP"] == points
    quietly("verify_ledger")


def test_what_is_declined_stays_as_it_was_and_is_not_asked_again(
    four_weeks_on: SmallCampus, clock: time_machine.Traveller
) -> None:
    manager = nine_days_on(four_weeks_on, clock)
    before = everything()[:4]
    told_late(manager, "late.csv", "12.000")
    uids = [row["uid"] for row in manager.get(BASE).json()["waiting"]]
    decided(manager, "decline", uids)
    student = signed_in(four_weeks_on.student.user)
    [news] = told_of_the_meter(student)
    assert news["title"] == "A correction of your room's readings was declined"
    rows = four_weeks_on.campus.nights.filter(day__in=WRONG)
    for run in rows:
        nights.reopen(run=run)
    nights.close_through(campus=four_weeks_on.campus, day=LAST, at=datetime.now().astimezone())
    assert everything()[:4] == before
    told = manager.get(BASE).json()
    assert told["waiting"] == []
    assert {row["state"] for row in told["decided"]} == {"DECLINED"}
    again = manager.post(
        f"{BASE}accept/",
        {"uids": uids},
        format="json",
        headers={**csrf(manager), "Idempotency-Key": str(uuid4())},
    )
    assert (again.status_code, again.json()["code"]) == (409, "already_decided")


def test_a_stranger_finds_no_corrections(
    four_weeks_on: SmallCampus, clock: time_machine.Traveller
) -> None:
    student = signed_in(four_weeks_on.student.user)
    assert student.get(BASE).status_code == 404
    manager = signed_in(four_weeks_on.manager)
    answer = manager.post(
        f"{BASE}preview/", {"uids": [str(uuid4())]}, format="json", headers=csrf(manager)
    )
    assert answer.status_code == 404
