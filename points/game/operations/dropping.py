"""
Awards of sunlight become drops; drops that nobody touches are banked by themselves.

Nothing earned is ever lost: a corrected award replaces a waiting drop, and is booked as a
correction where the drop was collected.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction
from django.db.models import Q, QuerySet

from campus.places.models import Campus
from points.earning.models import Award
from points.earning.rules import rules
from points.game.models import Drop
from points.game.operations import keeping, monuments, shining
from points.game.operations.writing import DROP, code_of
from points.game.rules import book as rules_book
from points.ledger import operations as ledger
from points.ledger import queries as ledger_queries
from points.ledger.models import Asset, Transfer
from points.ledger.moves import CreditBatch

CHUNK = 2000
RIPE = Drop.State.RIPE


def ripen(*, campus: Campus, day: date, at: datetime) -> None:
    """
    Award what the roof, steadiness and the monument give, let every award of sunlight that has no
    drop yet become one, then give away or bank the untouched.
    """
    shining.shine(campus=campus, day=day, at=at)
    keeping.keep(campus=campus, day=day, at=at)
    monuments.reward(campus=campus, day=day, at=at)
    while rows := list(_waiting(campus)[:CHUNK]):
        ripen_awards(awards=rows, at=at)
    monuments.gift_untouched(campus=campus, day=day, at=at)
    bank_untouched(campus=campus, at=at)


@transaction.atomic
def ripen_awards(*, awards: Sequence[Award], at: datetime) -> None:
    """Make the drops of these awards; a later revision of a fact replaces the earlier one's."""
    sunlight = sorted((one for one in awards if one.asset == Asset.SUN), key=_revision)
    first = [award for award in sunlight if award.revision == 1 and award.amount]
    Drop.objects.bulk_create(_drop(award, at, RIPE) for award in first)
    for award in sunlight:
        if award.revision > 1:
            _revise(award, at)


def _revision(award: Award) -> int:
    return award.revision


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
    worth = sunlight.filter(Q(amount__gt=0) | Q(revision__gt=1))
    return worth.select_related("holder__campus").order_by("revision", "pk")


def _drop(award: Award, at: datetime, state: str) -> Drop:
    return Drop(
        holder_id=award.holder_id,
        award=award,
        kind=award.facts.get("kind", rules()[award.rule].kind),
        amount=award.amount,
        state=state if award.amount else Drop.State.VOID,
        effective_on=award.effective_on,
        ripe_at=at,
    )


def _revise(award: Award, at: datetime) -> None:
    earlier = Drop.objects.filter(
        award__rule=award.rule,
        award__fact_key=award.fact_key,
        holder=award.holder,
        award__revision__lt=award.revision,
    )
    before = earlier.select_for_update().order_by("-award__revision").first()
    if before is None:
        Drop.objects.bulk_create([_drop(award, at, RIPE)])
        return
    sources = [str(drop.uid) for drop in earlier]
    booked = _booked(sources)
    Drop.objects.filter(pk=before.pk).update(state=Drop.State.VOID)
    if not booked:
        Drop.objects.bulk_create([_drop(award, before.ripe_at, RIPE)])
        return
    after = _drop(award, before.ripe_at, Drop.State.COLLECTED)
    after.settled_at = at
    after.save(force_insert=True)
    _rebook(booked, award, at)


def _booked(sources: Sequence[str]) -> list[Transfer]:
    """What the book says of a fact's earlier drops: credits, oldest first."""
    return [
        row
        for source in sources
        for row in ledger_queries.transfers_of(source_kind=DROP, source_id=source)
        if row.credit_id == row.wallet_id
    ]


def _rebook(booked: Sequence[Transfer], award: Award, at: datetime) -> None:
    """Book the difference to what was collected or banked."""
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
            code=code_of(kind=kind),
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
