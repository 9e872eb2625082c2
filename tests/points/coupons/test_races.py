"""
Exactly once, proven where it can go wrong: many at once on PostgreSQL.

SQLite lets one writer in at a time and hides every race, so these tests count there only.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from campus.errors import CampusError
from points.coupons import operations
from points.coupons.models import Cafe, Coupon, Offer, Redemption, Till
from points.coupons.operations import redeeming
from points.ledger import triggers
from points.ledger.models import Account
from tests.points.coupons import making as make
from tests.points.races import Act, asked, race, tally
from tests.tiers import tier

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT = make.AT
REDEEM = "counter/redemptions/"
BOUGHT = {"ISSUER": -1000, "WALLET": 700, "COUPON_LIABILITY": 300}
USED = {"ISSUER": -1000, "WALLET": 700, "CAFE": 300}
BACK = {"ISSUER": -1000, "WALLET": 1000}
EXPIRED = {"ISSUER": -1000, "WALLET": 700, "BREAKAGE": 300}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture(autouse=True)
def _no_throttle(monkeypatch: pytest.MonkeyPatch) -> None:
    """More requests than a till may send in a minute are the point here."""
    from rest_framework.throttling import SimpleRateThrottle

    monkeypatch.setattr(SimpleRateThrottle, "allow_request", lambda *_: True)


@pytest.mark.parametrize("_round", range(tier(quick=5, full=50)))
def test_many_scans_of_one_coupon_redeem_it_once(_round: int) -> None:
    coupon = make.a_coupon()
    tills = [make.a_till(coupon.cafe) for _each in range(4)]
    body = {"code": make.qr_of(coupon)}
    scans = tier(quick=64, full=200)
    answers = race([asked(tills[number % 4].user, REDEEM, body) for number in range(scans)])
    assert tally(answers) == {(201, ""): 1, (409, "already_redeemed"): scans - 1}
    assert make.book() == USED
    assert Redemption.objects.count() == 1


def test_sixty_four_repeats_of_one_request_get_one_answer() -> None:
    coupon = make.a_coupon()
    act = asked(make.a_till(coupon.cafe).user, REDEEM, {"code": make.qr_of(coupon)})
    assert tally(race([act] * 64)) == {(201, ""): 64}
    assert make.book() == USED


def test_a_stock_serves_exactly_as_many_of_ten_times_its_buyers() -> None:
    stock = tier(quick=5, full=50)
    offer = make.an_offer(left=stock)
    buyers = [make.a_saver(cp=300).user for _each in range(10 * stock)]
    answers = race([asked(user, f"offers/{offer.uid}/buy/") for user in buyers])
    assert tally(answers) == {(201, ""): stock, (409, "sold_out"): 9 * stock}
    assert Offer.objects.get().left == 0
    assert Coupon.objects.count() == stock
    points = {"ISSUER": -10 * stock, "WALLET": 9 * stock, "COUPON_LIABILITY": stock}
    assert make.book() == {kind: 300 * parts for kind, parts in points.items()}


def test_a_wallet_for_three_buys_three() -> None:
    offer, buyer = make.an_offer(price_cp=300), make.a_saver(cp=1000).user
    answers = race([asked(buyer, f"offers/{offer.uid}/buy/") for _each in range(20)])
    assert tally(answers) == {(201, ""): 3, (409, "not_enough"): 17}
    assert Account.objects.get(kind="WALLET", asset="CP").balance == 100


def test_twenty_purchases_at_once_stay_within_the_limit_per_person() -> None:
    offer, buyer = make.an_offer(per_person=2, price_cp=10), make.a_saver().user
    answers = race([asked(buyer, f"offers/{offer.uid}/buy/") for _each in range(20)])
    assert tally(answers) == {(201, ""): 2, (409, "limit_reached"): 18}
    assert make.book()["COUPON_LIABILITY"] == 20


def _redeems(coupon: Coupon, till: Till) -> Act:
    code = make.qr_of(coupon)
    return lambda: bool(operations.redeem(code=code, cafe=_cafe(), till=till, at=AT))


def _gives_back(coupon: Coupon, till: Till) -> Act:
    return lambda: bool(operations.give_back(coupon=_coupon(), at=AT))


def _expires(coupon: Coupon, till: Till) -> Act:
    return lambda: bool(operations.expire_due(campus=coupon.cafe.campus, at=coupon.expires_at))


def _cafe() -> Cafe:
    return Cafe.objects.select_related("campus", "holder").get()


def _coupon() -> Coupon:
    return Coupon.objects.select_related("holder", "offer", "cafe__campus").get()


ENDS = {
    _redeems: ("REDEEMED", USED),
    _gives_back: ("CANCELLED", BACK),
    _expires: ("EXPIRED", EXPIRED),
}


@pytest.mark.parametrize("_round", range(tier(quick=3, full=30)))
@pytest.mark.parametrize(
    "pair", list(combinations(ENDS, 2)), ids=lambda pair: "-".join(f.__name__ for f in pair)
)
def test_a_coupon_ends_in_one_way(pair: tuple, _round: int) -> None:
    coupon = make.a_coupon()
    till = make.a_till(coupon.cafe)
    answers = race([act(coupon, till) for act in pair for _each in range(8)])
    assert [answer for answer in answers if answer is True] == [True]
    assert [answer for answer in answers if not _is_an_answer(answer)] == []
    ended = [ENDS[act] for act in pair]
    assert (_coupon().state, make.book()) in ended


def test_a_use_is_undone_once_while_the_coupon_is_used_again() -> None:
    coupon = make.a_coupon()
    till = make.a_till(coupon.cafe)
    first = operations.redeem(code=make.qr_of(coupon), cafe=coupon.cafe, till=till, at=AT)
    undo = asked(till.user, f"{REDEEM}{first.uid}/undo/")
    others = [asked(till.user, f"{REDEEM}{first.uid}/undo/") for _each in range(7)]
    again = [_redeems_next(coupon, till)] * 8
    answers = race([undo, *others, *again])
    undone = [answer for answer in answers[:8] if answer == (200, "")]
    assert len(undone) == 1
    assert [answer for answer in answers[8:] if not _is_an_answer(answer)] == []
    used_again = [answer for answer in answers[8:] if answer is True]
    assert len(used_again) <= 1
    assert make.book() == (USED if used_again else BOUGHT)


def _is_an_answer(answer: object) -> bool:
    """A result or a named refusal; a deadlock or a broken law is none."""
    return isinstance(answer, bool | CampusError)


def _redeems_next(coupon: Coupon, till: Till) -> Act:
    following = Coupon.objects.get(pk=coupon.pk)
    following.generation += 1
    code = make.qr_of(following)
    return lambda: bool(operations.redeem(code=code, cafe=_cafe(), till=till, at=AT))


LAWS = {
    "points_redemption": "coupon_redeemed_once",
    "points_transfer": "business_event_posted_once",
}


@pytest.fixture
def _guards_off(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read, then write, as counters elsewhere do; and no law of the database behind it."""

    def reads_then_writes(coupon: Coupon, cafe: Cafe, at: datetime) -> bool:
        if Coupon.objects.get(pk=coupon.pk).state != Coupon.State.ISSUED:
            return False
        Coupon.objects.filter(pk=coupon.pk).update(state=Coupon.State.REDEEMED)
        return True

    monkeypatch.setattr(redeeming, "_use", reads_then_writes)
    with connection.cursor() as cursor:
        restore = [_dropped(cursor, table, law) for table, law in LAWS.items()]
    yield
    with triggers.lifted(connection):  # what broke the laws must go before they return
        call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        for command in restore:
            cursor.execute(command)


def _dropped(cursor: object, table: str, law: str) -> str:
    """Drop a constraint; answers how to bring it back."""
    cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [law])
    [(definition,)] = cursor.fetchall()
    cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {law}")
    return f"ALTER TABLE {table} ADD CONSTRAINT {law} {definition}"


@pytest.mark.usefixtures("_guards_off")
def test_without_its_guards_this_very_race_redeems_twice() -> None:
    """Calibration: the harness above is able to see the fault that it says is not there."""
    most = 0
    for _round in range(10):
        coupon = make.a_coupon()
        till, body = make.a_till(coupon.cafe), {"code": make.qr_of(coupon)}
        answers = race([asked(till.user, REDEEM, body) for _each in range(64)])
        most = max(most, tally(answers)[201, ""])
        if most > 1:
            break
    assert most > 1
    assert make.book()["CAFE"] > 300
