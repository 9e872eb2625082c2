"""A corrected verdict replaces a waiting drop, and is booked as a correction where it was taken."""

from collections.abc import Sequence
from datetime import datetime

from points.earning.models import Award
from points.earning.rules import rules
from points.game.models import Drop
from points.game.operations.writing import DROP
from points.ledger import operations as ledger
from points.ledger import queries as ledger_queries
from points.ledger.models import Asset, Transfer


def drop_of(*, award: Award, ripe_at: datetime, state: str = Drop.State.RIPE) -> Drop:
    """An award as a drop, not yet stored; one of nothing is void."""
    return Drop(
        holder_id=award.holder_id,
        award=award,
        kind=award.facts.get("kind", rules()[award.rule].kind),
        amount=award.amount,
        state=state if award.amount else Drop.State.VOID,
        effective_on=award.effective_on,
        ripe_at=ripe_at,
    )


def revise(*, award: Award, at: datetime) -> None:
    """
    Let a later verdict of a fact take the place of the drop of the earlier one.

    Must be called inside a transaction.
    """
    earlier = Drop.objects.filter(
        award__rule=award.rule,
        award__fact_key=award.fact_key,
        holder=award.holder,
        award__revision__lt=award.revision,
    )
    before = earlier.select_for_update().order_by("-award__revision").first()
    if before is None:
        Drop.objects.bulk_create([drop_of(award=award, ripe_at=at)])
        return
    sources = [str(drop.uid) for drop in earlier]
    booked = _booked(sources)
    Drop.objects.filter(pk=before.pk).update(state=Drop.State.VOID)
    if not booked:
        Drop.objects.bulk_create([drop_of(award=award, ripe_at=before.ripe_at)])
        return
    taken = drop_of(award=award, ripe_at=before.ripe_at, state=Drop.State.COLLECTED)
    taken.settled_at = at
    taken.save(force_insert=True)
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
