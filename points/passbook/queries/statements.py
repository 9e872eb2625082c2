"""A holder's passbook over some days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Max, Min, QuerySet

from campus import clock
from campus.api.texts import told
from campus.people.models import Holder
from campus.people.queries import nicknames
from points.ledger import queries as ledger
from points.ledger.models import Asset, Code, Transfer
from points.ledger.queries import Entry
from points.passbook.queries.sources import Sources, sources_of
from points.passbook.statement import Line, Statement, Wallet


def statement_of(
    *,
    holder: Holder,
    first: date | None,
    last: date,
    at: datetime,
    assets: Sequence[str] = tuple(Asset.values),
) -> Statement:
    """
    The wallets of a holder as they moved on the local days [first, last].

    :param first: None for everything since the first entry
    """
    return Statement(
        campus=told(holder.campus.name),
        name=nicknames(holders=[holder.pk]).get(holder.pk, ""),
        zone=holder.campus.zone,
        first=first,
        last=last,
        made_at=at,
        wallets=[_wallet(holder, asset, first, last) for asset in assets],
    )


def _wallet(holder: Holder, asset: str, first: date | None, last: date) -> Wallet:
    rows = ledger.entries(holder=holder, asset=asset).order_by("wallet_version")
    zone = holder.campus.zone
    starts = clock.day_starts(first, zone=zone) if first else None
    ends = clock.day_starts(last + timedelta(days=1), zone=zone)
    entries = [ledger.told(row) for row in _between(rows, starts, ends)]
    sources = sources_of(entries=entries, holder=holder)
    lines = [_line(entry, sources) for entry in entries]
    return Wallet(asset=asset, opening=_opening(rows, lines, starts), lines=lines)


def _between(
    rows: QuerySet[Transfer], starts: datetime | None, ends: datetime
) -> QuerySet[Transfer]:
    """Consecutive entries: two postings of one moment may be numbered against their clocks."""
    within = rows.filter(posted_at__lt=ends)
    within = within.filter(posted_at__gte=starts) if starts else within
    edges = within.aggregate(first=Min("wallet_version"), last=Max("wallet_version"))
    if edges["first"] is None:
        return rows.none()
    return rows.filter(wallet_version__gte=edges["first"], wallet_version__lte=edges["last"])


def _opening(rows: QuerySet[Transfer], lines: Sequence[Line], starts: datetime | None) -> int:
    if lines:
        return lines[0].balance - lines[0].amount
    before = rows.filter(posted_at__lt=starts) if starts else rows.none()
    last = before.values_list("wallet_balance", flat=True).last()
    return last or 0


def _line(entry: Entry, sources: Sources) -> Line:
    return Line(
        id=entry.id,
        asset=entry.asset,
        number=int(entry.id.partition("-")[2]),
        effective_on=entry.effective_on,
        posted_at=entry.posted_at,
        code=entry.code,
        label=str(Code(entry.code).label),
        amount=entry.amount,
        balance=entry.balance,
        source_kind=entry.source_kind,
        source_id=entry.source_id,
        revision=entry.revision,
        reverses=entry.reverses,
        corrected_by=entry.corrected_by,
        source=sources[entry.id],
    )
