"""Charges on rows: what a night writes, what it leaves alone, what a correction moves."""

from datetime import date, timedelta

import pytest

from campus.people import operations as people
from campus.people.models import Residency
from meters.billing import operations
from meters.billing.models import DailyCharge, Share, Tariff
from meters.billing.queries import standings
from meters.billing.refusals import TariffRefused
from tests import factories
from tests.meters.billing.rows import (
    APRIL,
    AT,
    a_big_room,
    a_priced_residence,
    amounts,
    charged,
    newest,
    used,
)
from tests.meters.billing.samples import CASES, KOREAN, QUOTA, document

pytestmark = pytest.mark.django_db
OCTOBER = date(2025, 10, 1)


def case(name: str) -> tuple[list[int], list[str]]:
    found = next(case for case in CASES if case["id"] == name)
    wh = [round(float(kwh) * 1000) for kwh in found["input"]["daily_kwh"]]
    return wh, found["expect"]["daily"]


def test_a_korean_month_is_charged_day_by_day_as_the_worked_case_says() -> None:
    room = factories.a_room(residence=a_priced_residence())
    wh, daily = case("pub-day-01")
    used(room, wh, first=OCTOBER)
    assert charged(room, 31, first=OCTOBER) == 31
    assert amounts(room) == [int(amount) for amount in daily]
    assert newest(room)[-1].cycle_amount == 36_380


def test_a_dormitory_quota_is_charged_as_the_worked_case_says() -> None:
    room = a_big_room(a_priced_residence(name=QUOTA))
    for _ in range(4):
        factories.a_student(room=room, since=date(2025, 9, 1))
    wh, daily = case("pub-day-03")
    used(room, wh, first=OCTOBER)
    charged(room, 10, first=OCTOBER)
    assert [f"{amount / 100:.2f}" for amount in amounts(room)] == daily


def test_a_yearly_ladder_counts_what_was_used_before_the_cycle() -> None:
    room = factories.a_room(residence=a_priced_residence(name="cn-zj-residential-ladder"))
    used(room, [2_700_000], first=date(2026, 3, 30))
    used(room, [20_000, 50_000, 70_000])
    charged(room, 3)
    assert amounts(room) == [1076, 2740, 4116]


def test_a_whole_campus_is_charged_as_a_few_rooms_are(monkeypatch: pytest.MonkeyPatch) -> None:
    residence = a_priced_residence(name="cn-zj-residential-tou")
    rooms = [factories.a_room(residence=residence, number=str(n)) for n in range(3)]
    for room in rooms:
        factories.a_student(room=room)
        used(room, [9000] * 3)
    charged(rooms[0], 2)
    monkeypatch.setattr(standings, "BY_NAME", 1)
    operations.charge_day(campus=residence.campus, day=APRIL + timedelta(days=2), at=AT)
    used(rooms[1], [8000])
    # Its first day and the two that stand on it; the rooms on both sides of it stay as they were.
    assert operations.charge_day(campus=residence.campus, day=APRIL, at=AT) == 3
    assert [row.cycle_wh for row in newest(rooms[1])] == [8000, 17_000, 26_000]
    assert {row.revision for room in (rooms[0], rooms[2]) for row in newest(room)} == {1}


def test_charging_a_day_again_changes_nothing() -> None:
    room = factories.a_room(residence=a_priced_residence())
    factories.a_student(room=room)
    used(room, [7000, 8000, None, 3000])
    assert charged(room, 4) == 3
    before = list(DailyCharge.objects.values()), list(Share.objects.values())
    assert charged(room, 4) == 0
    assert (list(DailyCharge.objects.values()), list(Share.objects.values())) == before


def test_a_missing_day_is_not_charged_and_the_next_takes_its_fixed_part() -> None:
    residence = a_priced_residence()
    gap, whole = factories.a_room(residence=residence), factories.a_room(residence=residence)
    used(gap, [5000, None, 5000])
    used(whole, [5000, 0, 5000])
    charged(gap, 3)
    assert [row.day.day for row in newest(gap)] == [1, 3]
    assert newest(gap)[-1].cycle_amount == newest(whole)[-1].cycle_amount


def test_a_room_pays_from_the_first_day_that_was_closed_for_it() -> None:
    room = factories.a_room(residence=a_priced_residence())
    used(room, [0, 0], first=date(2026, 4, 29))
    charged(room, 2, first=date(2026, 4, 29))
    # Two of thirty days of the base charge, with tax and fund, and not the whole month.
    assert [row.lines["base"] for row in newest(room)] == ["30", "60"]
    assert newest(room)[-1].billed_from == date(2026, 4, 29)


def test_a_cycle_begins_anew() -> None:
    room = factories.a_room(residence=a_priced_residence())
    used(room, [300_000, 1000], first=date(2026, 4, 30))
    charged(room, 2, first=date(2026, 4, 30))
    assert [row.cycle_wh for row in newest(room)] == [300_000, 1000]
    assert newest(room)[-1].cycle_starts_on == date(2026, 5, 1)


def test_a_corrected_reading_revises_its_day_and_the_later_days_it_moves() -> None:
    room = factories.a_room(residence=a_priced_residence())
    one, two = (factories.a_student(room=room) for _ in range(2))
    used(room, [100_000, 99_000, 5000, 5000])
    charged(room, 4)
    used(room, [98_000], first=APRIL + timedelta(days=1))
    day = APRIL + timedelta(days=1)
    assert operations.charge_day(campus=room.residence.campus, day=day, at=AT) == 3
    assert [row.revision for row in newest(room)] == [1, 2, 2, 2]
    assert DailyCharge.objects.count() == 7
    fresh = factories.a_room(residence=room.residence)
    used(fresh, [100_000, 98_000, 5000, 5000])
    charged(fresh, 4)
    assert amounts(room) == amounts(fresh)
    last = newest(room)[-1]
    paid = dict(last.shares.values_list("holder_id", "paid"))
    assert paid.keys() == {one.holder_id, two.holder_id}
    assert sum(paid.values()) == last.cycle_amount


def test_a_correction_and_its_opposite_cancel() -> None:
    room = factories.a_room(residence=a_priced_residence())
    factories.a_student(room=room)
    used(room, [200_000, 5000, 5000])
    charged(room, 3)
    first = amounts(room)
    for wh in (190_000, 200_000):
        used(room, [wh])
        charged(room, 1)
    assert amounts(room) == first
    assert [row.revision for row in newest(room)] == [3, 3, 3]


def test_a_withdrawn_reading_takes_its_charge_back() -> None:
    room = factories.a_room(residence=a_priced_residence())
    used(room, [5000, 6000, 7000])
    charged(room, 3)
    used(room, [None], first=APRIL + timedelta(days=1))
    charged(room, 1, first=APRIL + timedelta(days=1))
    rows = newest(room)
    assert [(row.wh, row.cycle_wh) for row in rows] == [(5000, 5000), (None, 5000), (7000, 12_000)]
    assert rows[1].amount == 0
    assert sum(amounts(room)) == rows[-1].cycle_amount


def test_shares_add_up_each_day_and_nobody_drifts() -> None:
    room = a_big_room(a_priced_residence())
    students = [factories.a_student(room=room) for _ in range(3)]
    used(room, [1000 * n for n in range(1, 31)])
    charged(room, 30)
    for row in newest(room):
        assert sum(row.shares.values_list("amount", flat=True)) == row.amount
    last = newest(room)[-1]
    paid = dict(last.shares.values_list("holder_id", "paid"))
    assert max(paid.values()) - min(paid.values()) <= 1
    assert set(paid) == {student.holder_id for student in students}


def test_nobody_present_means_that_the_landlord_pays() -> None:
    room = factories.a_room(residence=a_priced_residence())
    used(room, [5000])
    charged(room, 1)
    assert list(Share.objects.values_list("holder_id", "amount")) == [(None, amounts(room)[0])]


def test_who_moves_out_pays_no_later_night_and_who_moves_in_none_before() -> None:
    room = factories.a_room(residence=a_priced_residence())
    leaver = factories.a_student(room=room)
    people.move_out(
        residency=Residency.objects.get(holder=leaver.holder), on=APRIL + timedelta(days=2)
    )
    comer = factories.a_student(room=room, since=APRIL + timedelta(days=2))
    used(room, [5000] * 4)
    charged(room, 4)
    present = Share.objects.filter(present=True).order_by("charge__day")
    assert list(present.values_list("holder_id", flat=True)) == [
        leaver.holder_id, leaver.holder_id, comer.holder_id, comer.holder_id,
    ]  # fmt: skip
    assert not Share.objects.filter(present=False).exclude(amount=0).exists()


def test_someone_registered_late_gets_a_share_when_the_day_is_charged_again() -> None:
    room = factories.a_room(residence=a_priced_residence())
    factories.a_student(room=room)
    used(room, [5000, 5000])
    charged(room, 2)
    factories.a_student(room=room)
    assert charged(room, 1) == 2
    assert {row.shares.count() for row in newest(room)} == {2}
    assert [row.amount for row in DailyCharge.objects.filter(revision=1)] == amounts(room)


def test_a_tariff_that_changes_inside_the_cycle_is_priced_by_days() -> None:
    residence = a_priced_residence(valid_to="2026-04-15")
    plan = residence.plan_choices.get().plan
    dearer = document(KOREAN, valid_from="2026-04-16")
    dearer["lines"][2]["rate"] = "18"
    operations.publish_tariff(plan=plan, document=dearer)
    room = factories.a_room(residence=residence)
    used(room, [4000] * 30)
    charged(room, 30)
    assert newest(room)[-1].lines["climate"] == str(60 * 9 + 60 * 18)
    assert sum(amounts(room)) == newest(room)[-1].cycle_amount


def test_a_residence_without_a_plan_is_not_charged() -> None:
    room = factories.a_room(residence=factories.a_residence())
    used(room, [5000])
    assert charged(room, 1) == 0


def test_rooms_of_two_residences_have_their_own_tariffs_in_one_night() -> None:
    korean = factories.a_room(residence=a_priced_residence())
    high = a_priced_residence(name="kr-kepco-res-hv-2025-07", code="birch")
    other = factories.a_room(residence=high)
    for room in (korean, other):
        used(room, [10_000])
    assert charged(korean, 1) == 2
    assert amounts(korean) != amounts(other)


def test_publish_refuses_another_currency_and_leaves_no_trace() -> None:
    plan = operations.open_plan(campus=factories.a_campus(), code="p", name={"en": "P"})
    with pytest.raises(TariffRefused) as refused:
        operations.publish_tariff(plan=plan, document=document(QUOTA))
    assert [fault.where for fault in refused.value.faults] == ["currency"]
    assert not Tariff.objects.exists()


def test_publish_ends_the_open_version_before_and_refuses_an_overlap() -> None:
    residence = a_priced_residence()
    plan = residence.plan_choices.get().plan
    newer = document(KOREAN, valid_from="2026-07-01")
    operations.publish_tariff(plan=plan, document=newer)
    assert plan.tariffs.get(valid_from=date(2025, 7, 1)).valid_to == date(2026, 7, 1)
    with pytest.raises(TariffRefused) as refused:
        operations.publish_tariff(plan=plan, document=document(KOREAN, valid_from="2026-01-01"))
    assert "overlapping_validity" in [fault.code for fault in refused.value.faults]
    assert plan.tariffs.count() == 2
