"""One way through the whole house: a file of readings in, a coupon used at the counter out."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from rest_framework.test import APIClient

from points.coupons import codes
from points.ledger.models import Transfer
from tests.journeys.living import FOUR_WEEKS, quietly, upload
from tests.journeys.small_campus import SmallCampus, csrf, signed_in


def bought(student: APIClient, small: SmallCampus) -> dict[str, object]:
    answer = student.post(
        f"/api/v1/offers/{small.offer.uid}/buy/",
        headers={**csrf(student), "Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 201, answer.content
    coupon: dict[str, object] = student.get(f"/api/v1/coupons/{answer.json()['uid']}/").json()
    return coupon


def shown_by(coupon: dict[str, object]) -> str:
    """What the phone shows: the QR text, made from the secret it was given."""
    signer = codes.Signer(
        secret=base64.b64decode(str(coupon["secret"])),
        kid=str(coupon["kid"]),
        coupon=UUID(str(coupon["uid"])),
        generation=int(str(coupon["generation"])),
        handle=str(coupon["handle"]),
    )
    return signer.qr_text(codes.step_at(datetime.now(UTC)))


def redeem(till: APIClient, code: str, key: str) -> tuple[int, dict[str, object]]:
    answer = till.post(
        "/api/v1/counter/redemptions/",
        {"code": code},
        format="json",
        headers={**csrf(till), "Idempotency-Key": key},
    )
    return answer.status_code, answer.json()


def test_a_reading_becomes_a_bill_a_saving_points_and_a_coffee(
    four_weeks_on: SmallCampus,
) -> None:
    student = signed_in(four_weeks_on.student.user)
    day = FOUR_WEEKS - timedelta(days=1)

    home = student.get("/api/v1/home/").json()
    assert home["day"] == day.isoformat()
    assert home["yesterday"]["percent"] > 15
    assert home["yesterday"]["my_share"] * 2 == pytest.approx(home["yesterday"]["amount"], abs=1)
    assert home["rank"]["rooms"] == 12
    bill = student.get(f"/api/v1/bills/days/{day}/").json()
    assert sum(share["amount"] for share in bill["shares"]) == bill["amount"]

    entries = student.get("/api/v1/wallet/entries/?asset=CP").json()["results"]
    assert home["balances"]["CP"] == entries[0]["balance"] >= 50
    trail = student.get(f"/api/v1/wallet/entries/{entries[0]['id']}/").json()["trail"]
    kinds = [step["kind"] for step in trail]
    assert kinds == ["award", "settlement", "estimate", "reading"]
    for link in filter(None, (step["link"] for step in trail)):
        assert student.get(link).status_code == 200
    source = student.get(trail[-1]["link"]).json()
    assert source["revisions"][0]["delivery"]["name"] == "2026-03-23.csv"

    coupon = bought(student, four_weeks_on)
    till, code, key = signed_in(four_weeks_on.till), shown_by(coupon), str(uuid4())
    status, verdict = redeem(till, code, key)
    assert (status, verdict["item"]) == (201, "Americano")
    assert redeem(till, code, key) == (201, verdict)
    status, refused = redeem(till, code, str(uuid4()))
    assert (status, refused["code"]) == (409, "already_redeemed")
    today = till.get("/api/v1/counter/today/").json()
    assert (today["count"], today["value_minor"]) == (1, 3000)
    after = student.get("/api/v1/wallet/").json()["CP"]
    assert after == home["balances"]["CP"] - 50


def test_sunlight_is_collected_and_builds_the_first_house(
    four_weeks_on: SmallCampus,
) -> None:
    student = signed_in(four_weeks_on.student.user)
    opened = student.get("/api/v1/game/map/").json()
    actions = [
        {"id": str(uuid4()), "type": "collect", "drops": "all"},
        {
            "id": str(uuid4()),
            "type": "buy",
            "item": "dorm_lodge",
            "currency": "SUN",
            "place": {"x": 10, "y": 10, "rot": 0, "space": "campus"},
        },
    ]
    batch = {
        "base_version": opened["version"],
        "rules_version": opened["rules_version"],
        "actions": actions,
    }
    sent = [
        student.post("/api/v1/game/actions/", batch, format="json", headers=csrf(student)).json()
        for _again in range(2)
    ]
    assert [result["ok"] for result in sent[0]["results"]] == [True, True]
    assert sent[1]["balances"] == sent[0]["balances"]
    standing = student.get("/api/v1/game/map/").json()
    assert [row["item"] for row in standing["instances"]] == ["dorm_lodge"]
    picture = student.get("/api/v1/game/picture.png?size=square")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")


def test_the_nights_run_twice_change_nothing(
    four_weeks_on: SmallCampus,
) -> None:
    before = list(Transfer.objects.order_by("pk").values())
    for run in four_weeks_on.campus.nights.order_by("day"):
        run.steps.update(state="WAITING")
        type(run).objects.filter(pk=run.pk).update(state="WAITING", finished_at=None)
    quietly("night", through=FOUR_WEEKS - timedelta(days=1))
    assert list(Transfer.objects.order_by("pk").values()) == before
    assert before


def test_a_corrected_delivery_is_put_right_by_compensating_entries(
    four_weeks_on: SmallCampus,
) -> None:
    manager = signed_in(four_weeks_on.manager)
    student = signed_in(four_weeks_on.student.user)
    before = student.get("/api/v1/wallet/").json()["CP"]
    days = [FOUR_WEEKS - timedelta(days=n) for n in range(1, 6)]
    rows = [f"E00,{day},60.000" for day in days]
    report = upload(manager, "put-right.csv", "\n".join(["meter_id,date,kwh", *rows]).encode())
    assert report["accepted_rows"] == 5

    bill = student.get(f"/api/v1/bills/days/{days[0]}/").json()
    assert bill["wh"] == 60_000
    assert bill["revision"] == len(bill["revisions"]) > 1
    source = student.get(f"/api/v1/energy/days/{days[0]}/source/").json()
    names = [told["delivery"]["name"] for told in source["revisions"]]
    assert names[0] == "put-right.csv"
    assert len(names) == 2
    after = student.get("/api/v1/wallet/").json()["CP"]
    entries = student.get("/api/v1/wallet/entries/?asset=CP").json()["results"]
    assert after < before
    assert sum(entry["amount"] for entry in entries) == after
    reversal = next(entry for entry in entries if entry["reverses"])
    undone = next(entry for entry in entries if entry["id"] == reversal["reverses"])
    assert (reversal["amount"], undone["corrected_by"]) == (-undone["amount"], reversal["id"])
    quietly("verify_ledger")
