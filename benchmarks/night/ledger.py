"""Credits of a night: the product's chunks, the same as plain SQL, and as an ordinary program."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from benchmarks.measuring import cost, interleaved, middle, told
from campus.nights import operations as nights
from campus.nights.models import NightRun
from campus.people.models import Holder
from campus.places.models import Campus
from points.ledger import operations as book
from points.ledger.models import Account, Asset, Code, Lot, Transfer, Txn
from points.ledger.moves import CreditBatch
from tests import factories

AT = datetime(2026, 3, 3, tzinfo=UTC)
FIRST, EXPIRES = date(2026, 3, 2), date(2027, 3, 31)
SPAN = 20_000  # credits of a chunk
STEP = "points.award"
YARDSTICK = "hand-written SQL"


def report(*, holders: int, rounds: int) -> None:
    """Print each way with its ratio to the yardstick, for `holders` and for ten times as many."""
    processor = []
    for number, many in enumerate((holders, 10 * holders)):
        bench = Bench(factories.a_campus(slug=f"campus{number}"), many)
        ways: dict[str, Callable[[int], object]] = {
            YARDSTICK: bench.by_sql,
            "product": bench.by_product,
            "product, closed again": bench.by_product,
            "bulk_create": bench.by_bulk,
        }
        if number:
            del ways["bulk_create"]
        costs = interleaved(ways, rounds=rounds)
        print(f"{many:,} holders on {connection.vendor}, medians of {rounds}")
        for name, each in costs.items():
            print(told(name, each, costs[YARDSTICK]))
        processor.append(middle(costs["product"]).cpu)
        book.reconcile(campus=bench.campus, at=AT)
    print(f"  ten times the holders cost {processor[1] / processor[0]:.1f} x the processor")


class Bench:
    """A campus with wallets for all its people, and a due credit for each of them."""

    def __init__(self, campus: Campus, many: int) -> None:
        self.campus, self.many = campus, many
        Holder.objects.bulk_create(
            (Holder(kind=Holder.Kind.PERSON, campus=campus) for _ in range(many)), batch_size=5000
        )
        people = Holder.objects.filter(campus=campus, kind=Holder.Kind.PERSON)
        self.holders = np.array(people.order_by("pk").values_list("pk", flat=True), np.int64)
        Account.objects.bulk_create(
            (
                Account(holder_id=holder, kind=Account.Kind.WALLET, asset=Asset.CP)
                for holder in self.holders.tolist()
            ),
            batch_size=5000,
        )
        self.issuer = book.account(
            holder=book.campus_holder(campus=campus), kind=Account.Kind.ISSUER, asset=Asset.CP
        )
        self._fill_due()
        cost(lambda: self.by_sql(-1))  # pages and plans are warm for everybody

    def _fill_due(self) -> None:
        """What the hand-written night finds in a table."""
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS due")
            cursor.execute(
                "CREATE TABLE due AS SELECT a.id AS account_id, a.holder_id, 7 AS amount"
                " FROM points_account a JOIN campus_holder h ON h.id = a.holder_id"
                " WHERE a.kind = 'WALLET' AND a.asset = 'CP' AND h.campus_id = %s",
                [self.campus.pk],
            )

    # --- the product ------------------------------------------------------------------------------
    def by_product(self, turn: int) -> None:
        """As the night does: chunk by chunk, each marked done with what it wrote."""
        run, _new = NightRun.objects.get_or_create(
            campus=self.campus, day=FIRST + timedelta(days=turn), defaults={"started_at": AT}
        )
        for number, start in enumerate(range(0, self.many, SPAN)):
            with nights.chunk(run_id=run.pk, step=STEP, number=number, at=AT) as part:
                if part is not None:
                    part.rows = self._credit(self.holders[start : start + SPAN], turn, run.pk)

    def _credit(self, holders: NDArray[np.int64], turn: int, run_id: int) -> int:
        rows = len(holders)
        book.credit_many(
            campus=self.campus,
            asset=Asset.CP,
            rows=CreditBatch(
                holder_id=holders,
                amount=np.full(rows, 7, np.int64),
                source_id=[f"{turn}:{holder}" for holder in holders.tolist()],
                revision=np.ones(rows, np.int64),
                effective_on=[FIRST] * rows,
            ),
            code=Code.SAVING,
            source_kind="PRODUCT",
            at=AT,
            run_id=run_id,
        )
        return rows

    # --- the yardstick ----------------------------------------------------------------------------
    def by_sql(self, turn: int) -> None:
        """The same rows, laws and triggers, without any guard of its own."""
        txn = Txn.objects.create(kind=Code.SAVING, posted_at=AT)
        facts: dict[str, str | int | date | datetime] = {
            "txn": txn.pk,
            "issuer": self.issuer.pk,
            "turn": turn,
            "day": FIRST,
            "at": AT,
            "expires": EXPIRES,
        }
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in (TRANSFERS, BALANCES, LOTS):
                cursor.execute(statement, facts)

    # --- the ordinary program ---------------------------------------------------------------------
    @transaction.atomic
    def by_bulk(self, turn: int) -> None:
        """Objects in memory, arithmetic in Python, bulk_create and bulk_update."""
        txn = Txn.objects.create(kind=Code.SAVING, posted_at=AT)
        wallets = list(
            Account.objects.filter(holder__campus=self.campus, kind=Account.Kind.WALLET)
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        lots = {lot.account_id: lot for lot in Lot.objects.filter(account__in=wallets)}
        for wallet in wallets:
            wallet.balance, wallet.version = wallet.balance + 7, wallet.version + 1
            lots[wallet.pk].granted += 7
        Transfer.objects.bulk_create(
            (self._transfer(txn, wallet, turn) for wallet in wallets), batch_size=2000
        )
        Account.objects.bulk_update(wallets, ["balance", "version"], batch_size=2000)
        Lot.objects.bulk_update(lots.values(), ["granted"], batch_size=2000)

    def _transfer(self, txn: Txn, wallet: Account, turn: int) -> Transfer:
        return Transfer(
            txn=txn,
            debit=self.issuer,
            credit=wallet,
            asset=Asset.CP,
            amount=7,
            code=Code.SAVING,
            source_kind="BULK",
            source_id=f"{turn}:{wallet.holder_id}",
            effective_on=FIRST,
            posted_at=AT,
            wallet=wallet,
            wallet_version=wallet.version,
            wallet_balance=wallet.balance,
        )


TRANSFERS = """
INSERT INTO points_transfer (
    txn_id, debit_id, credit_id, asset, amount, code, source_kind, source_id, revision, leg,
    effective_on, posted_at, wallet_id, wallet_version, wallet_balance)
SELECT %(txn)s, %(issuer)s, a.id, 'CP', d.amount, 'SAVING', 'SQL',
    %(turn)s || ':' || d.holder_id, 1, 0, %(day)s, %(at)s, a.id, a.version + 1, a.balance + d.amount
FROM due d JOIN points_account a ON a.id = d.account_id
"""
BALANCES = """
UPDATE points_account SET balance = balance + d.amount, version = version + 1
FROM due d WHERE points_account.id = d.account_id
"""
LOTS = """
INSERT INTO points_lot (account_id, expires_on, granted, used)
SELECT d.account_id, %(expires)s, d.amount, 0 FROM due d WHERE true
ON CONFLICT (account_id, expires_on) DO UPDATE SET granted = points_lot.granted + excluded.granted
"""
