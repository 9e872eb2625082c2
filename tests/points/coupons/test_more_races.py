"""
Money, gifts, PINs and statements with many at once on PostgreSQL.

The file beside this one shows that the harness can see the faults that are not here.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle

import pytest
import time_machine

from campus.people import operations as people
from campus.people.models import Profile
from points.coupons import operations, queries
from points.coupons.models import Campaign, Coupon, Redemption, Statement, StatementLine, Till
from points.coupons.refusals import NothingToClose
from tests import factories
from tests.points.coupons import making as make
from tests.points.races import Act, asked, race, tally

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT = make.AT
PIN = "2580"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture(autouse=True)
def _no_throttle(monkeypatch: pytest.MonkeyPatch) -> None:
    """More requests than a person may send in a minute are the point here."""
    from rest_framework.throttling import SimpleRateThrottle

    monkeypatch.setattr(SimpleRateThrottle, "allow_request", lambda *_: True)


def people_of_a_room(*, number: int, cp: int = 1000) -> list[Profile]:
    """Savers who share one room."""
    kind = factories.a_room_type(code=f"room-of-{number}", beds=number)
    room = factories.a_room(kind=kind)
    savers = [make.a_saver(cp=cp, nickname=f"Tree {n}") for n in range(number)]
    for saver in savers:
        people.move_in(holder=saver.holder, room=room, on=factories.SINCE)
    return savers


@pytest.mark.parametrize("_round", range(2))
def test_money_for_five_serves_exactly_five_of_forty_buyers_of_two_offers(_round: int) -> None:
    campaign = make.a_campaign(budget_minor=16_000)
    offers = [make.an_offer(campaign=campaign) for _each in range(2)]
    buyers = [make.a_saver(cp=300).user for _each in range(40)]
    asks = zip(buyers, cycle(offers), strict=False)
    answers = race([asked(user, f"offers/{offer.uid}/buy/") for user, offer in asks])
    assert tally(answers) == {(201, ""): 5, (409, "budget_spent"): 35}
    assert Campaign.objects.get().left_minor == 1000
    assert make.book() == {"ISSUER": -12_000, "WALLET": 10_500, "COUPON_LIABILITY": 1500}


def test_money_that_is_freed_while_others_buy_is_counted_right() -> None:
    offer = make.an_offer(campaign=make.a_campaign(budget_minor=30_000))
    owners = [make.a_saver(cp=300) for _each in range(10)]
    coupons = [make.a_coupon(offer=offer, student=owner) for owner in owners]
    back = [
        asked(owner.user, f"coupons/{coupon.uid}/give-back/")
        for owner, coupon in zip(owners, coupons, strict=True)
    ]
    buys = [asked(make.a_saver(cp=300).user, f"offers/{offer.uid}/buy/") for _each in range(20)]
    answers = race([*back, *buys])
    assert tally(answers[:10]) == {(200, ""): 10}
    bought = tally(answers[10:]).get((201, ""), 0)
    assert Campaign.objects.get().left_minor == 30_000 - 3000 * bought
    assert Coupon.objects.filter(state="ISSUED").count() == bought


@pytest.mark.parametrize("_round", range(3))
def test_a_coupon_is_given_used_or_refunded_but_never_two_of_these(_round: int) -> None:
    giver, *mates = people_of_a_room(number=4)
    coupon = make.a_coupon(student=giver)
    till, body = make.a_till(coupon.cafe), {"code": make.qr_of(coupon)}
    path = f"coupons/{coupon.uid}"
    acts: list[Act] = [
        *(asked(giver.user, f"{path}/gift/", {"to": str(mate.user.uid)}) for mate in mates * 3),
        *(asked(giver.user, f"{path}/give-back/") for _each in range(6)),
        *(asked(till.user, "counter/redemptions/", body) for _each in range(6)),
    ]
    answers = race(acts)
    assert sum(status in (200, 201) for status, _code in answers) == 1
    assert all(status < 500 for status, _code in answers)
    used, refunded = Redemption.objects.exists(), make.book().get("WALLET") == 4000
    given = Coupon.objects.get().holder != giver.holder
    assert [used, refunded, given].count(True) == 1


def test_gifts_and_a_purchase_at_once_stay_within_the_receivers_limit() -> None:
    receiver, *givers = people_of_a_room(number=6)
    offer = make.an_offer(per_person=1)
    coupons = [make.a_coupon(offer=offer, student=giver) for giver in givers]
    to = {"to": str(receiver.user.uid)}
    gifts = [
        asked(giver.user, f"coupons/{coupon.uid}/gift/", to)
        for giver, coupon in zip(givers, coupons, strict=True)
    ]
    buys = [asked(receiver.user, f"offers/{offer.uid}/buy/") for _each in range(5)]
    answers = tally(race([*gifts, *buys]))
    assert answers.get((200, ""), 0) + answers.get((201, ""), 0) == 1
    assert set(answers) <= {
        (200, ""),
        (201, ""),
        (409, "room_mate_limit"),
        (409, "limit_reached"),
    }
    assert Coupon.objects.filter(holder=receiver.holder).count() == 1


def test_thirty_guesses_at_once_get_five_tries() -> None:
    coupon = make.a_coupon()
    till = make.a_till(coupon.cafe, pin=PIN)
    use = operations.redeem(code=make.qr_of(coupon), cafe=coupon.cafe, till=till, at=AT)
    path = f"counter/redemptions/{use.uid}/void/"
    guesses = [asked(till.user, path, {"pin": f"{number:04}"}) for number in range(30)]
    answers = race(guesses)
    assert tally(answers) == {(403, "wrong_pin"): 5, (429, "pin_locked"): 25}
    assert make.book()["CAFE"] == 300


def test_a_use_is_voided_once_by_till_and_managers() -> None:
    coupon = make.a_coupon()
    till, manager = make.a_till(coupon.cafe, pin=PIN), factories.a_manager()
    use = operations.redeem(code=make.qr_of(coupon), cafe=coupon.cafe, till=till, at=AT)
    voids = [
        asked(till.user, f"counter/redemptions/{use.uid}/void/", {"pin": PIN}) for _n in range(4)
    ]
    others = [
        asked(manager, f"manage/redemptions/{use.uid}/void/", {"reason": "Wrong drink"})
        for _each in range(12)
    ]
    assert tally(race([*voids, *others])) == {(200, ""): 1, (409, "already_undone"): 15}
    assert make.book() == {"ISSUER": -1000, "WALLET": 700, "COUPON_LIABILITY": 300}


def _used(till: Till, at_hours_ago: int = 30) -> Redemption:
    at = AT - timedelta(hours=at_hours_ago)
    offer = make.an_offer(cafe=till.cafe, opens_at=at - timedelta(days=1))
    coupon = make.a_coupon(offer=offer, at=at)
    return operations.redeem(code=make.qr_of(coupon, at), cafe=till.cafe, till=till, at=at)


def test_a_period_is_closed_once_while_uses_are_voided() -> None:
    cafe, manager = make.a_settling_cafe(), factories.a_manager()
    till = make.a_till(cafe)
    uses = [_used(till) for _each in range(12)]
    body = {"cafe": str(cafe.uid), "ends_on": "2026-03-03"}
    closes = [asked(manager, "manage/statements/close/", body) for _each in range(8)]
    voids = [
        asked(manager, f"manage/redemptions/{use.uid}/void/", {"reason": "Wrong drink"})
        for use in uses[:8]
    ]
    answers = race([*closes, *voids])
    assert tally(answers[:8]) == {(201, ""): 1, (409, "nothing_to_close"): 7}
    assert tally(answers[8:]) == {(200, ""): 8}
    _close_the_rest(cafe_uses=4 * 3000, till=till)


def _close_the_rest(*, cafe_uses: int, till: Till) -> None:
    """Whatever the first statement saw of the voids, the next one makes the sum right."""
    _used(till, at_hours_ago=0)
    at = AT + timedelta(days=1)
    try:
        operations.close_statement(cafe=till.cafe, ends_on=date(2026, 3, 4), at=at)
    except NothingToClose:
        pytest.fail("the use of today waits for its statement")
    total = sum(Statement.objects.values_list("total_minor", flat=True))
    assert total == cafe_uses + 3000
    lines = StatementLine.objects.values_list("redemption", "kind")
    assert len(set(lines)) == len(lines)
    assert queries.changed_statements() == []
