"""Carbon points whose last day has passed go to BREAKAGE, set by set."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import F, QuerySet

from campus.nights import operations as nights
from campus.places.models import Campus
from points.ledger import fence, statements
from points.ledger.models import Account, Asset, Code, Lot
from points.ledger.operations import posting
from points.ledger.operations.accounts import account, campus_holder
from points.ledger.operations.crediting import lock_wallets

STEP = "points.expire"
SOURCE = "EXPIRY"
SPAN = 10_000  # holders of one chunk, by id


def expire(*, campus: Campus, day: date, at: datetime, run_id: int) -> int:
    """
    Take what is left of the lots whose last day was `day` or before; returns how many lots.

    :param run_id: the NightRun, whose chunks remember what is done
    """
    spans = sorted(_spans(campus, day).items())
    return sum(
        _chunk(number, holders, campus=campus, day=day, at=at, run_id=run_id)
        for number, holders in spans
    )


def _past(day: date) -> QuerySet[Lot]:
    return Lot.objects.filter(expires_on__lte=day, granted__gt=F("used"))


def _spans(campus: Campus, day: date) -> Mapping[int, Sequence[int]]:
    spans: dict[int, list[int]] = defaultdict(list)
    holders = _past(day).filter(account__holder__campus=campus)
    for holder in holders.values_list("account__holder_id", flat=True).distinct():
        spans[holder // SPAN].append(holder)
    return spans


def _chunk(
    number: int, holders: Sequence[int], *, campus: Campus, day: date, at: datetime, run_id: int
) -> int:
    with nights.chunk(run_id=run_id, step=STEP, number=number, at=at) as part:
        if part is None:
            return 0
        fence.share()
        wallets = lock_wallets(holders=holders, asset=Asset.CP)
        lots = _left(sorted(wallets.values()), day)
        if lots:
            _post(lots, campus, at, run_id)
        part.rows = len(lots)
        return part.rows


def _left(wallets: Sequence[int], day: date) -> list[Lot]:
    """The past lots of locked wallets."""
    # Between two ids, not a list of them: wallets of others in between are left out below.
    span = _past(day).filter(account__gte=wallets[0], account__lte=wallets[-1])
    locked = set(wallets)
    return [lot for lot in span.order_by("account", "expires_on") if lot.account_id in locked]


def _post(lots: Sequence[Lot], campus: Campus, at: datetime, run_id: int) -> None:
    txn = posting.event(kind=Code.EXPIRED, at=at, actor=None, reason="", night_run=run_id)
    txn.save(force_insert=True)
    breakage = account(
        holder=campus_holder(campus=campus), kind=Account.Kind.BREAKAGE, asset=Asset.CP
    )
    same = statements.Posting(
        txn_id=txn.pk,
        other_id=breakage.pk,
        asset=Asset.CP,
        code=Code.EXPIRED,
        source_kind=SOURCE,
        sign=-1,
        at=at,
    )
    statements.post(same, _rows(lots))
    statements.use_up_lots(txn_id=txn.pk, lots=len(lots))


def _rows(lots: Sequence[Lot]) -> statements.Rows:
    return statements.Rows(
        account_id=[lot.account_id for lot in lots],
        amount=[lot.granted - lot.used for lot in lots],
        source_id=[f"{lot.account_id}:{lot.expires_on}" for lot in lots],
        revision=[1] * len(lots),
        effective_on=[lot.expires_on for lot in lots],
    )
