"""The whole book, proven from its first entry: laws, lots, seals, and the heads kept outside."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection

from campus.places.models import Campus
from points.ledger import fifo, triggers
from points.ledger.encoding import NOTHING, Line, digest, stretch
from points.ledger.models import Asset, Lot, Seal, SealedBalance, Transfer
from points.ledger.queries import laws
from points.ledger.queries.lines import lines


@dataclass(frozen=True, slots=True)
class Finding:
    """A law that the book breaks, and where."""

    law: str
    where: str


@dataclass(frozen=True, slots=True)
class Book:
    """What there is to prove, in figures. `digest` does not depend on ids; `head` seals them."""

    transfers: int
    seals: int
    unsealed: int
    head: str
    digest: str


def book() -> Book:
    """The figures of the whole book."""
    newest = Seal.objects.order_by("-last_id").first()
    sealed = newest.last_id if newest else 0
    return Book(
        transfers=Transfer.objects.count(),
        seals=Seal.objects.count(),
        unsealed=Transfer.objects.filter(pk__gt=sealed).count(),
        head=newest.hash if newest else NOTHING,
        digest=digest(lines()),
    )


def findings(*, heads: Path | None = None) -> Iterator[Finding]:
    """
    Everything that is wrong with the book; nothing if it is sound.

    :param heads: the file in which the hashes of all seals were left
    """
    for name in triggers.missing(connection):
        yield Finding("the book is guarded", name)
    for campus in Campus.objects.order_by("pk"):
        for law, breakers in laws.broken(campus_id=campus.pk, after=0):
            yield Finding(law, ", ".join(map(str, breakers)))
    yield from _lots()
    yield from _seals()
    yield from _sealed_balances()
    if heads is not None and heads.exists():
        yield from _heads(heads)


def _lots() -> Iterator[Finding]:
    """Every lot holds what transfers granted it and did not use."""
    left: Counter[tuple[int, date]] = Counter()
    zones = {campus.pk: campus.zone for campus in Campus.objects.all()}
    wallets = dict(Lot.objects.values_list("account_id", "account__holder__campus_id").distinct())
    for line in lines():
        if line.wallet is None or line.asset != Asset.CP:
            continue
        if line.debit == line.wallet and sum(part for _day, part in line.lots) != line.amount:
            yield Finding("a debit uses lots of its amount", f"transfer {line.id}")
        zone = zones.get(wallets.get(line.wallet, 0))
        day = line.posted_at.astimezone(zone).date()
        sign = -1 if line.debit == line.wallet else 1
        for expires_on, part in line.lots or [(fifo.expires_on(day), line.amount)]:
            left[line.wallet, expires_on] += sign * part
    for lot in Lot.objects.order_by("pk"):
        if left.pop((lot.account_id, lot.expires_on), 0) != lot.granted - lot.used:
            yield Finding("a lot holds what it was granted", f"lot {lot.pk}")
    for (account, expires_on), rest in left.items():
        if rest:
            yield Finding("a lot holds what it was granted", f"{account} {expires_on}")


def _seals() -> Iterator[Finding]:
    """Every stretch hashes to what its seal says, and begins where the one before ended."""
    previous, after = NOTHING, 0
    for seal in Seal.objects.order_by("last_id"):
        told = stretch(lines(after=after, through=seal.last_id), previous=previous)
        said = (seal.first_id, seal.last_id, seal.rows, int(seal.total), seal.hash)
        if seal.previous != previous:
            yield Finding("a seal follows from the seal before", f"seal {seal.pk}")
        if told is None or _told(told) != said:
            yield Finding("a seal fits the transfers it sealed", f"seal {seal.pk}")
        previous, after = seal.hash, seal.last_id


def _told(told: object) -> tuple[object, ...]:
    names = ("first_id", "last_id", "rows", "total", "hash")
    return tuple(getattr(told, name) for name in names)


def _sealed_balances() -> Iterator[Finding]:
    """What a seal says of a recording account is the sum of its transfers up to then."""
    held: Counter[int] = Counter()
    told = lines()
    waiting: Line | None = next(told, None)
    for seal in Seal.objects.order_by("last_id"):
        while waiting is not None and waiting.id <= seal.last_id:
            held[waiting.credit] += waiting.amount
            held[waiting.debit] -= waiting.amount
            waiting = next(told, None)
        for sealed in SealedBalance.objects.filter(seal=seal):
            if held[sealed.account_id] != sealed.balance:
                yield Finding("a sealed balance is the sum of its transfers", str(sealed))


def _heads(path: Path) -> Iterator[Finding]:
    """Every hash that left the database is still the hash of that seal."""
    known = dict(Seal.objects.values_list("last_id", "hash"))
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            told = json.loads(line)
            if known.get(told["last_id"]) != told["hash"]:
                yield Finding("the seal is the one whose hash was kept", f"line {number}")
