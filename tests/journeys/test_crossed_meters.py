"""301 wired as 302: seen by a switch-off, exchanged by a manager, and the books follow."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from rest_framework.test import APIClient

from campus.nights import operations as nights
from campus.people.models import Profile
from meters.billing.models import Adjustment
from meters.readings.models import DailyUse
from meters.savings.models import CampusIndex
from points.ledger.models import Transfer
from tests.journeys.living import morning_after, quietly, upload
from tests.journeys.small_campus import (
    HISTORY_STARTS,
    SAVED,
    TERM_STARTS,
    SmallCampus,
    csrf,
    signed_in,
)

SAVER, SPENDER = "E00", "E04"  # six kWh a day and a quarter less in the term; ten, and no less
LAST = TERM_STARTS + timedelta(weeks=3)  # the first settlement is the evening before
SWITCHED_OFF = datetime(2026, 3, 23, 5, tzinfo=UTC)  # two in the afternoon of the last day
WEEK = timedelta(weeks=1)


class Wires:
    """What meters tell where two of them have been crossed from a day on."""

    def __init__(self, small: SmallCampus, *, since: date) -> None:
        self.small, self.since = small, since
        self.used: dict[tuple[str, date], int] = {}

    def room_behind(self, serial: str, day: date) -> str:
        crossed = {SAVER: SPENDER, SPENDER: SAVER} if day >= self.since else {}
        return crossed.get(serial, serial)

    def wh(self, room: str, day: date) -> int:
        """What a room really used; the same however often it is asked."""
        if (room, day) not in self.used:
            kwh = self.small.kwh(room, day)
            thrift = 1 / SAVED if room == SPENDER and day >= TERM_STARTS else 1.0
            self.used[room, day] = round(1000 * kwh * thrift)
        return self.used[room, day]

    def csv(self, *, first: date, after: date) -> bytes:
        days = [first + timedelta(days=n) for n in range((after - first).days)]
        rows = [
            f"{serial},{day},{self.wh(self.room_behind(serial, day), day) / 1000}"
            for day in days
            for serial in sorted(self.small.rooms)
        ]
        return "\n".join(["meter_id,date,kwh", *rows]).encode()

    def quarters(self, day: date) -> bytes:
        """The floor by quarters of an hour; the saver's room is off for one of them."""
        rows = []
        for serial in sorted(self.small.rooms):
            room = self.room_behind(serial, day)
            told = [self.wh(room, day) // 96] * 96
            told[0] += self.wh(room, day) - sum(told)
            if room == SAVER:
                told[55] += told[56]
                told[56] = 0  # from 14:00 to 14:15
            stamps = [f"{day} {n // 4:02}:{n % 4 * 15:02}" for n in range(96)]
            rows += [f"{serial},{at},{wh / 1000}" for at, wh in zip(stamps, told, strict=True)]
        return "\n".join(["meter_id,ts_start,kwh", *rows]).encode()


def send(client: APIClient, path: str, body: dict[str, object]) -> dict[str, object]:
    headers = {**csrf(client), "Idempotency-Key": str(uuid4())}
    answer = client.post(f"/api/v1/manage/{path}/", body, format="json", headers=headers)
    assert answer.status_code in (200, 201), answer.content
    told: dict[str, object] = answer.json()
    return told


def lived(small: SmallCampus, wires: Wires, clock: time_machine.Traveller) -> APIClient:
    """The history and three weeks; the day after the saver's room is switched off on purpose."""
    clock.move_to(morning_after(TERM_STARTS - timedelta(days=1)))
    manager = signed_in(small.manager)
    upload(manager, "history.csv", wires.csv(first=HISTORY_STARTS, after=TERM_STARTS))
    for week in range(3):
        first = TERM_STARTS + week * WEEK
        after = first + WEEK
        clock.move_to(morning_after(after - timedelta(days=1)))
        upload(manager, f"{first}.csv", wires.csv(first=first, after=after))
        quietly("night", through=after - timedelta(days=1))
    room = str(small.rooms[SAVER].uid)
    send(
        manager,
        "switch-offs",
        {"room": room, "starts_at": SWITCHED_OFF.isoformat(), "minutes": 15},
    )
    clock.move_to(morning_after(LAST))
    upload(manager, "quarters.csv", wires.quarters(LAST))
    quietly("night", through=LAST)
    return manager


def points_of(profile: Profile) -> int:
    cp: int = signed_in(profile.user).get("/api/v1/wallet/").json()["CP"]
    return cp


def used(room: str, *, since: date) -> dict[date, int | None]:
    rows = DailyUse.objects.filter(room__number=room, day__gte=since).order_by("revision")
    return dict(rows.values_list("day", "wh"))


@pytest.mark.parametrize(
    "since",
    [
        HISTORY_STARTS,
        pytest.param(TERM_STARTS + WEEK, marks=pytest.mark.long),
    ],
    ids=["from-the-first-day", "within-the-term"],
)
def test_crossed_meters_are_exchanged_and_bills_savings_and_points_follow(
    small_campus: SmallCampus, clock: time_machine.Traveller, since: date
) -> None:
    small, wires = small_campus, Wires(small_campus, since=since)
    manager = lived(small, wires, clock)
    spender = small.rooms[SPENDER].residencies.get().holder.profile
    before = {"saver": points_of(small.student), "spender": points_of(spender)}
    untouched = list(CampusIndex.objects.order_by("pk").values())
    entries = list(Transfer.objects.order_by("pk").values())

    [suspicion] = manager.get("/api/v1/manage/watch/").json()["suspicions"]
    assert {suspicion["room"], suspicion["other_room"]} == {SAVER, SPENDER}
    assert suspicion["evidence"]["switch_off"]["own"] == SAVER
    assert suspicion["evidence"]["switch_off"]["fell"] == SPENDER

    send(manager, f"crossed/{suspicion['uid']}/confirm", {"since": since.isoformat()})
    assert list(Transfer.objects.order_by("pk").values()) == entries, "nothing moves unseen"
    waiting = manager.get("/api/v1/manage/corrections/").json()["waiting"]
    assert {(row["room"], row["cause"]) for row in waiting} == {
        (SAVER, "crossed"),
        (SPENDER, "crossed"),
    }
    uids = [row["uid"] for row in waiting]
    seen = send(manager, "corrections/preview", {"uids": uids})
    foreseen = {row["room"]: row for row in seen["people"]}
    assert foreseen[SAVER]["cp"] > 0
    assert foreseen[SPENDER]["cp"] == -before["spender"], "what it never saved it gives back"
    assert foreseen[SAVER]["amount"] < 0 < foreseen[SPENDER]["amount"]
    assert list(Transfer.objects.order_by("pk").values()) == entries, "a preview books nothing"

    send(manager, "corrections/accept", {"uids": uids, "note": "seen on the spot"})
    nights.close_through(campus=small.campus, day=LAST, at=datetime.now().astimezone())
    for room in (SAVER, SPENDER):
        first = max(since, TERM_STARTS)
        right = {day: wh for (name, day), wh in wires.used.items() if name == room and day >= first}
        assert used(room, since=first) == right
    after = {"saver": points_of(small.student), "spender": points_of(spender)}
    assert after["saver"] - before["saver"] == foreseen[SAVER]["cp"]
    assert after["spender"] - before["spender"] == foreseen[SPENDER]["cp"]
    assert after["saver"] > after["spender"], "who saved has earned it"
    assert list(Transfer.objects.order_by("pk").values())[: len(entries)] == entries
    assert list(CampusIndex.objects.order_by("pk").values()) == untouched
    quietly("verify_ledger")
    assert not Adjustment.objects.exclude(room__number__in=(SAVER, SPENDER)).exists()
