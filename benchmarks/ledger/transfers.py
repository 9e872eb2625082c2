"""One transfer after another: the product's service, a function in the database, a batch."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from statistics import median
from tempfile import NamedTemporaryFile

import numpy as np
from django.db import connection, connections, transaction

from benchmarks.measuring import interleaved, middle
from campus.nights.models import NightRun
from campus.people.models import Holder
from campus.places.models import Campus
from points.ledger import operations as book
from points.ledger.models import Account, Asset, Code, Lot, Transfer, Txn
from points.ledger.moves import CreditBatch
from tests import factories
from tests.engines.postgres import DEBIAN

AT = datetime(2026, 3, 3, tzinfo=UTC)
DAY = date(2026, 3, 2)
PEOPLE, CAFES, WRITERS, PLENTY = 200, 50, 4, 1_000_000
CHUNK = 20_000  # credits of a night's batch
PGBENCH, FUNCTION = "a function, under pgbench", "the function, by our driver"
PRODUCT, ORDINARY = "product", "an ordinary program"
MANY, ONE = "product, many cafés, 4 writers", "product, one café, 4 writers"
BATCH = "product, a night's batch"


def report(*, transfers: int, rounds: int) -> None:
    """Print the rate of each way, and its ratio to what it is held against."""
    bench = Bench(factories.a_campus(), transfers)
    ways: dict[str, Callable[[int], object]] = {
        PGBENCH: bench.by_pgbench,
        FUNCTION: bench.by_function,
        PRODUCT: bench.by_service,
        ORDINARY: bench.by_objects,
        MANY: lambda turn: bench.at_once(turn, cafes=CAFES),
        ONE: lambda turn: bench.at_once(turn, cafes=1),
        BATCH: bench.by_batch,
    }
    costs = interleaved(ways, rounds=rounds)
    rates = {name: transfers / middle(each).wall for name, each in costs.items()}
    rates[PGBENCH] = median(bench.pgbench_rates)  # its start is not counted
    rates[BATCH] = CHUNK / middle(costs[BATCH]).wall
    print(f"{transfers:,} transfers on {connection.vendor}, medians of {rounds}")
    for name, rate in rates.items():
        print(f"  {name:<32} {rate:9.0f} a second  {rate / rates[PGBENCH]:6.2f} x {PGBENCH}")
    print(f"  one café / many cafés      {rates[ONE] / rates[MANY]:.2f}")
    print(f"  batch / one by one         {rates[BATCH] / rates[PRODUCT]:.1f}")
    print(f"  product / ordinary program {rates[PRODUCT] / rates[ORDINARY]:.1f}")
    processor = middle(costs[PRODUCT]).cpu / middle(costs[FUNCTION]).cpu
    print(f"  processor of the product, ours and the server's: {processor:.2f} x {FUNCTION}")
    book.reconcile(campus=bench.campus, at=AT)


class Bench:
    """People with many points, and cafés that they pay."""

    def __init__(self, campus: Campus, transfers: int) -> None:
        self.campus, self.transfers = campus, transfers
        self.pgbench_rates: list[float] = []
        self.people = [_holder(campus, Holder.Kind.PERSON) for _person in range(PEOPLE)]
        self.cafes = [_holder(campus, Holder.Kind.CAFE) for _cafe in range(CAFES)]
        self.accounts = [_cafe_account(cafe) for cafe in self.cafes]
        for number, person in enumerate(self.people):
            self._credit(person, f"start-{number}")
        self.wallets = [book.wallet(holder=each, asset=Asset.CP) for each in self.people]
        with connection.cursor() as cursor:
            cursor.execute(_FUNCTION)
        self.by_function(-1)  # pages and plans are warm for everybody

    def _credit(self, person: Holder, source: str) -> None:
        book.credit(
            holder=person,
            asset=Asset.CP,
            amount=PLENTY,
            code=Code.SAVING,
            source_kind="START",
            source_id=source,
            at=AT,
            effective_on=DAY,
        )

    def by_function(self, turn: int) -> None:
        """The yardstick: one statement each, committed each."""
        with connection.cursor() as cursor:
            for n in range(self.transfers):
                wallet, cafe = self.wallets[n % PEOPLE], self.accounts[n % CAFES]
                row = (wallet.pk, cafe.pk, 3, f"{turn}:{n}", AT, DAY)
                cursor.execute("SELECT bench_pay(%s, %s, %s, %s, %s, %s)", row)

    def by_pgbench(self, turn: int) -> None:
        """The same statement from a program that does nothing else."""
        script = _SCRIPT.format(
            first=self.wallets[0].pk,
            last=self.wallets[-1].pk,
            cafe=self.accounts[0].pk,
            turn=turn,
            at=AT.isoformat(),
            day=DAY.isoformat(),
        )
        with NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script)
            file.flush()
            words = [*_pgbench(), "-n", "-c1", f"-t{self.transfers}", "-f", file.name, "postgres"]
            told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        [rate] = re.findall(r"tps = ([0-9.]+) \(without", told)
        self.pgbench_rates.append(float(rate))

    def by_service(self, turn: int) -> None:
        """The product's own payment, with all its guards."""
        for n in range(self.transfers):
            self._pay(self.people[n % PEOPLE], self.cafes[n % CAFES], f"service-{turn}:{n}")

    def by_objects(self, turn: int) -> None:
        """Lock, read, compare, save: balance, entry and the one lot, without a word of its use."""
        for n in range(self.transfers):
            wallet, cafe = self.wallets[n % PEOPLE], self.accounts[n % CAFES]
            with transaction.atomic():
                payer = Account.objects.select_for_update().get(pk=wallet.pk)
                if payer.balance < 3:
                    raise ValueError(payer)
                payer.balance, payer.version = payer.balance - 3, payer.version + 1
                payer.save()
                txn = Txn.objects.create(kind=Code.COUPON_BOUGHT, posted_at=AT)
                Transfer.objects.create(
                    txn=txn,
                    debit=payer,
                    credit=cafe,
                    asset=Asset.CP,
                    amount=3,
                    code=Code.COUPON_BOUGHT,
                    source_kind="OBJECTS",
                    source_id=f"{turn}:{n}",
                    effective_on=DAY,
                    posted_at=AT,
                    wallet=payer,
                    wallet_version=payer.version,
                    wallet_balance=payer.balance,
                )
                lot = Lot.objects.get(account=payer)
                lot.used += 3
                lot.save()

    def at_once(self, turn: int, *, cafes: int) -> None:
        """Four writers, each with people of its own, who pay some cafés."""

        def write(writer: int) -> None:
            try:
                for n in range(self.transfers // WRITERS):
                    person = self.people[(n * WRITERS + writer) % PEOPLE]
                    source = f"{cafes}-{turn}:{writer}:{n}"
                    self._pay(person, self.cafes[n % cafes], source)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(write, range(WRITERS)))

    def _pay(self, person: Holder, cafe: Holder, source: str) -> None:
        book.spend(
            holder=person,
            asset=Asset.CP,
            amount=3,
            to_kind=Account.Kind.CAFE,
            to_holder=cafe,
            code=Code.COUPON_BOUGHT,
            source_kind="PRODUCT",
            source_id=source,
            at=AT,
            effective_on=DAY,
        )

    def by_batch(self, turn: int) -> None:
        """As many credits as a night books them."""
        run, _new = NightRun.objects.get_or_create(
            campus=self.campus, day=DAY, defaults={"started_at": AT}
        )
        holders = np.resize(np.array([each.pk for each in self.people], np.int64), CHUNK)
        book.credit_many(
            campus=self.campus,
            asset=Asset.CP,
            rows=CreditBatch(
                holder_id=holders,
                amount=np.full(CHUNK, 3, np.int64),
                source_id=[f"batch-{turn}:{n}" for n in range(CHUNK)],
                revision=np.ones(CHUNK, np.int64),
                effective_on=[DAY] * CHUNK,
            ),
            code=Code.SAVING,
            source_kind="PRODUCT",
            at=AT,
            run_id=run.pk,
        )


def _pgbench() -> list[str]:
    """The program, from the path or from where Debian puts it."""
    found = shutil.which("pgbench") or max(map(str, DEBIAN.glob("*/bin/pgbench")), default=None)
    if found is None:
        sys.exit("pgbench is not installed: apt install postgresql-contrib")
    return [found]


def _holder(campus: Campus, kind: str) -> Holder:
    return Holder.objects.create(kind=kind, campus=campus)


def _cafe_account(cafe: Holder) -> Account:
    return book.account(holder=cafe, kind=Account.Kind.CAFE, asset=Asset.CP)


# The same rows as the service writes: event, balance, transfer, the lot that pays, and its use.
_FUNCTION = """
CREATE OR REPLACE FUNCTION bench_pay(
    payer bigint, cafe bigint, price bigint, source text, at timestamptz, on_day date
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE event bigint; left_over bigint; step bigint; moved bigint; lot date;
BEGIN
    UPDATE points_account SET balance = balance - price, version = version + 1
        WHERE id = payer AND balance >= price RETURNING balance, version INTO left_over, step;
    IF NOT FOUND THEN RAISE EXCEPTION 'not enough'; END IF;
    INSERT INTO points_txn (uid, kind, reason, request_id, posted_at)
        VALUES (gen_random_uuid(), 'COUPON_BOUGHT', '', '', at) RETURNING id INTO event;
    INSERT INTO points_transfer (
        txn_id, debit_id, credit_id, asset, amount, code, source_kind, source_id, revision, leg,
        effective_on, posted_at, wallet_id, wallet_version, wallet_balance)
    VALUES (event, payer, cafe, 'CP', price, 'COUPON_BOUGHT', 'FUNCTION', source, 1, 0,
        on_day, at, payer, step, left_over) RETURNING id INTO moved;
    SELECT expires_on INTO lot FROM points_lot
        WHERE account_id = payer AND granted - used >= price ORDER BY expires_on LIMIT 1;
    UPDATE points_lot SET used = used + price WHERE account_id = payer AND expires_on = lot;
    INSERT INTO points_lotuse (transfer_id, account_id, expires_on, amount)
        VALUES (moved, payer, lot, price);
    RETURN moved;
END $$
"""

_SCRIPT = """
\\set wallet random({first}, {last})
\\set one random(1, 9000000000000000)
\\set two random(1, 9000000000000000)
SELECT bench_pay(:wallet, {cafe}, 3, '{turn}:' || :one || ':' || :two, '{at}', '{day}');
"""
