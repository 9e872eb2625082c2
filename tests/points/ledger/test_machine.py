"""
The book against a plain-dict model: whatever is asked in whatever order, both say the same.

Quick tier 60 runs of 50 steps (15 on PostgreSQL, whose own proof are the races); with --long 5,000
of 100.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

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
    precondition,
    rule,
    run_state_machine_as_test,
)

from campus.nights.models import NightRun, Step
from points.ledger import operations
from points.ledger.models import Account, Asset, Transfer
from points.ledger.refusals import AlreadyPosted, AlreadyReversed, NotEnough
from tests import factories
from tests.points.ledger import book
from tests.tiers import tier

START = datetime(2026, 3, 10, 3, tzinfo=UTC)
PEOPLE, MOST = 2, 120
WHO = some.integers(0, PEOPLE - 1)
AMOUNT = some.integers(1, MOST)
ASSETS = some.sampled_from([Asset.CP, Asset.SUN])


def month_end(day: date) -> date:
    return date(day.year + 1, day.month, monthrange(day.year + 1, day.month)[1])


@dataclass
class Said:
    """What the model keeps of a transfer, so that it can be undone."""

    who: int
    asset: str
    amount: int
    source: str
    kind: str  # earned or spent
    lots: dict[date, int] = field(default_factory=dict)
    undone: bool = False


@dataclass
class Model:
    """Wallets, lots and debts as plain dicts."""

    held: Counter[tuple[int, str]] = field(default_factory=Counter)
    entries: Counter[tuple[int, str]] = field(default_factory=Counter)
    owed: Counter[tuple[int, str]] = field(default_factory=Counter)
    lots: dict[int, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))
    issued: Counter[str] = field(default_factory=Counter)

    def give(self, who: int, asset: str, amount: int, lots: dict[date, int]) -> None:
        self.held[who, asset] += amount
        self.entries[who, asset] += 1
        if asset == Asset.CP:
            self.lots[who].update(lots)

    def take(self, who: int, asset: str, amount: int, first: date | None = None) -> dict[date, int]:
        self.held[who, asset] -= amount
        self.entries[who, asset] += 1
        parts: dict[date, int] = {}
        if asset == Asset.CP:
            own = self.lots[who]
            for day in sorted(own, key=lambda day: (day != first, day)):
                parts[day] = min(own[day], amount - sum(parts.values()))
                own[day] -= parts[day]
        return {day: part for day, part in parts.items() if part}

    def earn(self, who: int, asset: str, amount: int, day: date) -> dict[date, int]:
        """New points, of which at most half go to a debt."""
        granted = {month_end(day): amount}
        self.give(who, asset, amount, granted)
        self.issued[asset] += amount
        repaid = min(self.owed[who, asset], amount // 2)
        if repaid:
            self.take(who, asset, repaid)
            self.owed[who, asset] -= repaid
        return granted


class TheBook(RuleBasedStateMachine):
    said: Bundle[Said] = Bundle("said")

    @initialize()
    def open(self) -> None:
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.campus = factories.a_campus()
        self.model, self.now = Model(), START
        self.people = [book.a_person() for _person in range(PEOPLE)]
        self.transfers: dict[str, Transfer] = {}

    def teardown(self) -> None:
        if hasattr(self, "rollback"):
            if not transaction.get_connection().needs_rollback:
                self.prove()
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.campus.zone).date()

    def held(self, who: int, asset: str) -> int:
        return self.model.held[who, asset]

    # --- what happens ---------------------------------------------------------------------------
    @rule(hours=some.integers(1, 24 * 200))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(days=some.integers(0, 1))
    def a_last_day_comes(self, days: int) -> None:
        """The last day of the lot that comes next, full or empty, or the day after it."""
        ahead = [day for own in self.model.lots.values() for day in own if day > self.today]
        if ahead:
            noon = datetime.combine(min(ahead), time(3), tzinfo=UTC)
            self.now = noon + timedelta(days=days)

    @rule(target=said, who=WHO, asset=ASSETS, amount=AMOUNT)
    def earn(self, who: int, asset: str, amount: int) -> Said:
        source = book.a_source()
        self.transfers[source] = book.earn(
            self.people[who], amount, asset=asset, source=source, at=self.now
        )
        lots = self.model.earn(who, asset, amount, self.today)
        return Said(who, asset, amount, source, "earned", lots)

    @rule(asset=ASSETS, rows=some.lists(some.tuples(WHO, AMOUNT), min_size=1, max_size=5))
    def earn_in_the_night(self, asset: str, rows: list[tuple[int, int]]) -> None:
        batch = book.a_batch([(self.people[who], amount) for who, amount in rows])
        book.credit_many(batch, asset=asset, at=self.now)
        for who, amount in rows:
            self.model.earn(who, asset, amount, self.today)

    @rule(target=said, who=WHO, asset=ASSETS)
    def spend_all(self, who: int, asset: str) -> Any:
        return self._spend(who, asset, self.held(who, asset) or 1)

    @rule(target=said, who=WHO, asset=ASSETS, amount=AMOUNT)
    def spend(self, who: int, asset: str, amount: int) -> Any:
        return self._spend(who, asset, amount)

    def _spend(self, who: int, asset: str, amount: int) -> Any:
        source, person = book.a_source(), self.people[who]
        if self.held(who, asset) < amount:
            with pytest.raises(NotEnough):
                book.spend(person, amount, asset=asset, source=source, at=self.now)
            return multiple()
        self.transfers[source] = book.spend(person, amount, asset=asset, source=source, at=self.now)
        lots = self.model.take(who, asset, amount)
        return Said(who, asset, amount, source, "spent", lots)

    @rule(past=said)
    def retry(self, past: Said) -> None:
        again = book.earn if past.kind == "earned" else book.spend
        with pytest.raises(AlreadyPosted):
            again(
                self.people[past.who],
                past.amount,
                asset=past.asset,
                source=past.source,
                at=self.now,
            )

    @rule(past=said)
    def undo(self, past: Said) -> None:
        transfer = self.transfers[past.source]
        if past.undone:
            with pytest.raises(AlreadyReversed):
                operations.reverse(transfer=transfer, at=self.now)
        elif past.kind == "spent":
            operations.reverse(transfer=transfer, at=self.now)
            past.undone = True
            self.model.give(past.who, past.asset, past.amount, self._refunded(past))
        elif self.held(past.who, past.asset) < past.amount:
            with pytest.raises(NotEnough):
                operations.reverse(transfer=transfer, at=self.now)
        else:
            operations.reverse(transfer=transfer, at=self.now)
            past.undone = True
            self.model.issued[past.asset] -= past.amount
            self.model.take(past.who, past.asset, past.amount, next(iter(past.lots)))

    def _refunded(self, past: Said) -> dict[date, int]:
        lots: Counter[date] = Counter()
        for day, part in past.lots.items():
            lots[day if day >= self.today else self.today + timedelta(days=14)] += part
        return dict(lots)

    @rule(target=said, past=said, amount=some.integers(0, MOST))
    def correct(self, past: Said, amount: int) -> Any:
        if past.kind != "earned":
            return multiple()
        source, transfer = book.a_source(), self.transfers[past.source]
        told = {
            "transfer": transfer,
            "amount": amount,
            "source_kind": "AWARD",
            "source_id": source,
            "revision": 1,
            "at": self.now,
        }
        if past.undone:
            with pytest.raises(AlreadyReversed):
                operations.correct(**told)
            return multiple()
        txn = operations.correct(**told)
        past.undone = True
        return self._corrected(past, amount, source, txn)

    def _corrected(self, past: Said, amount: int, source: str, txn: Any) -> Any:
        who, asset, model = past.who, past.asset, self.model
        granted = {month_end(self.today): amount}
        if amount:
            model.give(who, asset, amount, granted)
        short = past.amount - self.held(who, asset)
        if short > 0:
            model.give(who, asset, short, {month_end(self.today): short})
            model.owed[who, asset] += short
        model.take(who, asset, past.amount, next(iter(past.lots)))
        model.issued[asset] += amount - past.amount
        if not amount:
            return multiple()
        self.transfers[source] = txn.transfers.get(source_id=source)
        return Said(who, asset, amount, source, "earned", granted)

    @rule()
    def expire(self) -> None:
        day = self.today - timedelta(days=1)
        run, _new = NightRun.objects.get_or_create(
            campus=self.campus, day=day, defaults={"started_at": self.now}
        )
        Step.objects.filter(run=run).delete()  # asked again, the night begins anew
        operations.expire(campus=self.campus, day=day, at=self.now, run_id=run.pk)
        for who, own in self.model.lots.items():
            for last in [last for last in sorted(own) if last <= day and own[last]]:
                self.model.held[who, Asset.CP] -= own[last]
                self.model.entries[who, Asset.CP] += 1
                own[last] = 0

    @precondition(lambda self: self.transfers)
    @rule()
    def seal(self) -> None:
        operations.seal(at=self.now)

    @rule()
    def prove(self) -> None:
        operations.reconcile(campus=self.campus, at=self.now)

    # --- what always holds ----------------------------------------------------------------------
    @invariant()
    def book_and_model_say_the_same(self) -> None:
        if not hasattr(self, "model"):
            return
        place = {person.pk: who for who, person in enumerate(self.people)}
        totals: Counter[str] = Counter()
        for holder, kind, asset, balance, version, moved in _rows(ACCOUNTS):
            key = (place.get(holder, -1), asset)
            totals[asset] += moved
            if kind == Account.Kind.WALLET:
                assert balance == moved == self.held(*key) >= 0
                assert version == self.model.entries[key]
            elif kind == Account.Kind.CLAWBACK:
                assert moved == -self.model.owed[key] <= 0
            elif kind == Account.Kind.ISSUER:
                assert moved == -self.model.issued[asset]
        assert not any(totals.values())

    @invariant()
    def lots_hold_what_the_model_says(self) -> None:
        left: dict[int, Counter[str]] = defaultdict(Counter)
        for holder, expires_on, rest in _rows(LOTS):
            left[holder][str(expires_on)] = rest
        for who, person in enumerate(getattr(self, "people", ())):
            own = {str(day): rest for day, rest in self.model.lots[who].items() if rest}
            assert left[person.pk] == own


# Said plainly, once a step: ORM and oracle would take most of the time.
ACCOUNTS = """
SELECT a.holder_id, a.kind, a.asset, a.balance, a.version,
    COALESCE((SELECT SUM(amount) FROM points_transfer WHERE credit_id = a.id), 0)
    - COALESCE((SELECT SUM(amount) FROM points_transfer WHERE debit_id = a.id), 0)
FROM points_account a
"""
LOTS = """
SELECT a.holder_id, l.expires_on, l.granted - l.used
FROM points_lot l JOIN points_account a ON a.id = l.account_id WHERE l.granted > l.used
"""


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


@pytest.mark.timeout(4 * 3600)
def test_the_book_and_the_model_agree(db: None) -> None:
    runs = tier(quick=60 if connection.vendor == "sqlite" else 15, full=5000)
    steps = tier(quick=50, full=100)
    counts = settings(max_examples=runs, stateful_step_count=steps, deadline=None)
    run_state_machine_as_test(TheBook, settings=counts)
