"""Reading what a café is owed, and drafting its next statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce
from uuid6 import uuid7

from campus import clock
from campus.places.models import Campus
from points.coupons.models import (
    Cafe,
    Redemption,
    SettlementTerms,
    Statement,
    StatementLine,
)
from points.coupons.paper import Line, Paper, Party, hash_of
from points.coupons.queries.found import found
from points.coupons.refusals import PartiesMissing, StatementChanged

USE, VOID = StatementLine.Kind.USE, StatementLine.Kind.VOID
_AT_ONCE = 500


def _settled(kind: str) -> Exists:
    return Exists(StatementLine.objects.filter(redemption=OuterRef("pk"), kind=kind))


def _unsettled(cafe: Cafe) -> QuerySet[Redemption]:
    """Uses that stand and are in no statement."""
    return Redemption.objects.filter(~_settled(USE), cafe=cafe, undoing=None)


def _unsettled_voids(cafe: Cafe) -> QuerySet[Redemption]:
    """Uses that were paid for by a statement and taken back since."""
    return Redemption.objects.filter(
        _settled(USE), ~_settled(VOID), cafe=cafe, undoing__isnull=False
    )


def draft_statement(*, cafe: Cafe, ends_on: date, at: datetime) -> Paper | None:
    """
    What a statement up to the local day before `ends_on` would say; None if it has no day.

    :raises PartiesMissing: if the name or tax number of seller or buyer is not known
    """
    last = Statement.objects.filter(cafe=cafe).order_by("-number").first()
    starts_on = last.ends_on if last else _first_day(cafe)
    if starts_on is None or starts_on >= ends_on:
        return None
    terms = SettlementTerms.objects.filter(campus=cafe.campus).first()
    seller = Party(cafe.legal_name, cafe.tax_number, cafe.address)
    buyer = terms and Party(terms.legal_name, terms.tax_number, terms.address)
    if terms is None or not buyer or not buyer.is_known() or not seller.is_known():
        raise PartiesMissing
    return Paper(
        uid=str(uuid7()),
        number=last.number + 1 if last else 1,
        starts_on=starts_on,
        ends_on=ends_on,
        seller=seller,
        buyer=buyer,
        currency=cafe.campus.currency,
        minor_digits=cafe.campus.minor_digits,
        pays_on=ends_on + timedelta(days=terms.pay_after_days),
        closed_at=at,
        previous=last.hash if last else "",
        lines=_draft_lines(cafe, clock.day_starts(ends_on, zone=cafe.campus.zone)),
        zone=cafe.campus.zone,
    )


def _first_day(cafe: Cafe) -> date | None:
    first = Redemption.objects.filter(cafe=cafe).order_by("redeemed_at").first()
    return first.redeemed_at.astimezone(cafe.campus.zone).date() if first else None


def _draft_lines(cafe: Cafe, ends_at: datetime) -> tuple[Line, ...]:
    uses = _unsettled(cafe).filter(redeemed_at__lt=ends_at)
    voids = _unsettled_voids(cafe)
    rows = [
        *((USE, row, row.redeemed_at) for row in uses.select_related("coupon__offer")),
        *(
            (VOID, row, row.undoing.undone_at)
            for row in voids.select_related("coupon__offer", "undoing")
        ),
    ]
    rows.sort(key=lambda row: (row[2], row[1].pk))
    return tuple(
        Line(
            number=number,
            kind=str(kind),
            use=str(row.uid),
            at=at,
            title=row.coupon.offer.title,
            amount_minor=row.value_minor if kind == USE else -row.value_minor,
        )
        for number, (kind, row, at) in enumerate(rows, 1)
    )


def redemption_ids(*, cafe: Cafe, uids: Sequence[str]) -> Mapping[str, int]:
    """Row ids of uses at a café by their uids."""
    ids: dict[str, int] = {}
    for first in range(0, len(uids), _AT_ONCE):
        rows = Redemption.objects.filter(cafe=cafe, uid__in=uids[first : first + _AT_ONCE])
        ids |= {str(uid): pk for uid, pk in rows.values_list("uid", "pk")}
    return ids


def statements_of(*, campuses: QuerySet[Campus]) -> QuerySet[Statement]:
    """Statements of all cafés of some campuses, newest first."""
    rows = Statement.objects.filter(cafe__campus__in=campuses)
    return rows.select_related("cafe__campus", "payment").order_by("-pk")


def statement_of(*, campuses: QuerySet[Campus], uid: str) -> Statement:
    """
    A statement of a café on one of some campuses.

    :raises NotFound: if it is elsewhere or does not exist
    """
    return found(statements_of(campuses=campuses).filter(uid=uid).first())


def statements_at(*, cafe: Cafe) -> QuerySet[Statement]:
    """The statements of one café, newest first."""
    return statements_of(campuses=Campus.objects.filter(pk=cafe.campus_id)).filter(cafe=cafe)


def statement_at(*, cafe: Cafe, uid: str) -> Statement:
    """
    A statement of one café.

    :raises NotFound: if it is another café's or does not exist
    """
    return found(statements_at(cafe=cafe).filter(uid=uid).first())


def paper_of(*, statement: Statement) -> Paper:
    """
    A statement with its lines, as it was closed.

    :raises StatementChanged: if its rows no longer give its hash
    """
    paper = _stored(statement)
    if hash_of(paper) != statement.hash:
        raise StatementChanged
    return paper


def changed_statements() -> list[Statement]:
    """Statements whose rows no longer give their hash, or that do not follow the one before."""
    rows = list(Statement.objects.select_related("cafe__campus").order_by("cafe_id", "number"))
    follows = {(row.cafe_id, 1): "" for row in rows}
    follows |= {(row.cafe_id, row.number + 1): row.hash for row in rows}
    return [
        row
        for row in rows
        if hash_of(_stored(row)) != row.hash
        or row.previous != follows.get((row.cafe_id, row.number))
    ]


def _stored(statement: Statement) -> Paper:
    lines = statement.lines.select_related("redemption").order_by("number")
    return Paper(
        uid=str(statement.uid),
        number=statement.number,
        starts_on=statement.starts_on,
        ends_on=statement.ends_on,
        seller=Party(**statement.seller),
        buyer=Party(**statement.buyer),
        currency=statement.currency,
        minor_digits=statement.minor_digits,
        pays_on=statement.pays_on,
        closed_at=statement.closed_at,
        previous=statement.previous,
        hash=statement.hash,
        zone=statement.cafe.campus.zone,
        lines=tuple(
            Line(
                number=row.number,
                kind=row.kind,
                use=str(row.redemption.uid),
                at=row.at,
                title=row.title,
                amount_minor=row.amount_minor,
            )
            for row in lines
        ),
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """
    What a campus owes a café, minor units: `open_minor` is not in a statement yet.

    `closes_through` is the latest end of a period that could be closed now, None if there is
    nothing to settle.
    """

    cafe: Cafe
    unpaid_minor: int
    open_minor: int
    next_payment_on: date | None
    closes_through: date | None


def owed(*, cafe: Cafe, day: date) -> Owed:
    """What a campus owes a café on a local day."""
    open_minor = _sum(_unsettled(cafe)) - _sum(_unsettled_voids(cafe))
    unpaid = Statement.objects.filter(cafe=cafe, payment=None)
    billed = unpaid.aggregate(sum=Coalesce(Sum("total_minor"), 0))["sum"]
    return Owed(
        cafe=cafe,
        unpaid_minor=billed + open_minor,
        open_minor=open_minor,
        next_payment_on=_next_payment(cafe, unpaid, day),
        closes_through=_closes_through(cafe, day),
    )


def _sum(rows: QuerySet[Redemption]) -> int:
    return int(rows.aggregate(sum=Coalesce(Sum("value_minor"), 0))["sum"])


def _next_payment(cafe: Cafe, unpaid: QuerySet[Statement], day: date) -> date | None:
    """The earliest unpaid statement's day; else the payment after this month's end."""
    first = unpaid.order_by("pays_on").first()
    if first is not None:
        return first.pays_on
    terms = SettlementTerms.objects.filter(campus=cafe.campus).first()
    month_ends = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return month_ends + timedelta(days=terms.pay_after_days) if terms else None


def _closes_through(cafe: Cafe, day: date) -> date | None:
    today = clock.day_starts(day, zone=cafe.campus.zone)
    closed = Statement.objects.filter(cafe=cafe, ends_on__gte=day).exists()
    waits = (_unsettled(cafe).filter(redeemed_at__lt=today), _unsettled_voids(cafe))
    return day if not closed and any(rows.exists() for rows in waits) else None
