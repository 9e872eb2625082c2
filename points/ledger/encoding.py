"""One transfer as bytes, the same on every engine and for ever: what a seal hashes. Pure."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from operator import attrgetter
from uuid import UUID

NOTHING = "0" * 64  # the hash before the first seal


@dataclass(frozen=True, slots=True)
class Line:
    """A transfer with its event, the two sides by holder and kind, and its use of lots."""

    id: int
    txn: UUID
    kind: str
    actor: int | None
    reason: str
    night_run: int | None
    request_id: str
    debit: int
    debit_holder: int
    debit_kind: str
    credit: int
    credit_holder: int
    credit_kind: str
    asset: str
    amount: int
    code: str
    source_kind: str
    source_id: str
    revision: int
    leg: int
    reverses: int | None
    effective_on: date
    posted_at: datetime
    wallet: int | None
    wallet_version: int | None
    wallet_balance: int | None
    lots: tuple[tuple[date, int], ...]


_in_order = attrgetter(*(field.name for field in fields(Line)))


def encoded(line: Line) -> bytes:
    """The canonical form: a JSON list in the order of the fields, ended by a line feed."""
    told = json.dumps(_in_order(line), default=_plain, ensure_ascii=False, separators=(",", ":"))
    return told.encode() + b"\n"


def content(line: Line) -> bytes:
    """What a transfer says apart from ids that the database gave out in its own order."""
    told = (
        line.effective_on,
        line.posted_at,
        (line.debit_holder, line.debit_kind, line.credit_holder, line.credit_kind),
        (line.asset, line.amount, line.code, line.source_kind, line.revision, line.leg),
        (line.wallet_version, line.wallet_balance),
        line.lots,
    )
    return json.dumps(told, default=_plain, separators=(",", ":")).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a seal says of its transfers."""

    first_id: int
    last_id: int
    rows: int
    total: int
    hash: str


def stretch(lines: Iterable[Line], *, previous: str) -> Stretch | None:
    """Hash transfers in the order of ids, chained to the seal before; None if there are none."""
    digest = hashlib.sha256(previous.encode())
    first = last = rows = total = 0
    for line in lines:
        digest.update(encoded(line))
        first, last = first or line.id, line.id
        rows, total = rows + 1, total + line.amount
    if not rows:
        return None
    digest.update(f"{first} {last} {rows} {total}".encode())
    return Stretch(first, last, rows, total, digest.hexdigest())


def digest(lines: Iterable[Line]) -> str:
    """
    One figure for the whole book that does not depend on the ids of its rows.

    Two runs of the same nights, one of them killed and resumed, have the same.
    """
    told = sorted(content(line) for line in lines)
    return hashlib.sha256(b"\n".join(told)).hexdigest()
