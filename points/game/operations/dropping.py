"""
Awards of sunlight become drops; drops that nobody touches are banked by themselves.

Nothing earned is ever lost: a corrected award replaces a waiting drop, and is booked as a
correction where the drop was collected.
"""

from collections.abc import Sequence
from datetime import date, datetime
from operator import attrgetter

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.fields.json import KT
from uuid6 import uuid7

from campus import bulk
from campus.places.models import Campus
from points.earning.models import Award
from points.earning.rules import rules
from points.game.models import Drop
from points.game.operations import keeping, monuments, shining
from points.game.operations.banking import bank_untouched
from points.game.operations.revising import drop_of, revise
from points.ledger.models import Asset

AT_ONCE = 5000
COLUMNS = ("award", "holder", "kind", "amount", "state", "effective_on", "ripe_at", "uid")


def ripen(*, campus: Campus, day: date, at: datetime) -> None:
    """
    Award what the roof, steadiness and the monument give, let every award of sunlight that has no
    drop yet become one, then give away or bank the untouched.
    """
    shining.shine(campus=campus, day=day, at=at)
    keeping.keep(campus=campus, day=day, at=at)
    monuments.reward(campus=campus, day=day, at=at)
    _ripen_first(campus, at)
    while corrected := list(_corrected(campus)[:AT_ONCE]):
        ripen_awards(awards=corrected, at=at)
    monuments.gift_untouched(campus=campus, day=day, at=at)
    bank_untouched(campus=campus, at=at)


@transaction.atomic
def ripen_awards(*, awards: Sequence[Award], at: datetime) -> None:
    """Make the drops of these awards; a later revision of a fact replaces the earlier one's."""
    sunlight = sorted((one for one in awards if one.asset == Asset.SUN), key=attrgetter("revision"))
    first = [award for award in sunlight if award.revision == 1 and award.amount]
    Drop.objects.bulk_create(drop_of(award=award, ripe_at=at) for award in first)
    for award in sunlight:
        if award.revision > 1:
            revise(award=award, at=at)


def _ripen_first(campus: Campus, at: datetime) -> None:
    """The drops of all first verdicts: one way through the awards, many in a transaction."""
    kinds = {name: rule.kind for name, rule in rules().items()}
    waiting = _waiting(campus).filter(revision=1, amount__gt=0).order_by("pk")
    columns = waiting.values_list(
        "pk", "holder", "rule", KT("facts__kind"), "amount", "effective_on"
    )
    last = 0
    while some := list(columns.filter(pk__gt=last)[:AT_ONCE]):
        rows = [
            (award, holder, kind or kinds[rule], amount, Drop.State.RIPE, on, at, uuid7())
            for award, holder, rule, kind, amount, on in some
        ]
        with transaction.atomic():
            bulk.insert(model=Drop, columns=COLUMNS, rows=rows)
        last = some[-1][0]


def _corrected(campus: Campus) -> QuerySet[Award]:
    """Later verdicts, in the order in which they were given."""
    rows = _waiting(campus).filter(revision__gt=1)
    return rows.select_related("holder__campus").order_by("revision", "pk")


def _waiting(campus: Campus) -> QuerySet[Award]:
    return Award.objects.filter(asset=Asset.SUN, drop__isnull=True, holder__campus=campus)
