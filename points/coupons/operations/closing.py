"""Statements: a period of a café is closed once, and what was settled is never settled again."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from campus import clock
from points.coupons import queries
from points.coupons.models import Cafe, Payment, Statement, StatementLine
from points.coupons.paper import Paper, hash_of
from points.coupons.refusals import AlreadyPaid, NothingToClose, PeriodNotOver

USE, VOID = StatementLine.Kind.USE, StatementLine.Kind.VOID


@transaction.atomic
def close_statement(*, cafe: Cafe, ends_on: date, at: datetime) -> Statement:
    """
    Settle what a café redeemed before the local midnight that opens `ends_on`.

    Every use that stands in no statement and was not undone becomes a line, also one that a till
    sent late; every settled use that was undone since becomes a negative one.

    :raises PeriodNotOver: if a day of the period is not over at `at`
    :raises NothingToClose: if the period has no day, or nothing to settle
    :raises PartiesMissing: if the name or tax number of seller or buyer is not known
    """
    zone = cafe.campus.zone
    if clock.day_starts(ends_on, zone=zone) > at:
        raise PeriodNotOver(day=ends_on)
    # One after the other: the second finds the period of the first closed.
    Cafe.objects.select_for_update().get(pk=cafe.pk)
    draft = queries.draft_statement(cafe=cafe, ends_on=ends_on, at=at)
    if draft is None or not draft.lines:
        raise NothingToClose
    return _write(cafe, replace(draft, hash=hash_of(draft)))


def _write(cafe: Cafe, draft: Paper) -> Statement:
    statement = Statement.objects.create(
        uid=draft.uid,
        cafe=cafe,
        number=draft.number,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        seller=draft.seller.stored(),
        buyer=draft.buyer.stored(),
        currency=draft.currency,
        minor_digits=draft.minor_digits,
        uses=draft.count_of(kind=USE),
        voids=draft.count_of(kind=VOID),
        uses_minor=draft.amount_of(kind=USE),
        voids_minor=draft.amount_of(kind=VOID),
        total_minor=draft.total_minor,
        pays_on=draft.pays_on,
        previous=draft.previous,
        hash=draft.hash,
        closed_at=draft.closed_at,
    )
    settled = queries.redemption_ids(cafe=cafe, uids=[line.use for line in draft.lines])
    StatementLine.objects.bulk_create(
        StatementLine(
            statement=statement,
            number=line.number,
            kind=line.kind,
            redemption_id=settled[line.use],
            at=line.at,
            title=line.title,
            amount_minor=line.amount_minor,
        )
        for line in draft.lines
    )
    return statement


def note_payment(*, statement: Statement, paid_on: date, by: UUID, at: datetime) -> Payment:
    """
    Write down that a statement was paid.

    :param by: uid of the manager's user
    :raises AlreadyPaid: if that was noted before
    """
    try:
        with transaction.atomic():
            return Payment.objects.create(statement=statement, paid_on=paid_on, by=by, noted_at=at)
    except IntegrityError:
        raise AlreadyPaid from None
