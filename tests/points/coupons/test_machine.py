"""
A café against a plain model: whatever is bought, given, used, taken back or left to expire, in
whatever order, the book, the coupons, the stock and the money say what the model says.

Quick tier 40 runs of 40 steps (10 on PostgreSQL); with --long 5,000 of 100.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from campus.errors import CampusError
from campus.people import operations as people
from points.coupons import operations
from points.coupons.models import Campaign, Coupon, Offer, Redemption
from points.ledger import operations as ledger
from tests import factories
from tests.points.coupons import making as make
from tests.tiers import tier

PRICE, VALUE, POINTS, STOCK, LIMIT, MONEY = 100, 1000, 700, 6, 3, 5500
WHO = some.integers(0, 1)
ISSUED, REDEEMED, EXPIRED, CANCELLED = "ISSUED", "REDEEMED", "EXPIRED", "CANCELLED"


@dataclass(eq=False)
class Cup:
    """What the model keeps of a coupon."""

    pk: int
    holder: int
    payer: int
    expires_at: datetime
    state: str = ISSUED
    generation: int = 1
    use: Redemption | None = None

    def is_ready(self, at: datetime) -> bool:
        return self.state == ISSUED and at < self.expires_at


class TheCounter(RuleBasedStateMachine):
    cups: Bundle[Cup] = Bundle("cups")

    @initialize()
    def open(self) -> None:
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.now, room = make.AT, factories.a_room()
        self.people = [make.a_saver(cp=POINTS) for _person in range(2)]
        for person in self.people:
            people.move_in(holder=person.holder, room=room, on=factories.SINCE)
        self.cafe = make.a_cafe(campus=factories.a_campus())
        self.till = make.a_till(self.cafe)
        campaign = make.a_campaign(budget_minor=MONEY)
        self.offer = make.an_offer(
            cafe=self.cafe,
            campaign=campaign,
            price_cp=PRICE,
            value_minor=VALUE,
            left=STOCK,
            per_person=LIMIT,
        )
        self.known: list[Cup] = []
        self.held, self.left, self.money = [POINTS, POINTS], STOCK, MONEY
        self.book: Counter[str] = Counter()

    def teardown(self) -> None:
        if hasattr(self, "rollback"):
            if not transaction.get_connection().needs_rollback:
                ledger.reconcile(campus=self.cafe.campus, at=self.now)
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)

    def refused(self, code: str, act: Any) -> None:
        """It must be refused with this code."""
        with pytest.raises(CampusError) as refusal, transaction.atomic():
            act()
        assert refusal.value.code == code

    def coupon(self, cup: Cup) -> Coupon:
        return Coupon.objects.select_related("holder", "offer", "cafe__campus", "cafe__holder").get(
            pk=cup.pk
        )

    # --- what happens ---------------------------------------------------------------------------
    @rule(hours=some.integers(1, 24 * 12))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_night_comes(self) -> None:
        operations.expire_due(campus=self.cafe.campus, at=self.now)
        for cup in self.known:
            if cup.state == ISSUED and cup.expires_at <= self.now:
                cup.state = EXPIRED
                self.money += VALUE
                self._move("COUPON_LIABILITY", "BREAKAGE")

    @rule(target=cups, who=WHO)
    def buy(self, who: int) -> Any:
        offer = Offer.objects.select_related("cafe__campus", "cafe__holder", "campaign").get()

        def act() -> Coupon:
            return operations.buy(holder=self.people[who].holder, offer=offer, at=self.now)

        places = sum(cup.holder == who and cup.state != CANCELLED for cup in self.known)
        why = self._why_not(who, places)
        if why is not None:
            self.refused(why, act)
            return multiple()
        bought = act()
        self.held[who] -= PRICE
        self.left, self.money = self.left - 1, self.money - VALUE
        self._move("WALLET", "COUPON_LIABILITY")
        cup = Cup(bought.pk, who, who, bought.expires_at)
        self.known.append(cup)
        return cup

    def _why_not(self, who: int, places: int) -> str | None:
        """Why the model would not let somebody buy, in the order in which it is found."""
        reasons = {
            "not_enough": self.held[who] < PRICE,
            "limit_reached": places >= LIMIT,
            "sold_out": not self.left,
            "budget_spent": self.money < VALUE,
        }
        return next((code for code, holds in reasons.items() if holds), None)

    @rule(cup=cups)
    def give_back(self, cup: Cup) -> Any:
        def act() -> Coupon:
            return operations.give_back(coupon=self.coupon(cup), at=self.now)

        if not cup.is_ready(self.now) or cup.payer != cup.holder:
            return self.refused("not_refundable", act)
        act()
        cup.state = CANCELLED
        self.held[cup.payer] += PRICE
        self.left, self.money = self.left + 1, self.money + VALUE
        return self._move("COUPON_LIABILITY", "WALLET")

    @rule(cup=cups)
    def give_away(self, cup: Cup) -> Any:
        mate, day = 1 - cup.holder, self.now.astimezone(self.cafe.campus.zone).date()
        to = self.people[mate].user.uid

        def act() -> object:
            return operations.give(coupon=self.coupon(cup), to=to, at=self.now, tonight=day)

        places = sum(each.holder == mate and each.state != CANCELLED for each in self.known)
        if places >= LIMIT:
            return self.refused("room_mate_limit", act)
        if not cup.is_ready(self.now):
            return self.refused("not_givable", act)
        act()
        cup.holder, cup.generation = mate, cup.generation + 1
        return None

    @rule(cup=cups)
    def use(self, cup: Cup) -> Any:
        code = make.qr_of(self.coupon(cup), self.now)

        def act() -> Redemption:
            return operations.redeem(code=code, cafe=self.cafe, till=self.till, at=self.now)

        if cup.state == CANCELLED:
            return self.refused("coupon_cancelled", act)
        if cup.state == EXPIRED or cup.expires_at <= self.now:
            return self.refused("coupon_expired", act)
        if cup.state == REDEEMED:
            return self.refused("already_redeemed", act)
        cup.use, cup.state = act(), REDEEMED
        return self._move("COUPON_LIABILITY", "CAFE")

    @rule(cup=cups)
    def take_back(self, cup: Cup) -> Any:
        if cup.use is None:
            return None

        def act() -> object:
            use = Redemption.objects.select_related("coupon", "cafe__campus", "cafe__holder")
            return operations.void_by_manager(
                redemption=use.get(pk=cup.use.pk), by=uuid4(), reason="Wrong drink", at=self.now
            )

        if cup.state != REDEEMED:
            return self.refused("already_undone", act)
        act()
        cup.state, cup.generation = ISSUED, cup.generation + 1
        return self._move("CAFE", "COUPON_LIABILITY")

    @rule(cup=cups)
    def show_an_old_code(self, cup: Cup) -> Any:
        """One of an earlier generation is worth nothing, however fresh it is."""
        if cup.generation == 1:
            return None
        before = self.coupon(cup)
        before.generation -= 1
        code = make.qr_of(before, self.now)

        def act() -> Redemption:
            return operations.redeem(code=code, cafe=self.cafe, till=self.till, at=self.now)

        return self.refused("not_readable", act)

    def _move(self, source: str, target: str) -> None:
        self.book[source] -= PRICE
        self.book[target] += PRICE

    # --- what always holds ----------------------------------------------------------------------
    @invariant()
    def everything_says_what_the_model_says(self) -> None:
        if not hasattr(self, "book"):
            return
        start = Counter({"ISSUER": -2 * POINTS, "WALLET": 2 * POINTS})
        start.update(self.book)
        assert make.book() == {kind: amount for kind, amount in start.items() if amount}
        wallets = [
            ledger.wallet(holder=person.holder, asset="CP").balance for person in self.people
        ]
        assert wallets == self.held
        assert Offer.objects.get().left == self.left
        assert Campaign.objects.get().left_minor == self.money
        holders = {person.holder.pk: who for who, person in enumerate(self.people)}
        rows = Coupon.objects.values_list("pk", "state", "generation", "holder_id")
        told = {pk: (state, generation, holders[who]) for pk, state, generation, who in rows}
        assert told == {cup.pk: (cup.state, cup.generation, cup.holder) for cup in self.known}


@pytest.mark.timeout(4 * 3600)
def test_the_counter_and_the_model_agree(db: None) -> None:
    runs = tier(quick=40 if connection.vendor == "sqlite" else 10, full=5000)
    counts = settings(
        max_examples=runs, stateful_step_count=tier(quick=40, full=100), deadline=None
    )
    run_state_machine_as_test(TheCounter, settings=counts)
