"""A cycle that is closed for good is not edited: what changes becomes a line of a later bill."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.people import operations as people
from campus.people.models import Residency, User
from campus.places.models import BillMode, Room
from meters.billing import operations, queries
from meters.billing.models import Adjustment, DailyCharge
from meters.billing.rebilling import difference
from meters.billing.refusals import AdjustmentDecided
from tests import factories
from tests.meters.billing.rows import (
    APRIL,
    AT,
    a_big_room,
    a_priced_residence,
    amounts,
    charged,
    used,
)

pytestmark = pytest.mark.django_db
# Half a year after AT: later than the ninety days in which a bill may still ask for more.
SOON = datetime(2026, 6, 20, tzinfo=UTC)
LATE = datetime(2026, 12, 1, tzinfo=UTC)


def a_billed_room(*people_since: date, mode: str = BillMode.CHARGED) -> Room:
    """A room whose April is billed: 10 kWh on each of thirty days."""
    residence = a_priced_residence()
    residence.bill_mode = mode
    residence.save()
    room = a_big_room(residence)
    for since in people_since:
        factories.a_student(room=room, since=since)
    used(room, [10_000] * 30)
    charged(room, 30)
    return room


def corrected(room: Room, day: date, wh: int, *, at: datetime) -> Adjustment | None:
    used(room, [wh], first=day)
    operations.charge_day(campus=room.residence.campus, day=day, at=at)
    return Adjustment.objects.filter(room=room, state="WAITING").first()


def manager() -> User:
    return User.objects.create_user(f"m{User.objects.count()}")


def parts(adjustment: Adjustment) -> list[int]:
    return list(adjustment.parts.order_by("holder_id").values_list("amount", flat=True))


def test_a_correction_of_a_closed_cycle_waits_and_edits_no_charge() -> None:
    room = a_billed_room(factories.SINCE, factories.SINCE)
    before = amounts(room)
    waiting = corrected(room, date(2026, 4, 10), 15_000, at=SOON)
    assert amounts(room) == before
    assert waiting is not None
    # 305 instead of 300 kWh: 5 x (214.6 + 14), and the VAT and the fund on it.
    assert (waiting.billed, waiting.priced, waiting.amount) == (57_760, 59_050, 1290)
    assert waiting.days == [["2026-04-10", 10_000, 15_000]]
    assert sum(parts(waiting)) == waiting.amount


def test_the_preview_tells_what_the_adjustment_will_be() -> None:
    room = a_billed_room(factories.SINCE, factories.SINCE)
    (told,) = queries.preview_correction(room=room, changes={APRIL: 4000}, at=SOON)
    waiting = corrected(room, APRIL, 4000, at=SOON)
    assert waiting is not None
    assert told.closed
    assert (told.amount, told.priced) == (waiting.amount, waiting.priced)
    assert list(told.parts.values()) == parts(waiting)


def test_a_correction_and_its_opposite_cancel() -> None:
    room = a_billed_room(factories.SINCE, factories.SINCE, factories.SINCE)
    first = corrected(room, APRIL, 17_333, at=SOON)
    assert first is not None
    operations.decide(adjustment=first, post=True, by=manager(), at=SOON)
    second = corrected(room, APRIL, 10_000, at=SOON)
    assert second is not None
    assert [one + other for one, other in zip(parts(first), parts(second), strict=True)] == [0] * 3


def test_what_is_taken_back_before_it_was_posted_leaves_nothing_waiting() -> None:
    room = a_billed_room(factories.SINCE)
    assert corrected(room, APRIL, 12_000, at=SOON)
    assert corrected(room, APRIL, 10_000, at=SOON) is None
    assert [row.state for row in Adjustment.objects.all()] == ["REPLACED"]


def test_after_ninety_days_a_bill_only_gives_back() -> None:
    room = a_billed_room(factories.SINCE)
    assert corrected(room, APRIL, 12_000, at=LATE) is None
    waiting = corrected(room, APRIL, 9000, at=LATE)
    assert waiting is not None
    assert waiting.amount < 0


def test_the_old_tariff_prices_an_old_cycle() -> None:
    room = a_billed_room(factories.SINCE)
    plan = room.residence.plan_choices.get().plan
    dearer = dict(plan.tariffs.get().document, valid_from="2026-06-01")
    dearer["lines"] = [{"id": "energy", "type": "energy", "rates": {"*": "9999"}}]
    operations.publish_tariff(plan=plan, document=dearer)
    waiting = corrected(room, APRIL, 15_000, at=SOON)
    assert waiting is not None
    assert waiting.amount == 1290


def test_who_really_lived_there_is_adjusted_though_the_bill_stays() -> None:
    room = a_billed_room(factories.SINCE, factories.SINCE)
    stay = Residency.objects.filter(room=room).latest("pk")
    people.move_out(residency=stay, on=date(2026, 4, 16))
    operations.charge_day(campus=room.residence.campus, day=date(2026, 4, 20), at=SOON)
    waiting = Adjustment.objects.get()
    assert waiting.amount == 0
    assert min(parts(waiting)) == -max(parts(waiting)) < 0


def test_a_decision_is_made_once() -> None:
    room = a_billed_room(factories.SINCE)
    waiting = corrected(room, APRIL, 12_000, at=SOON)
    assert waiting is not None
    operations.decide(adjustment=waiting, post=False, by=manager(), at=SOON)
    with pytest.raises(AdjustmentDecided):
        operations.decide(adjustment=waiting, post=True, by=manager(), at=SOON)
    assert Adjustment.objects.get().billed_on is None


def test_what_a_manager_corrected_is_on_the_bill_of_today() -> None:
    room = a_billed_room(factories.SINCE)
    used(room, [12_000])
    (posted,) = operations.rebill(room=room, days=[APRIL], by=manager(), at=SOON)
    assert (posted.state, posted.billed_on) == ("POSTED", date(2026, 6, 20))
    assert operations.rebill(room=room, days=[APRIL], by=manager(), at=SOON) == ()


def test_an_open_cycle_and_a_shadow_bill_are_revised_instead() -> None:
    room = a_billed_room(factories.SINCE)
    assert corrected(room, APRIL, 12_000, at=AT) is None
    assert DailyCharge.objects.filter(revision=2).count() == 30


def test_nobody_pays_a_shadow_bill_so_it_is_simply_told_anew() -> None:
    room = a_billed_room(factories.SINCE, mode=BillMode.SHADOW)
    assert corrected(room, APRIL, 12_000, at=SOON) is None
    assert DailyCharge.objects.filter(revision=2).count() == 30


amounts_of = st.dictionaries(st.sampled_from([None, 1, 2, 3]), st.integers(-(10**6), 10**6))


@given(amounts_of, amounts_of)
def test_differences_and_their_opposites_cancel(
    one: dict[int | None, int], other: dict[int | None, int]
) -> None:
    there = difference(billed=one, priced=other, only_credits=False)
    back = difference(billed=other, priced=one, only_credits=False)
    assert {key: -amount for key, amount in back.items()} == there
    assert sum(there.values()) == sum(other.values()) - sum(one.values())
