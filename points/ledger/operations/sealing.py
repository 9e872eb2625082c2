"""The nightly seal: what was posted is hashed, chained, and the head leaves the database."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from points.ledger import fence
from points.ledger.encoding import NOTHING, Line, Stretch, stretch
from points.ledger.models import Account, Seal, SealedBalance, Transfer
from points.ledger.queries.lines import lines


def seal(*, at: datetime) -> Seal | None:
    """
    Seal every transfer since the last seal; None if nothing was posted since.

    The fence stands only while the last id is read: from then on no lower one can appear, and
    hashing keeps nobody waiting.

    :raises IntegrityError: if another sealer was first; nothing is lost, the next night goes on
    """
    before = Seal.objects.order_by("-last_id").first()
    last = _last_id()
    moved: Counter[int] = Counter()
    told = stretch(
        _counted(lines(after=before.last_id if before else 0, through=last), moved),
        previous=before.hash if before else NOTHING,
    )
    if told is None:
        return None
    with transaction.atomic():
        new = _seal(told, before.hash if before else NOTHING, at)
        SealedBalance.objects.bulk_create(_balances(new, moved))
    leave_heads()
    return new


def _last_id() -> int:
    with transaction.atomic():
        fence.close()
        return Transfer.objects.aggregate(last=Max("pk"))["last"] or 0


def _counted(found: Iterator[Line], moved: Counter[int]) -> Iterator[Line]:
    """The same lines; counts in passing what they did to recording accounts."""
    for line in found:
        moved[line.credit] += line.amount
        moved[line.debit] -= line.amount
        # A wallet keeps its own balance.
        if line.wallet is not None:
            del moved[line.wallet]
        yield line


def _seal(told: Stretch, previous: str, at: datetime) -> Seal:
    return Seal.objects.create(
        first_id=told.first_id,
        last_id=told.last_id,
        rows=told.rows,
        total=told.total,
        previous=previous,
        hash=told.hash,
        sealed_at=at,
    )


def _balances(new: Seal, moved: Counter[int]) -> list[SealedBalance]:
    """What each recording account that moved holds at the new seal."""
    known = SealedBalance.objects.filter(account__in=moved.keys()).order_by("seal")
    before = dict(known.values_list("account_id", "balance"))
    accounts = Account.objects.in_bulk(moved.keys())
    return [
        SealedBalance(seal=new, account=accounts[pk], balance=before.get(pk, 0) + change)
        for pk, change in sorted(moved.items())
    ]


def heads() -> Path:
    """Where the hashes of all seals are kept outside the database, one line each."""
    return Path(settings.DATA_DIR) / "seals.jsonl"


def leave_heads() -> None:
    """Append the hashes that have not left the database yet, also those of a night that died."""
    last = 0
    if heads().exists():
        told = heads().read_text(encoding="utf-8").splitlines()
        last = json.loads(told[-1])["last_id"] if told else 0
    with heads().open("a", encoding="utf-8") as file:
        for seal in Seal.objects.filter(last_id__gt=last).order_by("last_id"):
            file.write(json.dumps(_head(seal)) + "\n")


def _head(seal: Seal) -> dict[str, object]:
    return {
        "last_id": seal.last_id,
        "rows": seal.rows,
        "hash": seal.hash,
        "sealed_at": seal.sealed_at.isoformat(),
    }
