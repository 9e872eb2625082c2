"""
Awards of sunlight become drops; drops that nobody touches are banked by themselves.

Nothing earned is ever lost: a corrected award replaces a waiting drop, and is booked as a
correction where the drop was collected.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction
from django.db.models import QuerySet, Sum

from campus.places.models import Campus
from points.earning.models import Award
from points.game.models import Drop
from points.game.operations.writing import DROP
from points.game.rules import amounts
from points.game.rules import book as rules_book
from points.ledger import operations as ledger
from points.ledger import queries as ledger_queries
from points.ledger.models import Asset, Code, Transfer
from points.ledger.moves import CreditBatch

CHUNK = 2000
# Gifts of the house, outside the caps of a day.
UNCAPPED = ("welcome",)


def ripen(*, campus: Campus, day: date, at: datetime) -> None:
    """Let every award of sunlight that has no drop yet become one, then bank the untouched."""
    while rows := list(_waiting(campus)[:CHUNK]):
        ripen_awards(awards=rows, at=at)
    bank_untouched(campus=campus, at=at)


@transaction.atomic
def ripen_awards(*, awards: Sequence[Award], at: datetime) -> None:
    """Make the drops of these awards; later revisions of a fact replace the earlier one's drop."""
    first = [award for award in awards if award.revision == 1]
    given = _given(first)
    Drop.objects.bulk_create(_fresh(award, given, at) for award in first)
    for award in sorted(awards, key=lambda award: award.revision):
        if award.revision > 1:
            _revise(award, at)


def bank_untouched(*, campus: Campus, at: datetime) -> int:
    """Post every drop that was ripe for a week at its full value; returns how many there were."""
    before = at - timedelta(days=rules_book.current().drops.bank_after_days)
    due = Drop.objects.filter(
        state=Drop.State.RIPE, ripe_at__lte=before, holder__campus=campus
    ).order_by("pk")
    banked = 0
    while rows := list(due[:CHUNK]):
        banked += _bank(campus, rows, at)
    return banked


def _waiting(campus: Campus) -> QuerySet[Award]:
    sunlight = Award.objects.filter(asset=Asset.SUN, drop__isnull=True, holder__campus=campus)
    return sunlight.order_by("revision", "pk")


Given = dict[tuple[int, date], int]


def _given(awards: Sequence[Award]) -> Given:
    """(holder, day) -> sunlight already given, over the weeks that these awards touch."""
    if not awards:
        return defaultdict(int)
    days = [award.effective_on for award in awards]
    first, last = min(days) - timedelta(days=6), max(days) + timedelta(days=6)
    rows = (
        Drop.objects.filter(
            holder_id__in={award.holder_id for award in awards},
            effective_on__range=(first, last),
        )
        .exclude(state=Drop.State.VOID)
        .exclude(award__rule__in=UNCAPPED)
    )
    sums = rows.values_list("holder_id", "effective_on").annotate(total=Sum("amount"))
    return defaultdict(int, {(holder, day): total for holder, day, total in sums})


def _fresh(award: Award, given: Given, at: datetime) -> Drop:
    amount = award.amount
    if award.rule not in UNCAPPED:
        amount = _fitting(award, given)
        given[award.holder_id, award.effective_on] += amount
    return _drop(award, amount, at, Drop.State.RIPE if amount else Drop.State.VOID)


def _fitting(award: Award, given: Given) -> int:
    """What of the award fits under the caps of its day and of its week, Monday to Sunday."""
    monday = award.effective_on - timedelta(days=award.effective_on.weekday())
    week = [monday + timedelta(days=n) for n in range(7)]
    return amounts.granted(
        wanted=award.amount,
        today=given[award.holder_id, award.effective_on],
        week=sum(given[award.holder_id, day] for day in week),
        book=rules_book.current(),
    )


def _drop(award: Award, amount: int, at: datetime, state: str) -> Drop:
    return Drop(
        holder_id=award.holder_id,
        award=award,
        kind=kind_of(rule=award.rule),
        amount=amount,
        state=state,
        effective_on=award.effective_on,
        ripe_at=at,
    )


def kind_of(*, rule: str) -> str:
    """How the statement calls sunlight from an earning rule."""
    return {"daily_saving": Code.SAVING, "welcome": Code.WELCOME}.get(rule, Code.ATTENDANCE)


def _revise(award: Award, at: datetime) -> None:
    earlier = Drop.objects.filter(
        award__rule=award.rule,
        award__fact_key=award.fact_key,
        holder=award.holder,
        award__revision__lt=award.revision,
    )
    before = earlier.exclude(state=Drop.State.VOID).select_for_update().first()
    if before is None:
        Drop.objects.bulk_create([_fresh(award, _given([award]), at)])
        return
    Drop.objects.filter(pk=before.pk).update(state=Drop.State.VOID)
    if before.state == Drop.State.RIPE:
        state = Drop.State.RIPE if award.amount else Drop.State.VOID
        Drop.objects.bulk_create([_drop(award, award.amount, before.ripe_at, state)])
        return
    after = _drop(award, award.amount, before.ripe_at, before.state)
    after.settled_at = at
    after.save(force_insert=True)
    _rebook([str(drop.uid) for drop in earlier], award, at)


def _rebook(sources: Sequence[str], award: Award, at: datetime) -> None:
    """Book the difference where an earlier drop of this fact was collected or banked."""
    booked = [
        row
        for source in sources
        for row in ledger_queries.transfers_of(source_kind=DROP, source_id=source)
        if row.credit_id == row.wallet_id
    ]
    standing = _standing(booked)
    if standing is None:
        _credit_again(booked, award, at)
    elif standing.amount != award.amount:
        ledger.correct(
            transfer=standing,
            amount=award.amount,
            source_kind=DROP,
            source_id=standing.source_id,
            revision=award.revision,
            at=at,
        )


def _standing(booked: Sequence[Transfer]) -> Transfer | None:
    """The credit that no correction has undone."""
    rows = Transfer.objects.filter(reverses__in=booked)
    undone = set(rows.values_list("reverses_id", flat=True))
    return next((row for row in booked if row.pk not in undone), None)


def _credit_again(booked: Sequence[Transfer], award: Award, at: datetime) -> None:
    """A fact that had been corrected down to nothing is worth something after all."""
    if booked and award.amount:
        ledger.credit(
            holder=award.holder,
            asset=Asset.SUN,
            amount=award.amount,
            code=booked[0].code,
            source_kind=DROP,
            source_id=booked[0].source_id,
            at=at,
            effective_on=award.effective_on,
            revision=award.revision,
        )


@transaction.atomic
def _bank(campus: Campus, rows: Sequence[Drop], at: datetime) -> int:
    names = [row.pk for row in rows]
    held = Drop.objects.select_for_update().filter(pk__in=names, state=Drop.State.RIPE)
    taken = list(held.order_by("pk"))
    Drop.objects.filter(pk__in=[row.pk for row in taken]).update(
        state=Drop.State.BANKED, settled_at=at
    )
    for kind in sorted({row.kind for row in taken}):
        batch = _credits([row for row in taken if row.kind == kind])
        ledger.credit_many(
            campus=campus,
            asset=Asset.SUN,
            rows=batch,
            code=kind,
            source_kind=DROP,
            at=at,
            run_id=None,
        )
    return len(taken)


def _credits(rows: Sequence[Drop]) -> CreditBatch:
    return CreditBatch(
        holder_id=np.array([row.holder_id for row in rows], dtype=np.int64),
        amount=np.array([row.amount for row in rows], dtype=np.int64),
        source_id=[str(row.uid) for row in rows],
        revision=np.ones(len(rows), dtype=np.int64),
        effective_on=[row.effective_on for row in rows],
    )
