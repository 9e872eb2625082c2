"""Where sunlight comes from and where it goes, for staff: sums, never persons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from campus.places.models import Campus
from points.game.models import Drop, GameMap
from points.ledger import queries as ledger


@dataclass(frozen=True, slots=True)
class Flows:
    """
    Sunlight of a campus in [starts_on, ends_on), by kind: awarded and spent; with what waits.

    `players` have opened their campus; `held` lies in all wallets now.
    """

    faucets: Mapping[str, int]
    sinks: Mapping[str, int]
    waiting: int
    held: int
    players: int
    by_state: Mapping[str, int]


def flows(*, campus: Campus, starts_on: date, ends_on: date) -> Flows:
    """What the faucets gave and the sinks took in a period."""
    drops = Drop.objects.filter(holder__campus=campus)
    within = drops.filter(effective_on__gte=starts_on, effective_on__lt=ends_on)
    given = within.exclude(state=Drop.State.VOID).values_list("kind").annotate(total=Sum("amount"))
    waiting = drops.filter(state=Drop.State.RIPE).aggregate(total=Sum("amount"))["total"]
    states = within.values_list("state").annotate(count=Count("pk"))
    return Flows(
        faucets=dict(given),
        sinks=ledger.spent_by_code(
            campus=campus, asset="SUN", starts_on=starts_on, ends_on=ends_on
        ),
        waiting=waiting or 0,
        held=ledger.held(campus=campus, asset="SUN"),
        players=GameMap.objects.filter(campus=campus).count(),
        by_state=dict(states),
    )
