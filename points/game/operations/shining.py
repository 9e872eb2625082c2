"""The roof's day as drops: the same for everybody who plays, split as the sun shone."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from campus.places.models import Campus
from meters.readings import queries as readings
from points.earning import operations as earning
from points.earning import queries as terms
from points.earning.operations import Grant
from points.earning.rules import sunshine
from points.earning.terms import read
from points.game.models import GameMap

RULE = "sunshine"
MONTH = timedelta(days=30)
# Sunlight falls at these hours: what the roof gave before 10, before 13, before 16, by sunset.
SLOTS = ((0, 10), (10, 13), (13, 16), (16, 24))


def shine(*, campus: Campus, day: date, at: datetime) -> int:
    """Award the roof's day to all who play; returns how many awards were new."""
    row = terms.dated_terms(campus=campus).on(rule=RULE, day=day)
    after = day + timedelta(days=1)
    days = readings.roof_days(campus=campus, starts_on=after - MONTH, ends_on=after)
    if row is None or not days or days[-1].day != day:
        return 0
    roof = sunshine.Roof(
        yield_wh=days[-1].wh,
        p90_wh=readings.p90_of([one.wh for one in days]),
        slots_wh=_slots(days[-1].hours),
    )
    parts = sunshine.sunshine(roof, read(row.parameters, shape=sunshine.Terms))
    facts = {"yield_wh": roof.yield_wh, "p90_wh": roof.p90_wh, "simulated": days[-1].simulated}
    players = GameMap.objects.filter(campus=campus, opened_at__lt=at).order_by("holder_id")
    grants = [
        Grant(holder, f"{campus.pk}:{day}:{slot}", amount, {**facts, "slot": slot})
        for holder in players.values_list("holder_id", flat=True)
        for slot, amount in enumerate(parts)
    ]
    return earning.award_sunlight(
        campus=campus, rule=RULE, terms=row, day=day, at=at, grants=grants
    )


def _slots(hours: Sequence[int] | None) -> list[int]:
    if hours is None:
        return [0] * len(SLOTS)
    return [sum(hours[first:after]) for first, after in SLOTS]
